import { isFields } from '../manners/shape';

interface Topic {
    readonly about: RegExp;
    readonly en: string;
    readonly fr: string;
}

const topics: readonly Topic[] = [
    {
        about: /invoice|facture/i,
        en: 'we are sorry about the invoice. You get a corrected one today.',
        fr: 'désolés pour la facture. Vous en recevez une corrigée aujourd’hui.',
    },
    {
        about: /order|commande/i,
        en: 'we are looking where your order is, and write to you **today**.',
        fr: 'nous regardons où est votre commande et vous écrivons **aujourd’hui**.',
    },
    {
        about: /appointment|thursday|friday|rendez-vous|jeudi|vendredi/i,
        en: 'Friday morning works: we have noted **Friday, 10:00**.',
        fr: 'vendredi matin convient : c’est noté, **vendredi à 10 h**.',
    },
    {
        about: /quote|devis/i,
        en: 'thank you for asking. A colleague sends you the quote **by Friday**.',
        fr: 'merci de votre demande. Un collègue vous envoie le devis **avant vendredi**.',
    },
    {
        about: /wheel|brake|fork|seat|roue|frein|fourche|siège/i,
        en: 'please bring it by, Tuesday to Saturday, 10:00 to 19:00. Most of it is done **the same day**.',
        fr: 'passez du mardi au samedi, de 10 h à 19 h. Le plus souvent, c’est fait **dans la journée**.',
    },
];

/** What a service that takes chat completions would answer; no AI at all, a few sentences by the words of the question. */
export function completion(body: unknown): unknown {
    const given = isFields(body) && Array.isArray(body.messages) ? body.messages.filter(isFields) : [];
    const asked = String(given.filter(({ role }) => role === 'user').at(-1)?.content ?? '');
    const french = /\b(bonjour|merci|vous|notre|je|est-ce)\b/i.test(asked);
    const topic = topics.find(({ about }) => about.test(asked));
    const said = french
        ? `Bonjour,\n\n${topic?.fr ?? 'merci de votre message. Nous vous répondons **dans la journée**.'}\n\nHarbor Bikes`
        : `Hello,\n\n${topic?.en ?? 'thank you for your message. We answer **today**.'}\n\nHarbor Bikes`;
    const message = { role: 'assistant', content: said };
    return { object: 'chat.completion', model: 'practice', choices: [{ index: 0, message, finish_reason: 'stop' }] };
}

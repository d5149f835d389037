import type { ContactGroup, SharedLabel, Team } from '../data/book-records';
import { byId, idOf, known } from '../data/known';
import type { User } from '../data/records';
import { type Data, now } from '../data/store';
import { seedContacts } from './seed-contacts';
import { seedInbox } from './seed-inbox';

const organization = known.harborBikes;

const user = (id: string, name: string): User => ({
    ...{ id, name, email: `${name.split(' ')[0]?.toLowerCase()}@harborbikes.example`, organization },
});

const label = (id: string, name: string, color: string, parent: string | null = null): SharedLabel => ({
    ...{ id, name, color, parent, organization, sharing: {} },
});

const team = (id: string, name: string, members: string[], emoji: string, color: string): Team => ({
    ...{ id, name, organization, active_members: members, observers: [], settings: { emoji, color } },
});

/** A small bicycle shop in Porto: the team, its labels, its canned replies. */
function shop() {
    const [sofia, ken] = [idOf('Sofia Marques'), idOf('Ken Adeyemi')];
    return {
        me: known.ines,
        aliases: ['shop@harborbikes.example', 'ines@harborbikes.example', '+351210000009'],
        organizations: byId([{ id: organization, name: 'Harbor Bikes' }]),
        users: byId([
            ...[user(known.ines, 'Ines Duarte'), user(known.rui, 'Rui Pinto')],
            ...[user(sofia, 'Sofia Marques'), user(ken, 'Ken Adeyemi')],
        ]),
        teams: byId([
            team(known.workshop, 'Workshop', [known.ines, known.rui], ':wrench:', '#1f7a5c'),
            team(idOf('Sales'), 'Sales', [known.ines, sofia, ken], ':bike:', '#2f5fb3'),
        ]),
        labels: byId([
            label(known.shop, 'Shop', '#2f5fb3'),
            label(known.parts, 'Parts', '#b4552d', known.shop),
            label(idOf('Service'), 'Service', '#1f7a5c', known.shop),
            label(idOf('Urgent'), 'Urgent', '#c0392b'),
            label(idOf('Waiting'), 'Waiting', '#8a6d1d'),
            ...['Invoice', 'Order', 'Complaint', 'To look at'].map((name) =>
                label(idOf(`Papers/${name}`), name, '#6b5b95', idOf('Papers')),
            ),
            label(idOf('Papers'), 'Papers', '#6b5b95'),
        ]),
        books: byId([
            { id: known.customers, name: 'Customers', user: known.ines, organization },
            { id: idOf('Personal book'), name: 'Ines', user: known.ines, organization: null },
        ]),
        accounts: byId([{ id: known.channel, name: 'Shop chat', organization }]),
        responses: byId([
            reply('Fork back in stock', 'Good news', 'Your fork is back in stock. Shall we put one aside for you?'),
            reply('Opening hours', 'When we are open', 'We are open Tuesday to Saturday, 10:00 to 19:00.'),
            reply('Ready for pick-up', 'Your bike is ready', 'Your bike is ready. You can pick it up until 19:00.'),
        ]),
    };
}

const reply = (title: string, subject: string, sentence: string) => ({
    id: title === 'Fork back in stock' ? 'de4b1d20-41a0-4c1e-8a55-0a9b2b7f3c61' : idOf(title),
    ...{ modified_at: now(), attachments: [] },
    content: { title, subject, body: `<div>${sentence}</div>`, organization },
});

/** Everything as it is at the beginning; times are a little before now. */
export function seed(): Data {
    const groups = new Map<string, ContactGroup>();
    const contacts = seedContacts(groups);
    return { ...shop(), ...contacts, ...seedInbox(), reports: new Map(), merged: new Map() };
}

import { randomUUID } from 'node:crypto';
import { envelopeFields, textOrNumber } from '../data/address';
import type { Channel, Message } from '../data/records';
import { type Data, find, now } from '../data/store';
import type { Endpoint, World } from '../data/world';
import { act, actions, checkActions, target } from '../events/actions';
import { place, placeOf, stir } from '../events/place';
import { channelOf, checkSender, otherSide, shopNumber } from '../events/sending';
import { one } from '../manners/envelope';
import { invalid } from '../manners/refuse';
import { type Checked, checked, fields, flag, id, list, seconds, text } from '../manners/shape';
import { latestMessage } from '../views/conversation-facts';
import { keep, upload } from './files';

const draft = {
    ...envelopeFields,
    ...actions,
    ...target,
    subject: text(),
    body: text(),
    account: id,
    attachments: list(upload, 25),
    quote_previous_message: flag,
    add_default_signature: flag,
    send: flag,
    send_at: seconds,
    auto_followup: flag,
    external_response_id: textOrNumber,
    external_response_variables: fields,
};
type Draft = Checked<typeof draft>;

function checkDraft(data: Data, wanted: Draft, latest: Message | undefined): void {
    const { account, to_fields, send, send_at } = wanted;
    const channel = channelOf(wanted, latest);
    if (account && !data.accounts.has(account)) throw invalid(`Account with id ${account} does not exist`);
    checkSender(data, wanted, channel);
    if (send && send_at) throw invalid("'send' and 'send_at' exclude each other");
    if (wanted.auto_followup && !send_at) throw invalid("'send_at' is required when 'auto_followup' is defined");
    if (!account && to_fields?.some(({ address, phone_number }) => !address && !phone_number)) {
        throw invalid("Validation failed: 'to_fields' must have an address or a phone_number");
    }
    const there = channel === latest?.type && channel !== 'email';
    if ((send || send_at) && !to_fields?.length && !there) throw invalid("Validation failed: 'to_fields' is required");
    if (channel !== 'email' && to_fields && to_fields.length !== 1) {
        throw invalid("Validation failed: 'to_fields' must have exactly one recipient");
    }
    if ((channel === 'sms' || channel === 'whatsapp') && to_fields?.some(({ address }) => address)) {
        throw invalid("Validation failed: 'to_fields' must have a phone_number");
    }
    checkActions(data, wanted);
}

/** POST /drafts. What is "sent" stays here, marked as practice: nothing ever leaves the machine. */
export const createDraft: Endpoint = ({ world, body, node }) => {
    const { data } = world.store;
    const wanted = checked(one(body, 'drafts'), draft);
    const known = placeOf(data, wanted);
    checkDraft(data, wanted, known && latestMessage(data, known));
    const { conversation } = place(data, wanted);
    const composed = compose(data, wanted, conversation.id, latestMessage(data, conversation));
    const message = { ...composed, ...(node && { node }) };
    data.messages.set(message.id, message);
    stir(conversation, message.created_at);
    act(world, conversation, wanted);
    if (wanted.send) dispatch(world, message, now());
    sendDue(world);
    return { drafts: { id: message.id, conversation: conversation.id } };
};

function compose(data: Data, wanted: Draft, conversation: string, previous: Message | undefined): Message {
    const at = now();
    const me = find(data.users, data.me, 'User');
    const channel = channelOf(wanted, previous);
    const signed = wanted.add_default_signature ? `<div><br></div><div>${me.name}, Harbor Bikes</div>` : '';
    const quoted = wanted.quote_previous_message && previous ? `<blockquote>${previous.body}</blockquote>` : '';
    const reply = previous?.email_message_id ? [previous.email_message_id] : [];
    return {
        ...{ id: randomUUID(), conversation, type: channel, subject: wanted.subject ?? null },
        body: `${wanted.body ?? ''}${signed}${quoted}`,
        ...{ created_at: at, updated_at: at, delivered_at: null, send_at: wanted.send_at ?? null },
        email_message_id: channel === 'email' ? `<${randomUUID()}@harborbikes.example>` : null,
        in_reply_to: reply,
        references: wanted.references ?? reply,
        from_field: wanted.from_field ?? (wanted.account ? shopChannel : { phone_number: shopNumber }),
        to_fields: wanted.to_fields ?? (channel === 'email' ? [] : otherSide(previous)),
        ...{ cc_fields: wanted.cc_fields ?? [], bcc_fields: wanted.bcc_fields ?? [] },
        reply_to_fields: wanted.reply_to_fields ?? [],
        attachments: keep(data, wanted.attachments ?? []),
        ...{ author: data.me, external_id: null, practice: Boolean(wanted.send || wanted.send_at) },
    };
}

/** How the shop is called in its own channel. */
const shopChannel = { id: 'shop', username: '@shop', name: 'Harbor Bikes' };

const outgoing: Readonly<Record<Channel, string>> = {
    email: 'outgoing_email',
    sms: 'outgoing_sms_message',
    whatsapp: 'outgoing_whatsapp_message',
    custom_text: 'custom_channel_message',
};

function dispatch(world: World, message: Message, at: number): void {
    const conversation = find(world.store.data.conversations, message.conversation, 'Conversation');
    message.delivered_at = at;
    message.updated_at = at;
    stir(conversation, at);
    world.store.touch();
    world.fire({ type: outgoing[message.type], conversation, message });
}

/** Sends what was to go out by now. */
export function sendDue(world: World): void {
    for (const message of world.store.data.messages.values()) {
        const { send_at, delivered_at } = message;
        if (send_at !== null && delivered_at === null && send_at <= now()) dispatch(world, message, send_at);
    }
}

/** A person sends a draft that waited for them. */
export function sendDraft(world: World, id: string): Message {
    const message = find(world.store.data.messages, id, 'Draft');
    if (message.delivered_at !== null) find(new Map(), id, 'Draft');
    if (message.to_fields.length === 0) throw invalid("Validation failed: 'to_fields' is required");
    message.practice = true;
    dispatch(world, message, now());
    return message;
}

/** DELETE /drafts/:id, which also calls off what was to go out later. */
export const deleteDraft: Endpoint = ({ world: { store }, ids: [id = ''] }) => {
    const { delivered_at } = find(store.data.messages, id, 'Draft');
    if (delivered_at !== null) find(new Map(), id, 'Draft');
    store.data.messages.delete(id);
    store.touch();
};

import { randomUUID } from 'node:crypto';
import { envelopeFields } from '../data/address';
import type { Message } from '../data/records';
import { conversationOf, find, now } from '../data/store';
import type { Endpoint, World } from '../data/world';
import { act, actions, checkActions, target } from '../events/actions';
import { place, stir } from '../events/place';
import { one } from '../manners/envelope';
import { invalid } from '../manners/refuse';
import { checked, id, list, seconds, text } from '../manners/shape';
import { conversationView } from '../views/conversation-view';
import { messageView } from '../views/message-view';
import { keep, upload } from './files';

function fullView(world: World, message: Message) {
    const { data } = world.store;
    return {
        ...messageView(data, message, world.origin()),
        body: message.body,
        conversation: conversationView(data, conversationOf(data, message.conversation)),
    };
}

/** GET /messages/:ids gives an object for one id, a list for several. */
export const getMessages: Endpoint = ({ world, ids }) => {
    const rows = ids.map((id) => fullView(world, find(world.store.data.messages, id, 'Message')));
    return { messages: ids.length === 1 ? rows[0] : rows };
};

/** GET /messages?email_message_id=… gives the newest ten. */
export const findMessages: Endpoint = ({ world, query }) => {
    const wanted = query.get('email_message_id');
    if (!wanted) throw invalid("'email_message_id' is required");
    const rows = [...world.store.data.messages.values()].filter((one) => one.email_message_id === wanted).reverse();
    rows.sort((a, b) => (b.delivered_at ?? b.created_at) - (a.delivered_at ?? a.created_at));
    return { messages: rows.slice(0, 10).map((one) => fullView(world, one)) };
};

const incoming = {
    ...envelopeFields,
    ...actions,
    ...target,
    account: id,
    subject: text(),
    body: text(),
    delivered_at: seconds,
    external_id: text(),
    attachments: list(upload, 25),
};

/** POST /messages: something comes in through a custom channel. The same `external_id` twice makes two messages. */
export const createMessage: Endpoint = ({ world, body, node }) => {
    const { data } = world.store;
    const wanted = checked(one(body, 'messages'), incoming, ['account', 'from_field']);
    if (!data.accounts.has(wanted.account ?? '')) throw invalid(`Account with id ${wanted.account} does not exist`);
    if (!wanted.from_field) throw invalid("Validation failed: 'from_field' is required");
    checkActions(data, wanted);
    const { conversation, isNew } = place(data, {
        ...wanted,
        organization: wanted.organization ?? data.accounts.get(wanted.account ?? '')?.organization ?? null,
    });
    const at = now();
    const message: Message = {
        ...{ id: randomUUID(), conversation: conversation.id, type: 'custom_text', subject: wanted.subject ?? null },
        ...{ body: wanted.body ?? '', created_at: at, updated_at: at, delivered_at: wanted.delivered_at ?? at },
        ...{ send_at: null, email_message_id: null, in_reply_to: [], references: wanted.references ?? [] },
        ...{ from_field: wanted.from_field, to_fields: wanted.to_fields ?? [], cc_fields: wanted.cc_fields ?? [] },
        ...{ bcc_fields: wanted.bcc_fields ?? [], reply_to_fields: wanted.reply_to_fields ?? [] },
        attachments: keep(data, wanted.attachments ?? []),
        ...{ author: null, external_id: wanted.external_id ?? null, practice: false },
        ...(node && { node }),
    };
    data.messages.set(message.id, message);
    stir(conversation, message.delivered_at ?? at);
    act(world, conversation, { ...wanted, add_to_inbox: wanted.add_to_inbox ?? (isNew && !wanted.team) });
    return { messages: { id: message.id, conversation: conversation.id } };
};

import { randomUUID } from 'node:crypto';
import { asHtml } from '../data/html';
import type { Address, Comment, Message } from '../data/records';
import { forAll } from '../data/standing';
import { conversationOf, find, now } from '../data/store';
import type { World } from '../data/world';
import { act } from '../events/actions';
import { begin, stir } from '../events/place';
import { mentionsIn } from '../events/rules';
import { invalid } from '../manners/refuse';
import { checked, id, list, text } from '../manners/shape';
import { latestMessage } from '../views/conversation-facts';

const written = { name: text(), address: text(), subject: text(), body: text(), conversation: id };

/** A customer writes: an e-mail, or an SMS where the address is a number. A closed conversation comes back. */
export function customerWrites(world: World, given: unknown): { conversation: string; message: string } {
    const { data } = world.store;
    const wanted = checked(given, written, ['address', 'body']);
    const at = now();
    const sms = /^\+\d+$/.test(wanted.address ?? '');
    if (!sms && !/^[^\s@]+@[^\s@]+$/.test(wanted.address ?? '')) {
        throw invalid("Validation failed: 'address' must be an e-mail address or a number like +351910000001");
    }
    const known = wanted.conversation ? conversationOf(data, wanted.conversation) : undefined;
    const conversation = known ?? begin(data, [...data.organizations.keys()][0] ?? null, [...data.teams.keys()][0]);
    const previous = latestMessage(data, conversation)?.email_message_id;
    const reply = previous ? [previous] : [];
    const from: Address = sms ? { phone_number: wanted.address ?? '' } : { address: wanted.address ?? '' };
    const host = (wanted.address ?? '').split('@')[1];
    const number = '+351210000009';
    const message: Message = {
        ...{ id: randomUUID(), conversation: conversation.id, type: sms ? 'sms' : 'email' },
        ...{
            subject: sms ? null : (wanted.subject ?? null),
            body: sms ? (wanted.body ?? '') : asHtml(wanted.body ?? ''),
        },
        ...{ created_at: at, updated_at: at, delivered_at: at, send_at: null, in_reply_to: sms ? [] : reply },
        email_message_id: sms ? null : `<${randomUUID()}@${host}>`,
        references: sms ? [`${number}${wanted.address}`] : reply,
        from_field: { ...from, name: wanted.name ?? null },
        to_fields: [sms ? { phone_number: number } : { address: 'shop@harborbikes.example', name: null }],
        ...{ cc_fields: [], bcc_fields: [], reply_to_fields: [], attachments: [] },
        ...{ author: null, external_id: sms ? `SM${randomUUID().replaceAll('-', '')}` : null, practice: false },
    };
    data.messages.set(message.id, message);
    forAll(conversation, { closed: false, inbox: true });
    stir(conversation, at);
    world.store.touch();
    world.fire({ type: sms ? 'incoming_sms_message' : 'incoming_email', conversation, message });
    return { conversation: conversation.id, message: message.id };
}

const commented = { conversation: id, author: id, body: text() };

/** A colleague comments; an @ with a first name mentions somebody. */
export function colleagueComments(world: World, given: unknown): { conversation: string; comment: string } {
    const { data } = world.store;
    const wanted = checked(given, commented, ['conversation', 'body']);
    const conversation = conversationOf(data, wanted.conversation ?? '');
    const colleague = [...data.users.keys()].find((user) => user !== data.me) ?? data.me;
    const body = wanted.body ?? '';
    const comment: Comment = {
        ...{ id: randomUUID(), conversation: conversation.id, body, created_at: now() },
        author: find(data.users, wanted.author ?? colleague, 'User').id,
        mentions: mentionsIn(data, body),
    };
    data.comments.set(comment.id, comment);
    stir(conversation, comment.created_at);
    world.store.touch();
    world.fire({ type: 'new_comment', conversation, comment });
    return { conversation: conversation.id, comment: comment.id };
}

const labelled = { conversation: id, add: list(id), remove: list(id) };

/** A colleague adds and takes off labels. */
export function changeLabels(world: World, given: unknown): { conversation: string } {
    const { data } = world.store;
    const wanted = checked(given, labelled, ['conversation']);
    const conversation = conversationOf(data, wanted.conversation ?? '');
    for (const label of [...(wanted.add ?? []), ...(wanted.remove ?? [])]) find(data.labels, label, 'Shared label');
    act(world, conversation, { add_shared_labels: wanted.add ?? [], remove_shared_labels: wanted.remove ?? [] });
    return { conversation: conversation.id };
}

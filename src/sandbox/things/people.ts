import { randomUUID } from 'node:crypto';
import { conversationIdOf } from '../data/address';
import { asHtml } from '../data/html';
import type { Address, Channel, Message } from '../data/records';
import { forAll } from '../data/standing';
import { conversationOf, now } from '../data/store';
import type { World } from '../data/world';
import { begin, stir } from '../events/place';
import { shopNumber } from '../events/sending';
import { invalid } from '../manners/refuse';
import { type Checked, checked, choice, type Fields, isFields, list, text } from '../manners/shape';
import { latestMessage } from '../views/conversation-facts';
import { keep, upload } from './files';

const written = {
    ...{ name: text(), address: text(), subject: text(), body: text(), conversation: text() },
    channel: choice('email', 'sms', 'whatsapp'),
    attachments: list(upload, 25),
};
type Written = Checked<typeof written>;

/** A conversation may be named by the address that Missive shows for it. */
export const located = (given: unknown): Fields =>
    isFields(given) && typeof given.conversation === 'string'
        ? { ...given, conversation: conversationIdOf(given.conversation) }
        : isFields(given)
          ? given
          : {};

function channelOf({ channel, address = '' }: Written): Channel {
    if (channel === 'whatsapp') return 'whatsapp';
    if (/^\+\d+$/.test(address ?? '')) return 'sms';
    if (/^[^\s@]+@[^\s@]+$/.test(address ?? '')) return 'email';
    throw invalid("Validation failed: 'address' must be an e-mail address or a number like +351910000001");
}

const incoming = { email: 'incoming_email', sms: 'incoming_sms_message', whatsapp: 'incoming_whatsapp_message' };

/** The sender as the channel has it: a person in WhatsApp has an id that need not be a number. */
const senderOf = (channel: Channel, address: string, name: string | null): Address =>
    channel === 'email'
        ? { address, name }
        : channel === 'sms'
          ? { phone_number: address, name }
          : { id: address, name, username: null };

/** A customer writes: e-mail, WhatsApp, or an SMS where the address is a number. A closed conversation comes back. */
export function customerWrites(world: World, given: unknown): { conversation: string; message: string } {
    const { data } = world.store;
    const mail = located(given);
    // Who sends a file need not say a word.
    const wanted = checked(mail, written, mail.attachments ? ['address'] : ['address', 'body']);
    const channel = channelOf(wanted);
    const known = wanted.conversation ? conversationOf(data, wanted.conversation) : undefined;
    const conversation = known ?? begin(data, [...data.organizations.keys()][0] ?? null, [...data.teams.keys()][0]);
    const at = now();
    const message: Message = {
        ...{ id: randomUUID(), conversation: conversation.id, type: channel },
        ...{ created_at: at, updated_at: at, delivered_at: at, send_at: null },
        ...contentOf(wanted, channel, latestMessage(data, conversation)),
        from_field: senderOf(channel, wanted.address ?? '', wanted.name ?? null),
        ...{ cc_fields: [], bcc_fields: [], reply_to_fields: [], attachments: keep(data, wanted.attachments ?? []) },
        ...{ author: null, practice: false },
    };
    data.messages.set(message.id, message);
    forAll(conversation, { closed: false, inbox: true });
    stir(conversation, at);
    world.store.touch();
    const type = channel === 'custom_text' ? '' : incoming[channel];
    world.fire({ type, conversation, message });
    return { conversation: conversation.id, message: message.id };
}

/** What is said, and what ties it to what was said before. */
function contentOf({ subject = null, body, address }: Written, channel: Channel, latest: Message | undefined) {
    if (channel !== 'email') {
        return {
            ...{ subject: null, body: body ?? '', email_message_id: null, in_reply_to: [] },
            references: [`${shopNumber}${address}`],
            to_fields: [{ phone_number: shopNumber }],
            external_id: `${channel === 'sms' ? 'SM' : 'wamid.'}${randomUUID().replaceAll('-', '')}`,
        };
    }
    const reply = latest?.email_message_id ? [latest.email_message_id] : [];
    return {
        ...{ subject: subject || null, body: asHtml(body ?? ''), in_reply_to: reply, references: reply },
        email_message_id: `<${randomUUID()}@${(address ?? '').split('@')[1]}>`,
        to_fields: [{ address: 'shop@harborbikes.example', name: null }],
        external_id: null,
    };
}

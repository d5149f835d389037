import type { Address, Channel, Message } from '../data/records';
import type { Data } from '../data/store';
import { Refused } from '../manners/refuse';

/** The number that the shop writes SMS and WhatsApp messages from. */
export const shopNumber = '+351210000009';

export interface Named {
    readonly account?: string | null;
    readonly from_field?: Address | null;
    readonly to_fields?: readonly Address[] | null;
}

/**
 * How something goes out. Where neither sender nor recipient says so, an SMS or WhatsApp conversation does: whoever
 * answers there need not name anybody.
 */
export function channelOf({ account, from_field, to_fields }: Named, latest: Message | undefined): Channel {
    if (account) return 'custom_text';
    const named = [from_field, to_fields?.[0]].filter((one) => one !== undefined && one !== null);
    const there = latest?.type === 'sms' || latest?.type === 'whatsapp' ? latest.type : undefined;
    if (named.some(({ phone_number }) => phone_number)) {
        return /whatsapp/.test(from_field?.type ?? '') ? 'whatsapp' : (there ?? 'sms');
    }
    return named.some(({ address }) => address) ? 'email' : (there ?? 'email');
}

/** Whom a conversation is with, as its newest message says. */
export const otherSide = (latest: Message | undefined): readonly Address[] =>
    latest === undefined ? [] : latest.author === null ? [latest.from_field] : latest.to_fields;

/** Who may write from here. An e-mail needs one of them, draft or not: Missive has no default sender. */
export function checkSender({ aliases }: Data, { from_field }: Named, channel: Channel): void {
    if (channel === 'custom_text' || (channel !== 'email' && !from_field)) return;
    const sender = channel === 'email' ? from_field?.address?.toLowerCase() : from_field?.phone_number;
    if (sender && aliases.includes(sender)) return;
    throw new Refused(400, "'from_field' does not match an available sender", {}, { senders: aliases });
}

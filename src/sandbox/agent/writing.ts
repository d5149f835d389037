import type { Conversation, Message } from '../data/records';
import { find, now } from '../data/store';
import type { World } from '../data/world';
import { otherSide } from '../events/sending';
import type { Fields } from '../manners/shape';
import { createDraft } from '../things/drafts';
import { latestMessage, messagesOf } from '../views/conversation-facts';

/** A draft as Missive's composer begins it: from the person, to whoever wrote last where nobody is named. */
export function write(world: World, { deliver, ...mail }: Fields, conversation?: Conversation): string {
    const { data } = world.store;
    const me = find(data.users, data.me, 'User');
    const latest = conversation && latestMessage(data, conversation);
    const post = !latest || latest.type === 'email';
    const subject = latest?.subject ? `Re: ${latest.subject.replace(/^(re: ?)+/i, '')}` : undefined;
    const wanted = {
        // In a custom channel somebody answers by the channel: whoever wrote there has no other address.
        ...(latest?.type === 'custom_text' && { account: [...data.accounts.keys()][0], to_fields: otherSide(latest) }),
        ...(post && { from_field: { address: me.email, name: me.name }, to_fields: otherSide(latest), subject }),
        ...Object.fromEntries(Object.entries(mail).filter(([, value]) => value !== undefined && value !== null)),
        ...(conversation && { conversation: conversation.id }),
        ...(deliver === true && { send: true }),
    };
    const made = createDraft({ world, ids: [], query: new URLSearchParams(), body: { drafts: wanted } });
    return (made as { readonly drafts: { readonly id: string } }).drafts.id;
}

/** Into the draft that somebody is writing there, else into a new one. */
export function insert(world: World, conversation: Conversation, html: string): string {
    const { data } = world.store;
    const open = messagesOf(data, conversation).findLast(
        ({ delivered_at, send_at }) => delivered_at === null && send_at === null,
    );
    if (!open) return write(world, { body: html }, conversation);
    const longer: Message = { ...open, body: `${open.body}${html}`, updated_at: now() };
    data.messages.set(open.id, longer);
    world.store.touch();
    return open.id;
}

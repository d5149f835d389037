import type { Conversation, Standing } from '../data/records';
import { isClosed } from '../data/standing';
import { conversationOf, type Data } from '../data/store';
import type { Endpoint } from '../data/world';
import { act, actions, checkActions } from '../events/actions';
import { changes } from '../manners/envelope';
import { activity, byTime } from '../manners/paging';
import { invalid } from '../manners/refuse';
import { checked, color, flag, text } from '../manners/shape';
import { messagesOf } from '../views/conversation-facts';
import { conversationView } from '../views/conversation-view';

type Mailbox = (conversation: Conversation, mine: Standing, data: Data) => boolean;

const lies = ({ trashed, junked }: Standing): boolean => !trashed && !junked;

/** The mailboxes of the token's owner: `?inbox=true`. */
const own: Readonly<Record<string, Mailbox>> = {
    inbox: (_, mine) => mine.inbox && !mine.closed && !mine.snoozed && lies(mine),
    all: (_, mine) => lies(mine),
    assigned: ({ assignees }, mine, { me }) => assignees.has(me) && !mine.closed,
    closed: (_, mine) => mine.closed && lies(mine),
    snoozed: (_, mine) => mine.snoozed,
    flagged: (_, mine) => mine.flagged,
    trashed: (_, mine) => mine.trashed,
    junked: (_, mine) => mine.junked,
    drafts: (one, _, data) => messagesOf(data, one).some(({ delivered_at }) => delivered_at === null),
};

/** The mailboxes that belong to a label or a team: `?team_inbox=<id>`. */
const shared: Readonly<Record<string, (conversation: Conversation, id: string) => boolean>> = {
    shared_label: ({ labels }, id) => labels.has(id),
    team_inbox: (one, id) => one.team === id && !isClosed(one) && one.assignees.size === 0,
    team_closed: (one, id) => one.team === id && isClosed(one),
    team_all: ({ team }, id) => team === id,
};

function addressesOf(data: Data, conversation: Conversation): string[] {
    return messagesOf(data, conversation)
        .flatMap((one) => [
            ...[one.from_field],
            ...[one.to_fields, one.cc_fields, one.bcc_fields, one.reply_to_fields].flat(),
        ])
        .map(({ address }) => (address ?? '').toLowerCase());
}

/** Narrowings by who takes part; they exclude each other. */
const narrowings: Readonly<Record<string, (addresses: readonly string[], wanted: string, data: Data) => boolean>> = {
    email: (addresses, wanted) => addresses.includes(wanted.toLowerCase()),
    domain: (addresses, wanted) => addresses.some((address) => address.endsWith(`@${wanted.toLowerCase()}`)),
    contact_organization: (addresses, wanted, { contacts }) =>
        [...contacts.values()]
            .filter(({ memberships }) => memberships.some(({ group }) => group === wanted))
            .some(({ infos }) => infos.some(({ value }) => addresses.includes(String(value).toLowerCase()))),
};

/** GET /conversations */
export const listConversations: Endpoint = ({ world: { store }, query }) => {
    const { data } = store;
    const mailboxes = Object.keys(own).filter((name) => query.get(name) === 'true');
    const sharedMailboxes = Object.keys(shared).filter((name) => query.get(name));
    if (mailboxes.length + sharedMailboxes.length === 0) throw invalid('You need to paginate at least one mailbox');
    const narrowing = Object.keys(narrowings).filter((name) => query.get(name));
    if (narrowing.length > 1) throw invalid(`${narrowing.map((name) => `'${name}'`).join(' and ')} exclude each other`);
    const rows = [...data.conversations.values()].filter((one) => {
        const mine = one.users.get(data.me);
        return (
            mine !== undefined &&
            mailboxes.every((name) => own[name]?.(one, mine, data)) &&
            sharedMailboxes.every((name) => shared[name]?.(one, query.get(name) ?? '')) &&
            narrowing.every((name) => narrowings[name]?.(addressesOf(data, one), query.get(name) ?? '', data)) &&
            (!query.get('organization') || one.organization === query.get('organization'))
        );
    });
    const page = byTime(rows, ({ last_activity_at }) => last_activity_at, query, activity);
    return { conversations: page.map((one) => (one.guest ? guestView(one) : conversationView(data, one))) };
};

const guestView = ({ id, last_activity_at }: Conversation) => ({ id, last_activity_at });

/** GET /conversations/:id gives a list of one; its id is another where the conversation was merged away. */
export const getConversation: Endpoint = ({ world: { store }, ids: [id = ''] }) => {
    const conversation = conversationOf(store.data, id);
    return {
        conversations: [conversation.guest ? guestView(conversation) : conversationView(store.data, conversation)],
    };
};

const changeable = { ...actions, subject: text(), color, conversation_color: color, reopen: flag };

/** PATCH /conversations/:ids */
export const changeConversations: Endpoint = ({ world, ids, body }) => {
    const { data } = world.store;
    const rows = changes(body, 'conversations', ids).map((row) => ({
        conversation: conversationOf(data, row.id),
        wanted: checked(row, changeable),
    }));
    for (const { wanted } of rows) checkActions(data, wanted);
    for (const { conversation, wanted } of rows) {
        if (wanted.subject !== undefined) conversation.subject = wanted.subject;
        const color = wanted.color ?? wanted.conversation_color;
        if (color !== undefined) conversation.color = color;
        act(world, conversation, wanted);
    }
    return { conversations: rows.map(({ conversation }) => conversationView(data, conversation)) };
};

import { type Fields, flag, type Input, pick } from '../operations/fields';

const own = (label: string, help: string) => flag({ label, help });
const team = (label: string, help: string) => pick('team', { label, help });

/** The mailboxes by the API's own parameters; the form draws them as one choice. */
const fields = {
    inbox: { ...own('Inbox', 'True: the Inbox of the token’s owner.'), starts: true },
    all: own('All', 'True: everything that the token’s owner sees.'),
    assigned: own('Assigned', 'True: what the token’s owner was given.'),
    closed: own('Closed', 'True: what the token’s owner has closed.'),
    snoozed: own('Snoozed', 'True: what the token’s owner has snoozed.'),
    flagged: own('Flagged', 'True: what the token’s owner has flagged.'),
    trashed: own('Trash', 'True: what the token’s owner has thrown away.'),
    junked: own('Junk', 'True: what the token’s owner has marked as junk.'),
    drafts: own('Drafts', 'True: what has a draft.'),
    shared_label: pick('shared_label', { label: 'Shared label', help: 'What has this label.' }),
    team_inbox: team('Team inbox', 'The inbox of this team.'),
    team_closed: team('Team closed', 'What is closed in this team.'),
    team_all: team('Team all', 'Everything of this team.'),
};

/** The parameters that choose the mailbox of GET /conversations, and their rules (missive-api §6.4). */
export const mailboxes = {
    fields,
    /** How the form draws them. */
    setting: {
        label: 'Mailbox',
        help: 'Which conversations. It sets the parameter of Missive that goes by this name, such as msg.payload.inbox.',
        choices: {
            message: 'as the message says',
            ...Object.fromEntries(Object.entries(fields).map(([key, { label }]) => [key, label])),
            several: 'each by itself',
        },
        draws: 'conversations',
    },
    /** The sentence that says what is wrong. */
    wrong(input: Input<Fields>): string | undefined {
        const isGiven = (key: string) => input[key] !== undefined && input[key] !== null;
        const chosen = Object.keys(fields).filter((key) => isGiven(key) && input[key] !== false);
        if (chosen.length === 0) return `No mailbox is chosen: set one of ${Object.keys(fields).join(', ')}.`;
        if (chosen.length > 1) return `Several mailboxes are chosen (${chosen.join(', ')}): set one.`;
        const narrow = ['email', 'domain', 'contact_organization'].filter(isGiven);
        if (narrow.length > 1) return `${narrow.join(' and ')} exclude each other: set one.`;
        return undefined;
    },
};

import { expected } from '../expected';
import { choice, type Field, type Fields, flag, type Input, pick, picks, references, text } from './fields';

const section = 'conversation';

const colors = ['good', 'warning', 'danger'] as const;

/** A colour as Missive has it: one of three words, or a hex code. */
export const color = (look: { label: string; help: string; section?: string }): Field<string> => ({
    ...choice(colors, look),
    kind: 'text',
    parse(value) {
        if (typeof value !== 'string' || !/^(good|warning|danger|#[\da-f]{3}|#[\da-f]{6})$/i.test(value))
            throw expected('good, warning, danger or a hex colour such as #2266ed', value);
        return value;
    },
});

/**
 * What a draft, a message or a post can do to the conversation that it lands in (missive-api §5.6).
 */
export const conversationActions = {
    conversation: pick('conversation', {
        aims: ['conversation'],
        label: 'Conversation',
        help: 'The conversation that it is added to: its id, or its address in Missive. Left out, together with References: a new conversation.',
    }),
    references: references({
        aims: ['conversation'],
        section,
        label: 'References',
        help: 'Message-IDs or external ids, as a list, with commas, or as the header References has them. It is added to the first conversation that has one of them, else to a new one.',
    }),
    conversation_subject: text({
        section,
        label: 'Conversation subject',
        help: 'The subject shown for the conversation.',
    }),
    conversation_color: color({
        section,
        label: 'Colour',
        help: 'The colour of the conversation: good, warning, danger or a hex code such as #2266ed.',
    }),
    organization: pick('organization', {
        section,
        label: 'Organization',
        help: 'The organization of a new conversation. Needed with users, assignees and shared labels. Left out: the default organization of the account.',
    }),
    team: pick('team', {
        section,
        label: 'Team',
        help: 'The team of the conversation. A conversation that has a team keeps it, unless Force team is true.',
    }),
    force_team: flag({
        section,
        label: 'Force team',
        help: 'Whether Team replaces the team that the conversation has.',
    }),
    add_users: picks('user', { section, label: 'Add users', help: 'Users who get access to the conversation.' }),
    add_assignees: picks('user', {
        section,
        label: 'Add assignees',
        help: 'Users who are assigned; those assigned already stay.',
    }),
    remove_assignees: picks('user', { section, label: 'Remove assignees', help: 'Users who are no longer assigned.' }),
    add_shared_labels: picks('shared_label', {
        section,
        label: 'Add labels',
        help: 'Shared labels to put on the conversation.',
    }),
    remove_shared_labels: picks('shared_label', {
        section,
        label: 'Remove labels',
        help: 'Shared labels to take off the conversation.',
    }),
    add_to_inbox: flag({
        section,
        label: 'Move to Inbox',
        help: 'Moves the conversation to the Inbox of everyone with access.',
    }),
    add_to_team_inbox: flag({
        section,
        label: 'Move to team inbox',
        help: 'Moves the conversation to the inbox of Team.',
    }),
    close: flag({ section, label: 'Close', help: 'Closes the conversation for everyone with access.' }),
} satisfies Fields;

/** The fields that Missive refuses without an organization. */
const needOrganization = [
    'add_users',
    'add_assignees',
    'remove_assignees',
    'add_shared_labels',
    'remove_shared_labels',
] as const satisfies (keyof typeof conversationActions)[];

/** The rules across these fields; gives the sentence that says what is wrong. */
export function checkActions(input: Input<typeof conversationActions>): string | undefined {
    const lonely = needOrganization.find((key) => (input[key]?.length ?? 0) > 0 && !input.organization);
    if (lonely)
        return `${conversationActions[lonely].label} (${lonely}) needs an Organization: fill it in here, or as the default organization of the account.`;
    if (input.add_to_team_inbox && !input.team)
        return 'Move to team inbox (add_to_team_inbox) needs a Team: say which team’s inbox.';
    return undefined;
}

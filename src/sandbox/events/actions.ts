import type { Conversation } from '../data/records';
import { admit, forAll, isClosed } from '../data/standing';
import { type Data, find } from '../data/store';
import type { World } from '../data/world';
import { invalid, unknown } from '../manners/refuse';
import { type Checked, color, flag, id, list, text } from '../manners/shape';

/** What drafts, messages, posts and changes of a conversation can do to the conversation besides. */
export const actions = {
    organization: id,
    team: id,
    force_team: flag,
    add_users: list(id),
    add_assignees: list(id),
    remove_assignees: list(id),
    add_shared_labels: list(id),
    remove_shared_labels: list(id),
    add_to_inbox: flag,
    add_to_team_inbox: flag,
    close: flag,
};

/** How drafts, messages, posts and subtasks name the conversation that they go into. */
export const target = {
    conversation: id,
    references: list(text()),
    conversation_subject: text(),
    conversation_color: color,
};

export type Actions = Checked<typeof actions>;

const withOrganization = [
    'add_users',
    'add_assignees',
    'remove_assignees',
    'add_shared_labels',
    'remove_shared_labels',
] as const;

/** Throws where an action lacks what it needs, or names something that is not there. */
export function checkActions(data: Data, wanted: Actions): void {
    for (const name of withOrganization) {
        if (wanted[name]?.length && !wanted.organization) {
            throw invalid(`'organization' is required when '${name}' is defined`);
        }
    }
    if (wanted.add_to_team_inbox && !wanted.team) {
        throw invalid("'team' is required when 'add_to_team_inbox' is defined");
    }
    if (wanted.organization) find(data.organizations, wanted.organization, 'Organization');
    if (wanted.team) find(data.teams, wanted.team, 'Team');
    const users = [wanted.add_users, wanted.add_assignees, wanted.remove_assignees].flatMap((ids) => ids ?? []);
    for (const user of users) find(data.users, user, 'User');
    for (const label of [...(wanted.add_shared_labels ?? []), ...(wanted.remove_shared_labels ?? [])]) {
        const { organization } = find(data.labels, label, 'Shared label');
        if (organization !== wanted.organization) throw unknown('Shared label', label);
    }
}

const photo = (conversation: Conversation) => ({
    label_change: [...conversation.labels].sort().join(),
    team_change: conversation.team ?? '',
    conversation_assignee_change: [...conversation.assignees].sort().join(),
    closed: isClosed(conversation),
});

/** Does what was checked before, and runs the rules for what really changed: so loops are as real as in Missive. */
export function act(world: World, conversation: Conversation, wanted: Actions & { reopen?: boolean | null }): void {
    const before = photo(conversation);
    change(conversation, wanted);
    const after = photo(conversation);
    world.store.touch();
    for (const type of ['label_change', 'team_change', 'conversation_assignee_change'] as const) {
        if (before[type] !== after[type]) world.fire({ type, conversation });
    }
    if (before.closed !== after.closed) {
        world.fire({ type: after.closed ? 'conversation_closed' : 'conversation_reopened', conversation });
    }
}

function change(conversation: Conversation, wanted: Actions & { reopen?: boolean | null }): void {
    conversation.organization ??= wanted.organization ?? null;
    if (wanted.team && (conversation.team === null || wanted.force_team)) conversation.team = wanted.team;
    for (const user of wanted.add_users ?? []) admit(conversation, user);
    for (const user of wanted.add_assignees ?? []) {
        admit(conversation, user, { inbox: true });
        conversation.assignees.add(user);
    }
    for (const user of wanted.remove_assignees ?? []) conversation.assignees.delete(user);
    for (const label of wanted.add_shared_labels ?? []) conversation.labels.add(label);
    for (const label of wanted.remove_shared_labels ?? []) conversation.labels.delete(label);
    if (wanted.reopen) forAll(conversation, { closed: false, inbox: true });
    if (wanted.add_to_inbox) forAll(conversation, { inbox: true, closed: false, archived: false });
    if (wanted.add_to_team_inbox) forAll(conversation, { closed: false });
    if (wanted.close) forAll(conversation, { closed: true, inbox: false });
}

import { checkChanges } from '../src/missive/operations/check-changes';
import { checkActions, color, conversationActions } from '../src/missive/operations/conversation-actions';
import { type Field, type Fields, flag, type Input, picks, text } from '../src/missive/operations/fields';
import { operation } from '../src/missive/operations/operation';
import { operationNode } from '../src/runtime/operations/operation-node';

const { conversation_subject, conversation_color, ...actions } = conversationActions;
const inSight = <T>({ section: _, ...field }: Field<T>): Field<T> => field;
const inMore = <T>(field: Field<T>): Field<T> => ({ ...field, section: 'more' });

/** The one thing that was changed, where it was one. */
function changeOf(input: Input<Fields>): string {
    const { id: _, organization: __, ...changes } = input;
    const words: Readonly<Record<string, string>> = {
        ...{ add_shared_labels: 'labelled', add_assignees: 'assigned', team: 'moved', force_team: 'moved' },
        ...{ close: 'closed', reopen: 'reopened', add_to_inbox: 'moved', add_to_team_inbox: 'moved' },
    };
    const set = Object.entries(changes).filter(([, value]) => value !== undefined && value !== false);
    const found = new Set(set.map(([key]) => words[key] ?? 'changed'));
    return found.size === 1 ? ([...found][0] ?? 'changed') : 'changed';
}

export default operationNode(
    operation({
        type: 'missive-update-conversation',
        label: 'update conversation',
        sign: 'missive-label.svg',
        keywords: 'label tag assign close reopen archive move team inbox subject color colour',
        gives: 'the conversation, or several as a list',
        did: {
            changed: 'changed|changed',
            labelled: 'labelled|labelled',
            assigned: 'assigned|assigned',
            closed: 'closed|closed',
            reopened: 'reopened|reopened',
            moved: 'moved|moved',
        },
        summary: 'Labels, assigns, moves, closes or reopens conversations, without leaving a post in them.',
        details: [
            'Several ids go to Missive in one call, and msg.payload is then a list; for one id it is that conversation.',
            'A changed label sets off Missive’s rules for labels: a flow that such a rule starts should look at the labels first, or it may start itself again and again.',
        ],
        resource: 'conversation',
        method: 'PATCH',
        path: '/conversations/{id}',
        envelope: 'conversations',
        wrap: 'each',
        fields: {
            id: picks('conversation', {
                required: true,
                label: 'Conversations',
                help: 'One id, a list of ids, or ids with commas between them. The address that Missive shows for a conversation will do.',
            }),
            organization: {
                ...inSight(actions.organization),
                help: 'Needed with users, assignees and shared labels. Left out: the default organization of the account.',
            },
            add_shared_labels: inSight(actions.add_shared_labels),
            remove_shared_labels: inSight(actions.remove_shared_labels),
            add_assignees: inSight(actions.add_assignees),
            remove_assignees: inSight(actions.remove_assignees),
            close: inSight(actions.close),
            reopen: flag({ label: 'Reopen', help: 'Reopens the conversation for everyone with access.' }),
            subject: text({ section: 'more', label: 'Subject', help: conversation_subject.help }),
            color: color({ section: 'more', label: conversation_color.label, help: conversation_color.help }),
            team: inMore(actions.team),
            force_team: inMore(actions.force_team),
            add_users: inMore(actions.add_users),
            add_to_inbox: inMore(actions.add_to_inbox),
            add_to_team_inbox: inMore(actions.add_to_team_inbox),
        },
        common: ['add_shared_labels', 'add_assignees', 'close'],
        sections: { more: 'Subject, colour, team and inbox' },
        example: {
            input: {
                id: '9a4b6d1e-0c2f-4a86-8d0a-6d6b3a2f1c55',
                organization: '7c1e0f52-886f-4e3d-af67-614f41edf1df',
                add_assignees: ['3b9d2a44-c20c-4e2b-a8ac-1fb58103b0e6'],
                add_shared_labels: ['b1d21975-ac67-4dea-af96-685e5544656f'],
            },
            output: {
                id: '9a4b6d1e-0c2f-4a86-8d0a-6d6b3a2f1c55',
                subject: null,
                latest_message_subject: 'Spare part for a gravel fork',
                assignee_names: 'Ines Duarte',
                shared_label_names: 'Parts',
            },
        },
        takesDefault: (input) => checkChanges(input) === undefined,
        outcome: changeOf,
        check: (input) => checkChanges(input) ?? checkActions(input),
    }),
);

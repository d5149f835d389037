import { expected } from '../expected';
import { member } from '../operations/family';
import { choice, flag, json, number, picks, text } from '../operations/fields';
import { hexColor, organization } from './saved-fields';
import { checkSaving, isChange } from './saving';

const team = { section: 'team' };

function parseHours(value: unknown): object {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw expected('an object such as { "tz": "America/Montreal", "t": [{ "d": 1, "s": [32400, 61200] }] }', value);
    return value;
}

/** A team, created or changed (missive-api §6.7). It stays in its organization. */
export const savedTeam = member({
    title: 'team',
    ...{ resource: 'team', method: 'POST', path: '/teams', envelope: 'teams', wrap: 'list', omits: ['id'] },
    change: { method: 'PATCH', path: '/teams/{id}', wrap: 'each', omits: ['organization'] },
    fields: {
        id: picks('team', {
            aims: ['id'],
            label: 'Which team',
            help: 'The team to change, or several, with commas between their ids. Left out: a new team is created.',
        }),
        name: text({ label: 'Team name', help: 'Required for a new team.' }),
        organization,
        active_members: picks('user', {
            label: 'Active members',
            help: 'The users in the team, in place of those who were in it before.',
        }),
        observers: picks('user', {
            label: 'Observers',
            help: 'The users who only watch, in place of those who did before.',
        }),
        color: hexColor,
        emoji: text({ label: 'Emoji', help: 'A short name such as :wrench:.' }),
        business_hours: json(
            {
                ...team,
                label: 'Business hours',
                help: 'A time zone and days (0 is Sunday) with seconds of the day: { "tz": "America/Montreal", "t": [{ "d": 1, "s": [32400, 61200] }] }.',
            },
            parseHours,
        ),
        inactivity_period: number({ ...team, label: 'Inactive after', help: 'Seconds until a member counts as away.' }),
        team_mention_behavior: choice(['all_members', 'only_active_members'], {
            ...team,
            label: 'Mentions reach',
            help: 'Whom a mention of the team reaches.',
        }),
        user_reply_behavior: choice(['assign_user', 'leave_in_team_inbox'], {
            ...team,
            label: 'On a reply',
            help: 'What happens when a member answers.',
        }),
        received_reply_behavior: choice(['show_in_assignee_inbox', 'show_in_team_inbox'], {
            ...team,
            label: 'On an answer',
            help: 'Where an answer to an assigned conversation is shown.',
        }),
        team_sidebar_behavior: choice(['show_team_space', 'show_team_inbox'], {
            ...team,
            label: 'In the sidebar',
            help: 'What the sidebar shows of the team.',
        }),
        team_inbox_enabled: flag({ ...team, label: 'Team inbox', help: 'Whether the team has an inbox.' }),
        chat_room_enabled: flag({ ...team, label: 'Chat room', help: 'Whether the team has a chat room.' }),
    },
    common: ['name', 'active_members'],
    example: {
        input: {
            name: 'Rentals',
            organization: '7c1e0f52-886f-4e3d-af67-614f41edf1df',
            active_members: ['3b9d2a44-c20c-4e2b-a8ac-1fb58103b0e6'],
            emoji: ':bike:',
        },
        output: {
            id: '1f0a5c3e-b3c3-4696-a022-3f99b58b0d61',
            name: 'Rentals',
            organization: '7c1e0f52-886f-4e3d-af67-614f41edf1df',
            active_members: ['3b9d2a44-c20c-4e2b-a8ac-1fb58103b0e6'],
            observers: [],
        },
    },
    takesDefault: (input) => !isChange(input),
    check(input) {
        if (isChange(input)) {
            const { organization: _, ...changes } = input;
            return checkSaving(changes);
        }
        if (!input.name?.trim()) return 'Team name (name) is missing: a new team needs one.';
        return input.organization
            ? undefined
            : 'Organization (organization) is missing: a new team needs one. Fill it in here, or as the default organization of the account.';
    },
});

import { randomUUID } from 'node:crypto';
import type { Team } from '../data/book-records';
import { type Data, find } from '../data/store';
import type { Endpoint } from '../data/world';
import { changes, many } from '../manners/envelope';
import { byOffset } from '../manners/paging';
import { forbidden, invalid } from '../manners/refuse';
import { type Check, checked, choice, color, fields, flag, id, list, text } from '../manners/shape';

const period: Check<number> = {
    wants: 'a number of seconds',
    is: (value): value is number => Number.isInteger(value) && Number(value) >= 0,
};

const settings = {
    emoji: text(),
    color,
    business_hours: fields,
    inactivity_period: period,
    team_mention_behavior: choice('all_members', 'only_active_members'),
    user_reply_behavior: choice('assign_user', 'leave_in_team_inbox'),
    received_reply_behavior: choice('show_in_assignee_inbox', 'show_in_team_inbox'),
    team_sidebar_behavior: choice('show_team_space', 'show_team_inbox'),
    team_inbox_enabled: flag,
    chat_room_enabled: flag,
};
const team = { name: text(), active_members: list(id), observers: list(id) };

const view = ({ id, name, organization, active_members, observers, settings }: Team) => ({
    ...{ id, name, organization, ...settings, active_members, observers },
});

/** GET /teams */
export const listTeams: Endpoint = ({ world: { store }, query }) => {
    const organization = query.get('organization');
    const rows = [...store.data.teams.values()].filter((one) => !organization || one.organization === organization);
    return { teams: byOffset(rows, query).map(view) };
};

function checkMembers(data: Data, ...lists: (readonly string[] | null | undefined)[]): void {
    for (const user of lists.flatMap((ids) => ids ?? [])) find(data.users, user, 'User');
}

/** POST /teams */
export const createTeams: Endpoint = ({ world: { store, admin }, body }) => {
    if (!admin) throw forbidden();
    const { data } = store;
    const made = many(body, 'teams').map((row): Team => {
        const wanted = checked(row, { ...team, organization: id }, ['name', 'organization']);
        const { id: organization } = find(data.organizations, wanted.organization ?? '', 'Organization');
        checkMembers(data, wanted.active_members, wanted.observers);
        return {
            ...{ id: randomUUID(), name: wanted.name ?? '', organization, settings: checked(row, settings) },
            ...{ active_members: wanted.active_members ?? [], observers: wanted.observers ?? [] },
        };
    });
    for (const one of made) data.teams.set(one.id, one);
    store.touch();
    return { teams: made.map(view) };
};

/** PATCH /teams/:ids; lists of members are replaced. */
export const changeTeams: Endpoint = ({ world: { store, admin }, ids, body }) => {
    if (!admin) throw forbidden();
    const { data } = store;
    const changed = changes(body, 'teams', ids).map((row) => {
        const wanted = checked(row, team);
        if (wanted.name === '' || wanted.name === null) throw invalid("Validation failed: 'name' is required");
        checkMembers(data, wanted.active_members, wanted.observers);
        return { one: find(data.teams, row.id, 'Team'), wanted, set: checked(row, settings) };
    });
    for (const { one, wanted, set } of changed) {
        if (wanted.name) one.name = wanted.name;
        one.active_members = wanted.active_members ?? one.active_members;
        one.observers = wanted.observers ?? one.observers;
        one.settings = { ...one.settings, ...set };
    }
    store.touch();
    return { teams: changed.map(({ one }) => view(one)) };
};

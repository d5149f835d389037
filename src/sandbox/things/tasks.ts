import { randomUUID } from 'node:crypto';
import type { Task } from '../data/records';
import { admit, forAll } from '../data/standing';
import { type Data, find, now, stayingId } from '../data/store';
import type { Endpoint } from '../data/world';
import { target } from '../events/actions';
import { place } from '../events/place';
import { one } from '../manners/envelope';
import { activity, byTime, numberOf } from '../manners/paging';
import { invalid } from '../manners/refuse';
import { type Checked, checked, choice, flag, id, list, seconds, text } from '../manners/shape';
import { conversationRows, type Row, rowView, singleView, taskRows } from '../views/task-rows';

const states = choice('todo', 'in_progress', 'closed');
/** What a task is made of. */
export const changeable = {
    ...{ title: text(1000), description: text(10_000), state: states },
    ...{ assignees: list(id), team: id, due_at: seconds },
};
const creatable = {
    ...changeable,
    ...target,
    organization: id,
    subtask: flag,
    add_users: list(id),
    add_to_inbox: flag,
};

const filters: Readonly<Record<string, (row: Row, wanted: string) => boolean>> = {
    organization: ({ organization }, wanted) => organization === wanted,
    team: ({ team }, wanted) => team === wanted,
    assignee: ({ assignees }, wanted) => assignees.includes(wanted),
    conversation: ({ conversation }, wanted) => conversation === wanted,
    state: ({ state }, wanted) => state === wanted,
    type: ({ type }, wanted) => wanted === 'all' || type === wanted,
    due_at_gteq: ({ due_at }, wanted) => due_at !== null && due_at >= Number(wanted),
    due_at_lteq: ({ due_at }, wanted) => due_at !== null && due_at <= Number(wanted),
};

/** GET /tasks */
export const listTasks: Endpoint = ({ world: { store }, query }) => {
    const given = Object.fromEntries(query);
    // A conversation that was merged away leads to the one that stays.
    if (given.conversation) given.conversation = stayingId(store.data, given.conversation);
    checked(given, { state: states, type: choice('task', 'conversation', 'all') });
    for (const name of ['due_at_gteq', 'due_at_lteq']) numberOf(query, name);
    const rows = [...taskRows(store.data), ...conversationRows(store.data)].filter((row) =>
        Object.entries(filters).every(([name, fits]) => !given[name] || fits(row, given[name])),
    );
    return { tasks: byTime(rows, ({ last_activity_at }) => last_activity_at, query, activity).map(rowView) };
};

/** GET /tasks/:id */
export const getTask: Endpoint = ({ world: { store }, ids: [id = ''] }) => {
    const rows = [...taskRows(store.data), ...conversationRows(store.data)];
    return { tasks: singleView(store.data, find(new Map(rows.map((row) => [row.id, row])), id, 'Task')) };
};

function checkPeople(data: Data, { assignees, team }: { assignees?: readonly string[] | null; team?: string | null }) {
    for (const user of assignees ?? []) find(data.users, user, 'User');
    if (team) find(data.teams, team, 'Team');
}

/** POST /tasks. A task subscribes nobody to its conversation and stirs nothing there, unless asked to. */
export const createTask: Endpoint = ({ world: { store }, body, node }) => {
    const { data } = store;
    const wanted = checked(one(body, 'tasks'), creatable, ['title']);
    const { subtask, organization = null, team = null, assignees, add_users } = wanted;
    for (const name of ['team', 'assignees', 'add_users'] as const) {
        if (wanted[name]?.length && !organization)
            throw invalid(`'organization' is required when '${name}' is defined`);
    }
    if (!subtask && !team && !assignees?.length) throw invalid("Validation failed: 'team' or 'assignees' is required");
    if (subtask && !wanted.conversation && !wanted.references?.length) {
        throw invalid("'conversation' or 'references' is required when 'subtask' is defined");
    }
    if (organization) find(data.organizations, organization, 'Organization');
    checkPeople(data, { assignees: [...(assignees ?? []), ...(add_users ?? [])], team });
    const parent = subtask ? place(data, wanted).conversation : undefined;
    if (parent) for (const user of add_users ?? []) admit(parent, user);
    if (parent && wanted.add_to_inbox) forAll(parent, { inbox: true, closed: false });
    const task = newTask({ ...wanted, conversation: parent?.id ?? null, ...(node && { node }) });
    data.tasks.set(task.id, task);
    store.touch();
    return { tasks: changedView(task) };
};

/** A task that was made or changed: ids of assignees and team, as in a list. */
function changedView(task: Task) {
    const { last_activity_at: _, ...view } = rowView({ ...task, type: 'task' });
    return view;
}

/** What is wanted of a task, as a task. */
export function newTask(
    wanted: Checked<typeof changeable> & Partial<Pick<Task, 'organization' | 'node'>> & Pick<Task, 'conversation'>,
): Task {
    const at = now();
    const task: Task = {
        ...(wanted.node && { node: wanted.node }),
        ...{ id: randomUUID(), conversation: wanted.conversation, title: wanted.title ?? '' },
        ...{ description: wanted.description ?? null, state: 'todo', created_at: at, started_at: null },
        ...{ closed_at: null, assignees: wanted.assignees ?? [], team: wanted.team ?? null },
        ...{ due_at: wanted.due_at ?? null, organization: wanted.organization ?? null, last_activity_at: at },
    };
    enter(task, wanted.state ?? 'todo');
    return task;
}

function enter(task: Task, state: Task['state']): void {
    task.state = state;
    task.started_at = state === 'todo' ? null : (task.started_at ?? now());
    task.closed_at = state === 'closed' ? (task.closed_at ?? now()) : null;
}

/** PATCH /tasks/:id, one task at a time; `assignees` are replaced. */
export const changeTask: Endpoint = ({ world: { store }, ids: [id = ''], body }) => {
    const task = find(store.data.tasks, id, 'Task');
    const wanted = checked(one(body, 'tasks'), changeable);
    if (wanted.title === '' || wanted.title === null) throw invalid("Validation failed: 'title' is required");
    checkPeople(store.data, wanted);
    if (wanted.title) task.title = wanted.title;
    if (wanted.description !== undefined) task.description = wanted.description;
    if (wanted.assignees !== undefined) task.assignees = wanted.assignees ?? [];
    if (wanted.team !== undefined) task.team = wanted.team;
    if (wanted.due_at !== undefined) task.due_at = wanted.due_at;
    if (wanted.state) enter(task, wanted.state);
    task.last_activity_at = now();
    store.touch();
    return { tasks: changedView(task) };
};

import { idOf } from '../../src/sandbox/data/known';

/** Every field by which a request may change the conversation that it is about (missive-api 5.6), with a value. */
export const everyAction = {
    organization: idOf('o1'),
    team: idOf('t1'),
    force_team: true,
    add_users: [idOf('u1')],
    add_assignees: [idOf('u2')],
    remove_assignees: [idOf('u3')],
    add_shared_labels: [idOf('l1')],
    remove_shared_labels: [idOf('l2')],
    add_to_inbox: true,
    add_to_team_inbox: true,
    close: false,
} as const;

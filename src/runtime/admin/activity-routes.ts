import type { NodeAPI } from 'node-red';
import { activityOf } from '../activity/activity';
import { refreshPinned } from '../activity/pinned-shared';
import { answerIn, sayTo } from '../language/answers';
import { accountActs } from './account-acts';
import { eventActs, eventAt, pinnedAt } from './event-acts';
import { answering, bodyOf } from './json-body';

const mounted = new WeakSet<object>();

/** News are told to the editor at most once in so many milliseconds. */
const between = 1_000;

/** Where the editor hears that there is news; it fetches what it may see. */
export const topic = 'missive/activity';

/**
 * The workbench on Node-RED's admin side: `GET missive/activity` (permission `missive-config.read`, no customers' words),
 * `GET missive/activity/whole`, one event's body, and what may be done with events (permission `missive-config.write`).
 * Mounted once per app.
 */
export function serveActivity(RED: NodeAPI): void {
    const app = RED.httpAdmin;
    if (!app || mounted.has(app)) return;
    mounted.add(app);
    tell(RED);
    const reads = RED.auth.needsPermission('missive-config.read');
    const writes = RED.auth.needsPermission('missive-config.write');
    app.get(
        '/missive/activity',
        reads,
        answering(async (request) => answerIn(sayTo(request), stateOf(RED, false))),
    );
    app.get(
        '/missive/activity/whole',
        writes,
        answering(async (request) => {
            await refreshPinned(RED);
            return answerIn(sayTo(request), stateOf(RED, true));
        }),
    );
    app.get(
        '/missive/activity/event/:node/:number',
        writes,
        answering(async ({ params }) => eventAt(RED, params)),
    );
    app.get(
        '/missive/activity/pinned/:id',
        writes,
        answering(async ({ params }) => pinnedAt(RED, params.id)),
    );
    for (const [name, act] of Object.entries({ ...eventActs, ...accountActs }))
        app.post(
            `/missive/activity/${name}`,
            writes,
            answering(async (request) => act(RED, await bodyOf(request))),
        );
}

/** Loaded when somebody asks. */
function stateOf(RED: NodeAPI, whole: boolean) {
    const { activityState } = require('./activity-state') as typeof import('./activity-state');
    return activityState(RED, whole);
}

/** Tells the open editors that there is news. */
function tell(RED: NodeAPI): void {
    const activity = activityOf(RED);
    let waiting = false;
    activity.onChange(() => {
        if (waiting) return;
        waiting = true;
        setTimeout(() => {
            waiting = false;
            RED.comms.publish(topic, { revision: activity.revision }, false);
        }, between).unref();
    });
}

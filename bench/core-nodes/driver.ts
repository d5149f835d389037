import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** What one run through some nodes came to: milliseconds for each message, CPU of the whole Node-RED for each. */
export interface Run {
    readonly each: readonly number[];
    readonly cpu: number;
    /** Milliseconds from the first message to the last answer. */
    readonly whole: number;
}

/** A far end that answers after so many milliseconds; gives its address and what stops it. */
export async function farEnd(latency: number): Promise<{ readonly address: string; stop(): void }> {
    const child: ChildProcess = fork(path.join(__dirname, 'far-end.mjs'), [String(latency)]);
    const [port] = await once(child, 'message');
    return { address: `http://127.0.0.1:${port}/v1`, stop: () => child.disconnect() };
}

/** What the driver's function node may use; functions are written into the settings by their source. */
export const settings = {
    functionGlobalContext: { now: () => performance.now(), cpu: () => process.cpuUsage() },
};

/**
 * A flow that is asked over HTTP to send messages and measures them: `GET /<name>?rounds=n&at_once=m` sends a message to
 * each of the nodes in turn, n times over. Its own part is the same for whatever stands behind it.
 */
export const driver = (tab: string, name: string, targets: readonly string[]) => [
    { id: `${name}-in`, type: 'http in', z: tab, url: `/${name}`, method: 'get', wires: [[`${name}-drive`]] },
    {
        id: `${name}-drive`,
        type: 'function',
        z: tab,
        func: drive,
        outputs: targets.length + 1,
        wires: [...targets.map((target) => [target]), [`${name}-out`]],
    },
    { id: `${name}-out`, type: 'http response', z: tab, wires: [] },
];

const drive = `
const now = global.get('now'), cpu = global.get('cpu');
let run = context.get('run');
if (msg.req) {
    run = { msg, each: [], sent: 0, done: 0, many: Number(msg.req.query.rounds) * (node.outputCount - 1), before: cpu(), began: now() };
    context.set('run', run);
    const first = Math.min(run.many, Number(msg.req.query.at_once ?? 1));
    for (let at = 0; at < first; at++) next();
    return;
}
run.each.push(now() - msg.sent);
run.done++;
if (run.sent < run.many) next();
if (run.done < run.many) return;
const { user, system } = cpu();
run.msg.payload = { each: run.each, cpu: (user + system - run.before.user - run.before.system) / 1000 / run.many, whole: now() - run.began };
context.set('run', undefined);
const last = new Array(node.outputCount).fill(null);
last[node.outputCount - 1] = run.msg;
return last;
function next() {
    const out = new Array(node.outputCount).fill(null);
    out[run.sent % (node.outputCount - 1)] = { payload: { title: 'Call back', organization: '7c1e0f52-886f-4e3d-af67-614f41edf1df', team: '1f0a5c3e-b3c3-4696-a022-3f99b58b0d61', description: 'about the order' }, sent: now() };
    run.sent++;
    node.send(out);
}
`;

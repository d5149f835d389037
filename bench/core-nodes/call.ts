import { startNodeRed } from '../../test/support/node-red';
import { driver, farEnd, type Run, settings } from './driver';
import { median, type Row } from './row';

const accounts = 20;

/** Calls of each account in one round; its limits are never reached. */
const calls = 3;
const rounds = 9;

const range = (length: number) => Array.from({ length }, (_, at) => at);

/** One call in each of twenty accounts in turn: *create task* beside *http request*, a round of each after the other. */
export async function call(): Promise<Row[]> {
    const end = await farEnd(0);
    const red = await startNodeRed({ ...flowsFor(end.address), settings });
    try {
        const ask = async (name: string): Promise<Run> =>
            (await fetch(`${red.url}/${name}?rounds=${calls}`)).json() as Promise<Run>;
        await ask('ours');
        await ask('core');
        const seen = { ours: [] as Run[], core: [] as Run[] };
        for (let round = 0; round < rounds; round++)
            for (const name of round % 2 ? (['ours', 'core'] as const) : (['core', 'ours'] as const))
                seen[name].push(await ask(name));
        const time = (name: keyof typeof seen) => median(seen[name].flatMap(({ each }) => each));
        const cpu = (name: keyof typeof seen) => median(seen[name].map((run) => run.cpu));
        const row = (what: string, of: typeof time): Row => ({
            ...{ what, unit: 'ms', ours: of('ours'), core: of('core') },
            goal: 'at most core’s',
            holds: of('ours') <= of('core'),
        });
        return [row('create task / http request: time of a call', time), row('the same: CPU of a call', cpu)];
    } finally {
        await red.stop();
        end.stop();
    }
}

function flowsFor(address: string) {
    const tab = 'tab';
    const task = (at: number) => ({
        ...{ id: `task-${at}`, type: 'missive-create-task', z: tab, account: `account-${at}` },
        wires: [['ours-drive']],
    });
    const request = (at: number) => ({
        ...{
            id: `request-${at}`,
            type: 'http request',
            z: tab,
            method: 'POST',
            ret: 'obj',
            paytoqs: 'ignore',
            persist: true,
        },
        url: `${address}/tasks`,
        headers: [
            { keyType: 'other', keyValue: 'Authorization', valueType: 'other', valueValue: `Bearer token-${at}` },
        ],
        wires: [['core-drive']],
    });
    return {
        flows: [
            { id: tab, type: 'tab', label: 'bench' },
            ...range(accounts).map((at) => ({ id: `account-${at}`, type: 'missive-config', url: address })),
            ...range(accounts).flatMap((at) => [task(at), request(at)]),
            ...driver(
                tab,
                'ours',
                range(accounts).map((at) => `task-${at}`),
            ),
            ...driver(
                tab,
                'core',
                range(accounts).map((at) => `request-${at}`),
            ),
        ],
        credentials: Object.fromEntries(
            range(accounts).map((at) => [`account-${at}`, { token: `missive_pat-bench-${at}` }]),
        ),
    };
}

import Bottleneck from 'bottleneck';
import PQueue from 'p-queue';
import pThrottle from 'p-throttle';
import { Limiter } from '../src/missive/limits/limiter';
import type { Policy } from '../src/missive/limits/policy';
import { freshTally, retry } from '../src/missive/wire/retry';
import type { Ask } from './patterns';
import type { Send } from './wire';

/** Sends one call in its turn; false where it was given up. */
export type Submit = (ask: Ask, send: Send) => Promise<boolean>;

const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** The package's own limiter with its own retry rule. */
function ours(policy: Policy): Submit {
    const limiter = new Limiter();
    limiter.policy = policy;
    return (ask, send) => {
        const tally = freshTally();
        const { node, priority } = ask;
        const task = async () => {
            const { status, headers } = await send();
            const repeat = retry({ method: 'POST', status, headers, whole: true, written: true }, tally);
            return repeat ?? { value: status === 201 };
        };
        return limiter.run(task, { node, priority }, { maxQueue: 10_000 });
    };
}

/** One request a second, however long each takes: what a careful user writes with Bottleneck. */
function oneASecond(): Submit {
    const limiter = new Bottleneck({ minTime: 1000, maxConcurrent: 5 });
    return (_, send) => limiter.schedule(() => patiently(send));
}

/** Both windows as Bottleneck's own reservoirs: what its manual shows. */
function reservoirs(): Submit {
    const of = (limit: number, span: number) =>
        new Bottleneck({
            reservoir: limit,
            reservoirRefreshAmount: limit,
            reservoirRefreshInterval: span,
            maxConcurrent: 5,
        });
    const limiter = of(300, 60_000).chain(of(900, 900_000));
    return (_, send) => limiter.schedule(() => patiently(send));
}

/** Both windows as queues of p-queue in its strict mode, the smaller one inside. */
function strictQueues(): Submit {
    const long = new PQueue({ intervalCap: 900, interval: 900_000, strict: true });
    const short = new PQueue({ intervalCap: 300, interval: 60_000, strict: true, concurrency: 5 });
    return (_, send) => long.add(() => short.add(() => patiently(send)));
}

/** Both windows by p-throttle in its strict mode, five at once. */
function strictThrottles(): Submit {
    const five = new PQueue({ concurrency: 5 });
    const short = pThrottle({ limit: 300, interval: 60_000, strict: true });
    const long = pThrottle({ limit: 900, interval: 900_000, strict: true });
    const turn = long(short((send: Send) => five.add(() => patiently(send))));
    return (_, send) => turn(send);
}

/** No limiter: each call goes at once, at most five together, and is tried again three times. */
function retries(): Submit {
    const five = new Bottleneck({ maxConcurrent: 5 });
    return (_, send) =>
        five.schedule(async () => {
            for (let tries = 0; tries < 4; tries++) {
                if ((await send()).status === 201) return true;
                if (tries < 3) await sleep(1000 * 2 ** tries);
            }
            return false;
        });
}

/** Waits as the 429 asks, and tries again until it works. */
async function patiently(send: Send): Promise<boolean> {
    for (;;) {
        const { status, headers } = await send();
        if (status === 201) return true;
        await sleep(Number(headers['retry-after']) * 1000);
    }
}

/** What is compared. */
export const contenders = {
    balanced: () => ours('balanced'),
    fast: () => ours('fast'),
    steady: () => ours('steady'),
    'one request a second': oneASecond,
    'Bottleneck reservoirs': reservoirs,
    'p-queue, strict': strictQueues,
    'p-throttle, strict': strictThrottles,
    'no limiter, three retries': retries,
} as const satisfies Record<string, () => Submit>;

export type ContenderName = keyof typeof contenders;

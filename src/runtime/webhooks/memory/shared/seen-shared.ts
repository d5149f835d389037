import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { steady } from '../../../../missive/steady';
import type { Link } from '../../../redis/link';
import { mark, remembered, seenKey } from '../../../redis/print';
import type { Seen, Ticket } from '../memory';
import type { SeenHere } from '../seen-here';
import * as scripts from './seen-scripts';

/** Missive waits this long for an answer; a later one it takes for a failure, and delivers again. */
const patience = 15_000;
/** So long one may be begun and neither kept, nor refused, nor answered: longer than any answer takes. */
const begun = 20_000;
/** As long as in the memory of one process. */
const times = remembered;
/** Another instance has the same delivery in its hands just now: so long, and so often, we ask what became of it. */
const [meanwhile, ask] = [10_000, 40];

/** What another instance has had in its hands for too long: nobody can say yet what becomes of it. */
class Busy extends Error {
    constructor() {
        super('Another Node-RED is dealing with the same delivery.');
    }
}

type Kind = keyof typeof times;

/**
 * What a node put into its flow, the same for all instances. While Redis is gone each goes on with what it knows itself,
 * save where deliveries are kept: these are refused then, so that nothing is answered that is not in Redis.
 */
export class SeenShared implements Seen {
    constructor(
        private readonly link: Link,
        private readonly place: string,
        private readonly here: SeenHere,
        private readonly keeps: boolean,
    ) {}

    async begin(body: Buffer, key: string | undefined, began: number): Promise<Ticket> {
        const hash = () => createHash('sha256').update(body).digest('base64');
        const kind: Kind = key === undefined ? 'body' : 'key';
        const print = key === undefined ? `body:${hash()}` : `key:${key}`;
        const end = steady() + meanwhile;
        const local = this.here.begin(body, key, began);
        try {
            for (;;) {
                const [state, ticket, at] = await this.#begin(kind, print);
                if (state !== 'wait')
                    return this.#ticket({ print, kind, ticket, at, began, local, again: state === 'again' });
                if (steady() > end) throw new Busy();
                await pause(ask);
            }
        } catch (error) {
            if (!this.keeps && !(error instanceof Busy)) return this.#alone(local, print, kind);
            if (!local.again) local.forget();
            throw error;
        }
    }

    forget(key: string): void {
        this.here.forget(key);
        this.link.surely(() => this.link.run(scripts.forget, seenKey(this.place, `key:${key}`)));
    }

    async #begin(kind: Kind, print: string): Promise<readonly [state: string, ticket: string, at: number]> {
        const given = [kind, randomUUID(), begun, patience, times[kind]];
        const said = (await this.link.run(scripts.begin, seenKey(this.place, print), ...given)) as unknown[];
        return [String(said[0]), String(said[1]), Number(said[2])];
    }

    #ticket(known: {
        readonly print: string;
        readonly kind: Kind;
        readonly ticket: string;
        readonly at: number;
        readonly began: number;
        readonly local: Ticket;
        readonly again: boolean;
    }): Ticket {
        const { print, kind, ticket, at, began, local, again } = known;
        const settle = (state: string) =>
            this.link.surely(() =>
                this.link.run(scripts.settle, seenKey(this.place, print), ticket, at, state, times[kind]),
            );
        return {
            print: `${print}${mark}${ticket}`,
            again,
            answered: (arrived) => {
                local.answered(arrived);
                const inTime = arrived && steady() - began <= patience;
                if (kind === 'key') {
                    if (!again && !this.keeps) settle('k');
                } else settle(inTime ? '' : 'f');
            },
            forget: () => {
                local.forget();
                this.link.surely(() => this.link.run(scripts.withdraw, seenKey(this.place, print), ticket));
            },
        };
    }

    /** What came meanwhile is told to Redis when it is back, so that another instance knows a repetition. */
    #alone(local: Ticket, print: string, kind: Kind): Ticket {
        if (local.again || kind === 'body') return local;
        const ticket = randomUUID();
        const at = steady();
        const tell = (state: string) =>
            this.link.surely(() => {
                const age = Math.round(at - steady());
                return this.link.run(scripts.settle, seenKey(this.place, print), ticket, age, state, times[kind]);
            });
        return {
            ...local,
            answered: (arrived) => {
                local.answered(arrived);
                tell('k');
            },
        };
    }
}

import { randomUUID } from 'node:crypto';
import type { Link, Value } from '../../redis/link';
import * as scripts from './scripts';

type Step = keyof typeof scripts;

const texts: Readonly<Record<Step, string>> = { ...scripts };

/** Carries out the steps of one node's shared inbox for one instance. */
export class Steps {
    readonly id = randomUUID();
    readonly #key: string;

    /** `lease`: milliseconds that an instance counts as alive without a word of it. */
    constructor(
        private readonly link: () => Link,
        place: string,
        private readonly lease: number,
        private readonly tries: number,
    ) {
        this.#key = `${place}:inbox`;
    }

    /** `takes`: whether this instance takes deliveries just now. Rejects with `Unreachable`. */
    run(step: Step, takes: boolean, ...values: Value[]): Promise<unknown> {
        return this.link().run(texts[step], this.#key, this.id, this.lease, takes ? 1 : 0, this.tries, ...values);
    }
}

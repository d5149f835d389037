import type { NodeAPI } from 'node-red';
import type { Deploy } from '../flows';
import { held } from '../held';
import { type Drawn, downstreamOf } from './downstream';

/** What a deploy has done to the deliveries that the flow of a node had. */
export interface Shock {
    /** Whether a node was replaced that they can come to. */
    readonly any: boolean;
    readonly lost: (delivery: string) => boolean;
}

/** Knows, of each deploy, which deliveries may have been lost with the nodes that it replaced. */
export class Shaken {
    #reached: readonly Drawn[] = [];

    /** To be called after `by`, at each start of the flows: what a message can come to from now on. */
    look(RED: NodeAPI, node: string): void {
        this.#reached = downstreamOf(RED, node);
    }

    /** Lost is a delivery where all nodes were replaced that had it. */
    by(deploy: Deploy): Shock {
        const replaced = new Set(this.#reached.filter((each) => deploy.has(each)).map(({ id }) => id));
        const lost = (delivery: string) => {
            const holders = held.by(delivery);
            return holders.length > 0 && holders.every((id) => replaced.has(id));
        };
        return { any: replaced.size > 0, lost };
    }
}

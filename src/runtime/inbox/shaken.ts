import type { NodeAPI } from 'node-red';
import type { Deploy } from '../flows';
import { held } from '../held';
import { type Drawn, downstreamOf } from './downstream';

/** Core nodes that pass a message on as soon as they get it. */
const passing =
    /^(change|switch|template|range|link in|link out|json|xml|csv|yaml|html|sort|split|rbe|debug|catch|complete|status|comment|http response)$/;
/** The package's nodes say what they have in their hands. */
const own = /^missive-/;
/** So long a message may be on its way between two nodes, in milliseconds. */
const hop = 500;

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

    /**
     * Whether a delivery may be lost by a deploy: where a node that was replaced had it; where nobody says who has it,
     * and a node was replaced that may keep a message to itself; or where it was on its way when they were stopped.
     */
    by(deploy: Deploy): Shock {
        const replaced = this.#reached.filter((each) => deploy.has(each));
        const keepers = replaced.some(({ type }) => !passing.test(type) && !own.test(type));
        const ids = new Set(replaced.map(({ id }) => id));
        const lost = (delivery: string) => {
            const holders = held.by(delivery);
            if (holders.length > 0) return holders.every((id) => ids.has(id));
            return keepers || held.silence(delivery) - (performance.now() - deploy.at) < hop;
        };
        return { any: replaced.length > 0, lost: (delivery) => replaced.length > 0 && lost(delivery) };
    }
}

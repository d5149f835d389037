import type { Node, NodeAPI } from 'node-red';
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
    /** Unknown of a node in a subflow: it is drawn once and stands in each instance. */
    #reached: readonly Drawn[] | undefined = [];

    /** To be called after `by`, at each start of the flows: what a message can come to from now on. */
    look(RED: NodeAPI, node: string): void {
        this.#reached = isDrawn(RED, node) ? downstreamOf(RED, node) : undefined;
    }

    /** Lost may be a delivery where a node that had it is there no more, or another one has taken its place. */
    by(RED: NodeAPI, deploy: Deploy): Shock {
        const lives = (node: object & { readonly id: string }) =>
            (RED.nodes.getNode(node.id) as Node | null | undefined) === node;
        const any = this.#reached?.some((each) => deploy.has(each)) ?? true;
        return { any, lost: (delivery) => held.fell(delivery, lives) };
    }
}

function isDrawn(RED: NodeAPI, node: string): boolean {
    let found = false;
    RED.nodes.eachNode(({ id }) => {
        found ||= id === node;
    });
    return found;
}

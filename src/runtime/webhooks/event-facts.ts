import type { Node, NodeAPI } from 'node-red';
import { eventOf } from '../../missive/events/event';
import { canBeOwn, ownCallsOf } from '../../missive/events/own-calls';
import type { Account } from '../account';
import type { Facts } from '../inbox/kept';
import { Brake } from './brake';
import type { LastStates } from './last-states';

type Json = Readonly<Record<string, unknown>>;

/** What is known of an event at its arrival, and what to do if it is refused after all. */
export interface Known {
    readonly facts: Facts;
    /** The flow sets itself off again and again: the event is held back. `said`: this was told before. */
    readonly loop?: { readonly said: boolean };
    undo(): void;
}

/** So often a flow may set itself off in one conversation. */
export const usualRounds = 10;

/** Compares events with what went before: what has changed, and whether it was this account's own doing. */
export class EventFacts {
    readonly #brake: Brake;

    constructor(
        private readonly account: Account | null,
        /** Absent where nobody asked for what has changed. */
        readonly states: LastStates | undefined,
        rounds: unknown,
    ) {
        const given = rounds === undefined || rounds === '' ? usualRounds : Number(rounds);
        this.#brake = new Brake(Number.isFinite(given) ? given : usualRounds);
    }

    of(payload: Json): Known {
        const { event, conversation } = eventOf(payload);
        if (conversation === undefined) return { facts: {}, undo: () => {} };
        const id = String(conversation);
        const own = canBeOwn(event) && this.#isOwn(id);
        const round = own ? this.#brake.round(id) : 'go';
        if (round !== 'go') return { facts: { own }, loop: { said: round === 'stopped' }, undo: () => {} };
        const step = this.states?.step(id, payload);
        const changed = step?.changed && canBeOwn(event) ? { changed: step.changed } : {};
        return { facts: { ...(own && { own }), ...changed }, undo: () => step?.undo() };
    }

    #isOwn(conversation: string): boolean {
        try {
            return this.account !== null && ownCallsOf(this.account.client().limiter).has(conversation);
        } catch {
            return false; // an account without a token makes no calls
        }
    }
}

/** The label of the flow that a node is in. */
export function flowOf(RED: NodeAPI, node: Node): string {
    let label = node.z;
    RED.nodes.eachNode((each) => {
        const { id, label: its } = each as unknown as { id: string; label?: string };
        if (id === node.z && its) label = its;
    });
    return label;
}

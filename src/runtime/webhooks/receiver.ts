import type { Node, NodeAPI } from 'node-red';
import type { Account } from '../account';
import { marked } from '../delivery-mark';
import type { Recipient } from '../inbox/inbox';
import { OwnRule } from '../rules/own-rule';
import { fileOf } from '../user-folder';
import { backFill } from './back-fill';
import type { Receiving, Reply, Request } from './delivery';
import { Emission, messageOf } from './emission';
import { flowOf } from './flow-label';
import type { Hook, Webhooks } from './hooks';
import { memoryHere } from './memory/here';
import { Presence } from './memory/presence';
import type { Settings } from './settings';
import { notOpened } from './steps/ready';
import { admit, receive } from './way';
import { WebhookState } from './webhook-state';

/** What a node is made of that receives deliveries. */
interface Circumstances {
    readonly RED: NodeAPI;
    readonly node: Node;
    readonly hooks: Webhooks;
    readonly account: Account | null;
    /** Blank: deliveries are not signed. */
    readonly secret: string;
    /** Whether the flows run; false once the node is stopped before they did. */
    readonly started: Promise<boolean>;
}

/** The parts of a node that receives deliveries, from its first day to its last. */
export class Receiver implements Hook {
    readonly state: WebhookState;
    readonly #to: Receiving;
    readonly #presence: Presence | undefined;
    readonly #recipient: Recipient;
    readonly #stop = new AbortController();
    readonly #watching: NodeJS.Timeout;
    #running = false;

    constructor(
        private readonly given: Circumstances,
        private readonly settings: Settings,
    ) {
        const { RED, node, hooks, account, secret, started } = given;
        const { path, bySelf, keeps, events, filter } = settings;
        const state = new WebhookState(RED, node, !secret && !bySelf);
        const memory = memoryHere(RED, hooks.lasting, node.id, settings);
        const trouble = (text: string) => state.trouble('rule', text);
        const rule =
            bySelf && account ? new OwnRule(RED, node, settings.stored, { account, path, trouble }) : undefined;
        if (bySelf && !account) trouble('no account');
        const presence = settings.backfill && account ? new Presence(fileOf(RED, 'presence', node.id)) : undefined;
        const emission = new Emission(node, {
            account,
            withBody: settings.withBody,
            sent: () => state.event(),
            failed: (delivery) => void hooks.settle(delivery, 'failed').catch(() => undefined),
        });
        this.state = state;
        this.#presence = presence;
        this.#to = {
            ...{ node, path, account, secret, bySelf, rule, events, filter, keeps, memory, emission, state, started },
            waiting: hooks.waiting,
            closed: () => this.#stop.signal.aborted,
            flow: () => flowOf(RED, node),
            called: (called) => presence?.called(called),
        };
        this.#recipient = {
            emit: ({ body, facts, id }, redelivered) => emission.send(body, facts, id, redelivered),
            stopped: (kept) => {
                state.stopped(memory.inbox?.stoppedCount ?? 0);
                if (kept) node.error(stoppedAdvice, marked(messageOf(kept.body, kept.facts), kept.id));
            },
            warn: (text) => node.warn(text),
        };
        this.#watching = setInterval(() => state.silent(memory.inbox?.silentFor(60_000) ?? 0), 10_000).unref();
    }

    receive(request: Request): Promise<Reply> {
        return receive(request, this.#to, this.settings.waits);
    }

    answered({ status, empty }: Reply, arrived: boolean): void {
        this.state.answered(status === 200 && arrived, empty === true);
    }

    turn(mine: boolean): void {
        this.state.mine = mine;
        this.state.show();
        if (mine && this.#running) void this.#to.rule?.start();
    }

    /** To be called when the flows run: what is kept goes into them, and what was missed is looked for. */
    run(): void {
        this.#running = true;
        const { memory, rule, filter, node } = this.#to;
        memory.inbox?.join(this.#recipient).catch((error: Error) => notOpened(this.#to, error));
        if (this.state.mine) void rule?.start();
        const { account } = this.given;
        const presence = this.#presence;
        if (!presence || !account) return;
        void backFill({
            ...{ node: node.id, account, presence, states: memory.states, filter, signal: this.#stop.signal },
            warn: (text) => node.warn(text),
            admit: async (missed) => {
                const { status, settled } = await admit(missed, this.#to);
                if (status !== 200) throw new Error('it cannot be kept');
                settled?.(true);
            },
        });
    }

    /** Nothing comes in any more, and what is kept is stored; of a node that is `removed` nothing remains but that. */
    async leave(removed: boolean): Promise<void> {
        const { node, memory, emission, rule, waiting } = this.#to;
        this.#stop.abort();
        this.#presence?.stop();
        clearInterval(this.#watching);
        waiting.stop(node.id);
        emission.stop();
        await memory.inbox?.leave(this.#recipient);
        await rule?.close(removed);
        if (removed) this.#presence?.discard();
        await (removed ? memory.states?.discard() : memory.states?.close())?.catch(() => undefined);
        if (removed || !this.settings.keeps) await this.#discard(removed);
    }

    async #discard(removed: boolean): Promise<void> {
        const { RED, node, hooks } = this.given;
        const { inbox } = this.#to.memory;
        const empty = (await inbox?.discard()) ?? true;
        hooks.lasting.forget(node.id, { inbox: empty || removed, seen: removed });
        if (!empty && removed)
            node.warn(
                `${inbox?.size} deliveries of this node are not done. They stay in ${fileOf(RED, 'inbox', node.id)}.`,
            );
    }
}

const stoppedAdvice =
    'A delivery has failed again and again and is stopped. It is kept: mend the flow and deploy, and it comes again.';

import { setTimeout as pause } from 'node:timers/promises';
import type { Node, NodeAPI } from 'node-red';
import type { Ready } from '../../missive/events/filter-names';
import type { Account } from '../account';
import { activityOf } from '../activity/activity';
import { marked } from '../delivery-mark';
import { type Deploy, type Flows, flowsOf } from '../flows';
import type { Recipient } from '../inbox/inbox';
import type { Facts } from '../inbox/kept';
import { type Ownership, ownershipOf } from '../owner';
import { followMessages } from '../passage';
import { OwnRule } from '../rules/own-rule';
import { fileOf, projectOf } from '../user-folder';
import { backFill } from './back-fill';
import type { Receiving, Reply, Request } from './delivery';
import { Emission, messageOf } from './emission';
import { Filtering } from './filtering';
import { flowOf } from './flow-label';
import type { Hook, Webhooks } from './hooks';
import { memoryHere } from './memory/here';
import type { Lasting } from './memory/lasting';
import { Presence } from './memory/presence';
import { noter } from './noted';
import type { Secret } from './secret';
import type { Settings } from './settings';
import { notOpened } from './steps/ready';
import { admit, receive, replay } from './way';
import { WebhookState } from './webhook-state';

/** What a node is made of that receives deliveries. */
interface Circumstances {
    readonly RED: NodeAPI;
    readonly node: Node;
    readonly hooks: Webhooks;
    readonly account: Account | null;
    readonly secret: Secret;
}

/** After the disk failed at the start, in milliseconds: what is kept is read as soon as it can be. */
const again = 5_000;

/** The parts of a node that receives deliveries, from its first day to its last. */
export class Receiver implements Hook {
    readonly state: WebhookState;
    readonly #to: Receiving;
    readonly #lasting: Lasting;
    readonly #presence: Presence | undefined;
    readonly #recipient: Recipient;
    readonly #stop = new AbortController();
    readonly #watching: NodeJS.Timeout;
    readonly #unlisten: () => void;
    /** Stands for the node, among those of all projects. */
    readonly #key: string;
    readonly #owner: Ownership;
    /** Whether the node has files, or a rule of its own. */
    readonly #needs: boolean;
    readonly #filtering: Filtering;
    #running = false;
    /** What is kept goes into the flow, and the rule is looked after. */
    #owning = false;

    constructor(
        private readonly given: Circumstances,
        private readonly settings: Settings,
    ) {
        const { RED, node, hooks, account, secret } = given;
        const { path, bySelf, keeps, events, filter } = settings;
        this.#filtering = new Filtering(filter, account?.country);
        const flows = flowsOf(RED);
        const state = new WebhookState(RED, node, secret === 'none' && !bySelf);
        const parsed = new Map<string, Readonly<Record<string, unknown>>>();
        this.#key = `${projectOf(RED) ?? ''} ${node.id}`;
        const lasting = hooks.lasting.of(this.#key);
        const owner = ownershipOf(RED);
        const mine = () => owner.mine;
        const memory = memoryHere(RED, lasting, node.id, { ...settings, mine });
        if (memory.inbox) followMessages(RED);
        const trouble = (text: string) => state.trouble('rule', text);
        const rule =
            bySelf && account ? new OwnRule(RED, node, settings.stored, { account, path, trouble, mine }) : undefined;
        if (bySelf ? !account : secret === 'no account') trouble('no account');
        else if (secret === 'missing') trouble('no secret');
        const presence = settings.backfill && account ? new Presence(fileOf(RED, 'presence', node.id)) : undefined;
        const emission = new Emission(node, {
            ...{ account, withBody: settings.withBody, flows, parked: lasting.parked },
            sent: () => state.event(),
            failed: (delivery) => void hooks.settle(delivery, 'failed').catch(() => undefined),
        });
        this.state = state;
        this.#lasting = lasting;
        this.#presence = presence;
        this.#needs = memory.inbox !== undefined || memory.states !== undefined || presence !== undefined || bySelf;
        this.#owner = owner;
        this.#to = {
            mine: () => (this.#needs ? owner.decided().then(() => mine() && rule?.readable !== false) : true),
            ...{ node, path, account, secret, bySelf, rule, events, keeps, memory, emission, state },
            parsed,
            passes: this.#filtering.passes,
            waiting: hooks.waiting,
            started: () => this.#running || this.#untilStarted(flows),
            closed: () => this.#stop.signal.aborted,
            flow: () => flowOf(RED, node),
            note: noter(activityOf(RED), node.id),
            called: (called) => presence?.called(called),
        };
        this.#recipient = {
            emit: ({ body, facts, id }, redelivered) =>
                emission.send({
                    body,
                    payload: parsed.get(id),
                    facts,
                    delivery: id,
                    redelivered,
                    withdrawn: () => !memory.inbox?.has(id),
                }),
            stopped: (kept) => {
                state.stopped(memory.inbox?.stoppedCount ?? 0);
                if (kept) activityOf(RED).settled(kept.id, 'stopped');
                if (kept) node.error(stoppedAdvice, marked(messageOf(kept), kept.id));
            },
            warn: (text) => node.warn(text),
        };
        this.#watching = setInterval(() => state.silent(memory.inbox?.silentFor(60_000) ?? 0), 10_000).unref();
        const offs = [
            flows.onStarted((deploy) => this.#deployed(deploy)),
            ...(this.#needs
                ? [owner.want(), owner.onChange({ taken: () => this.#own(), lost: () => this.#lose() })]
                : []),
        ];
        this.#unlisten = () => {
            for (const off of offs) off();
        };
    }

    receive(request: Request): Promise<Reply> {
        return receive(request, this.#to, this.settings.waits);
    }

    get node(): string {
        return this.given.node.id;
    }

    replay(body: Buffer, facts: Facts): Promise<Reply> {
        return replay(body, facts, this.#to);
    }

    answered({ status, empty }: Reply, arrived: boolean): void {
        this.state.answered(status === 200 && arrived, empty === true);
    }

    turn(mine: boolean): void {
        this.state.mine = mine;
        this.state.show();
        if (mine && this.#owning) void this.#to.rule?.start();
    }

    /** Nothing comes in any more, and what is kept is stored; of a node that is `removed` nothing remains but that. */
    async leave(removed: boolean): Promise<void> {
        const { node, memory, emission, rule, waiting } = this.#to;
        this.#stop.abort();
        this.#unlisten();
        this.#presence?.stop();
        this.state.close();
        clearInterval(this.#watching);
        waiting.stop(node.id);
        emission.stop();
        await memory.inbox?.leave(this.#recipient);
        // Not awaited: until all nodes are stopped nobody receives anything.
        void rule?.close(removed);
        if (removed) activityOf(this.given.RED).forget(node.id);
        if (removed) this.#presence?.discard();
        await (removed ? memory.states?.discard() : memory.states?.close())?.catch(() => undefined);
        if (removed || !this.settings.keeps) await this.#discard(removed);
    }

    /** The flows have been stopped and run again; the first time this node is new among them. */
    #deployed(deploy: Deploy): void {
        const { RED, node } = this.given;
        const { inbox } = this.#to.memory;
        const { shaken } = this.#lasting;
        const { any, lost } = shaken.by(deploy);
        shaken.look(RED, node.id);
        const first = !this.#running;
        this.#running = true;
        this.#to.emission.resume();
        if (first)
            void this.#filtering.prepare(this.given.account, this.#stop.signal, (unknown) => this.#unknown(unknown));
        const shake = () => any && this.#owning && inbox?.deployed(lost);
        if (!first) shake();
        else if (this.#needs) void this.#owner.decided().then(() => this.#own().then(shake));
    }

    /** The files are this Node-RED's, from now on or again. */
    async #own(): Promise<void> {
        if (!this.#running || this.#owning || this.#stop.signal.aborted) return;
        this.state.trouble('owner', this.#owner.mine ? '' : 'another Node-RED');
        if (!this.#owner.mine) return;
        this.#owning = true;
        if (this.state.mine) void this.#to.rule?.start();
        this.#catchUp();
        await this.#join();
    }

    /** Another Node-RED has them: what is known of them counts no more. */
    #lose(): void {
        if (!this.#owning) return;
        this.#owning = false;
        this.#to.memory.inbox?.abandon();
        this.state.trouble('owner', 'another Node-RED');
    }

    /** Names of the filter that the account does not know: nothing passes by them. */
    #unknown(unknown: Ready['unknown']): void {
        this.state.trouble('filter', unknown.length > 0 ? 'unknown name in a filter' : '');
        for (const { why } of unknown) this.given.node.error(why, {});
    }

    /** What is kept goes into the flow; where the disk fails, as soon as it works. */
    async #join(): Promise<void> {
        const { inbox } = this.#to.memory;
        while (inbox && this.#owning && !this.#stop.signal.aborted) {
            try {
                await inbox.join(this.#recipient);
                this.state.trouble('inbox', '');
                return;
            } catch (error) {
                notOpened(this.#to, error);
            }
            await pause(again, undefined, { signal: this.#stop.signal, ref: false }).catch(() => undefined);
        }
    }

    /** What was missed is looked for. */
    #catchUp(): void {
        const { memory, node } = this.#to;
        const { filter } = this.#filtering;
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

    /** Resolves with false where the node is stopped before the flows run. */
    #untilStarted(flows: Flows): Promise<boolean> {
        return new Promise((resolve) => {
            const end = () => {
                off();
                this.#stop.signal.removeEventListener('abort', end);
                resolve(!this.#stop.signal.aborted);
            };
            const off = flows.onStarted(end);
            this.#stop.signal.addEventListener('abort', end);
        });
    }

    async #discard(removed: boolean): Promise<void> {
        const { RED, node, hooks } = this.given;
        const { inbox } = this.#to.memory;
        const empty = (await inbox?.discard()) ?? true;
        if (empty || removed) this.#lasting.inbox = undefined;
        if (removed) hooks.lasting.forget(this.#key);
        if (!empty && removed)
            node.warn(
                `${inbox?.size} deliveries of this node are not done. They stay in ${fileOf(RED, 'inbox', node.id)}.`,
            );
        const parked = removed ? this.#lasting.parked.filter(({ withdrawn }) => !withdrawn()).length : 0;
        if (parked > 0) node.warn(`${parked} events that had come in did not get into the flow: the node was removed.`);
    }
}

const stoppedAdvice =
    'A delivery has failed again and again and is stopped. It is kept: mend the flow and deploy, and it comes again.';

import { randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { agentActs } from './agent/agent';
import { Store } from './data/store';
import type { World } from './data/world';
import type { Delivery } from './events/deliveries';
import { type PracticeRule, Webhooks } from './events/webhooks';
import { Limits, missiveCeilings } from './limits';
import { type SandboxOptions, usualDelays } from './options';
import { seed } from './practice/seed';
import { type Snapshot, snapshotOf } from './practice/snapshot';
import { serve } from './server';
import { Stands } from './stands/stands';
import { colleagueChanges, colleagueComments, colleagueSends } from './things/colleague';
import { sendDue } from './things/drafts';
import { customerWrites } from './things/people';
import { loadMarkdown } from './views/post-view';

/** What came about when somebody did something, with the webhooks it set off, each after its first attempt. */
export interface Happening {
    readonly conversation: string;
    readonly message?: string;
    readonly comment?: string;
    readonly deliveries: readonly Delivery[];
}

/** A Missive on this machine. Its data lives in memory; nothing it "sends" leaves the machine. */
export class Sandbox {
    readonly token: string;
    /** What practice webhooks are signed with unless a rule has its own secret. */
    readonly secret = randomBytes(24).toString('hex');
    readonly #store = new Store(seed);
    readonly #stands = new Stands(this.#store);
    readonly #webhooks: Webhooks;
    readonly #limits: Limits;
    readonly #server: Server;
    readonly #world: World;
    #address: Promise<string> | undefined;
    #origin = '';
    #clock: NodeJS.Timeout | undefined;

    constructor(options: SandboxOptions = {}) {
        const { retryDelays = usualDelays, webhookTimeout = 15_000 } = options;
        const origin = () => this.#origin;
        this.token = options.token ?? `missive_pat-practice-${randomBytes(16).toString('hex')}`;
        this.#webhooks = new Webhooks(this.#store, { delays: retryDelays, timeout: webhookTimeout, origin });
        this.#limits = new Limits(options.limits ?? missiveCeilings);
        this.#world = {
            ...{ store: this.#store, origin, admin: options.admin ?? true, reportDelay: options.reportDelay ?? 2_000 },
            fire: (occurrence) => this.#webhooks.fire(occurrence),
            addHook: (hook) => this.#webhooks.addHook(hook),
            removeHook: (id) => this.#webhooks.removeHook(id),
        };
        this.#server = serve(this.#world, {
            ...{ token: this.token, limits: this.#limits, emptyCreated: options.emptyCreated ?? false },
            ...{ deleteStatus: options.deleteStatus ?? 200, latency: options.latency ?? 0 },
            stands: this.#stands,
        });
    }

    /** The API's address; the first call starts the server. */
    address(): Promise<string> {
        this.#address ??= new Promise((resolve, reject) => {
            this.#server.once('error', reject);
            this.#server.listen(0, '127.0.0.1', () => {
                this.#origin = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
                resolve(`${this.#origin}/v1`);
            });
            // What was scheduled goes out by itself, so that somebody who watches the page sees it.
            this.#clock = setInterval(() => sendDue(this.#world), 1000).unref();
        });
        return this.#address;
    }

    /** The address of the other systems that the examples ask: `…/ai`, `…/crm`, `…/customers`, `…/sheet`, `…/shop`, `…/pdf`, `…/text`. */
    async beside(): Promise<string> {
        await this.address();
        return `${this.#origin}/practice`;
    }

    /** Ends everything that is on its way and stops the server. */
    async close(): Promise<void> {
        clearInterval(this.#clock);
        await this.#webhooks.deliveries.drop();
        if (this.#address === undefined) return;
        await this.#address;
        const closed = new Promise((resolve) => this.#server.close(resolve));
        this.#server.closeAllConnections();
        await closed;
    }

    /** Adds a practice rule with a webhook, in place of one with the same id; gives what takes it away again. */
    watch(rule: PracticeRule): () => void {
        return this.#webhooks.watch(rule);
    }

    /** Silences a rule, or lets it be heard again. */
    mute({ rule, muted }: { readonly rule: string; readonly muted: boolean }): void {
        this.#webhooks.mute(rule, muted === true);
    }

    /** Everything there is, as the page shows it: with the Markdown of posts drawn. */
    async shown(): Promise<Snapshot> {
        await loadMarkdown();
        return this.snapshot();
    }

    /** Everything there is, as JSON. */
    snapshot(): Snapshot {
        sendDue(this.#world);
        const { data, revision } = this.#store;
        const rest = { revision, webhooks: this.#webhooks, origin: this.#origin, beside: this.#stands.kept };
        return snapshotOf(data, rest);
    }

    /** Counts up with every change. */
    get revision(): number {
        return this.#store.revision;
    }

    /** The revision, as soon as it is another than `since`, or after so many milliseconds. */
    changed(since: number, ms: number): Promise<number> {
        return this.#store.changed(since, ms);
    }

    /** Resolves when no webhook is on its way any more, repetitions included. */
    settled(): Promise<void> {
        return this.#webhooks.deliveries.settled();
    }

    /** Back to the beginning; the rules of the flows stay and are switched on again. */
    reset(): void {
        void this.#webhooks.reset();
        this.#limits.reset();
        this.#stands.reset();
        this.#store.reset();
    }

    /**
     * A customer writes: an e-mail, an SMS where the address is a number, a WhatsApp message; into a conversation or a
     * new one.
     */
    customerWrites(given: {
        name?: string;
        address: string;
        subject?: string;
        body: string;
        conversation?: string;
        channel?: 'email' | 'sms' | 'whatsapp';
        attachments?: readonly { readonly filename: string; readonly base64_data: string }[];
    }) {
        return this.#happens(() => customerWrites(this.#world, given));
    }

    /** A colleague comments on a conversation; with `task` the comment is something to do. */
    colleagueComments(given: {
        conversation: string;
        author?: string;
        body: string;
        task?: boolean;
        assignee?: string;
    }) {
        return this.#happens(() => colleagueComments(this.#world, given));
    }

    /** A colleague adds and takes off labels. */
    changeLabels(given: { conversation: string; add?: string[]; remove?: string[] }) {
        return this.colleagueChanges(given);
    }

    /** A colleague labels a conversation, gives it to somebody or to a team, closes it or brings it back. */
    colleagueChanges(given: {
        conversation: string;
        add?: string[];
        remove?: string[];
        assign?: string[];
        unassign?: string[];
        team?: string;
        close?: boolean;
        reopen?: boolean;
    }) {
        return this.#happens(() => colleagueChanges(this.#world, given));
    }

    /** A colleague sends a draft that waited in a conversation. */
    colleagueSends(given: { draft: string }) {
        return this.#happens(() => colleagueSends(this.#world, given));
    }

    /** The person before the screen acts through a sidebar; `do` names a function of Missive's script. */
    agentActs(given: { do: string; conversation: string; [field: string]: unknown }) {
        const { did, fired } = this.#webhooks.during(() => agentActs(this.#world, given));
        // Nobody waits for the flows.
        for (const each of fired) each.catch(() => {});
        return did;
    }

    async #happens(act: () => Omit<Happening, 'deliveries'>): Promise<Happening> {
        const { did, fired } = this.#webhooks.during(act);
        return { ...did, deliveries: await Promise.all(fired) };
    }
}

import { randomUUID } from 'node:crypto';
import type { Store } from '../data/store';
import type { Occurrence } from '../data/world';
import { invalid, unknown } from '../manners/refuse';
import { Deliveries, type Delivery } from './deliveries';
import { payload } from './payload';
import { post } from './post';
import { matches, type Rule } from './rules';

/** A practice rule, added by a flow: `types` empty means all, `url` is asked at each attempt. */
export type PracticeRule = Pick<Rule, 'id' | 'description' | 'types' | 'url' | 'secret'>;

/** The rules, and the webhooks that they send. */
export class Webhooks {
    readonly rules = new Map<string, Rule>();
    readonly deliveries: Deliveries;
    /** Rules that a person has silenced; kept over a deploy of the flow. */
    readonly #muted = new Set<string>();
    /** Who wants to know what is being set off, while somebody acts. */
    #collect: Promise<Delivery>[] | undefined;

    constructor(
        private readonly store: Store,
        private readonly options: { delays: readonly number[]; timeout: number; origin: () => string },
    ) {
        const current = (id: string) => this.rules.get(id);
        this.deliveries = new Deliveries({ ...options, current }, () => store.touch());
    }

    /** Adds a practice rule in place of one with the same id; gives what takes it away again. */
    watch(rule: PracticeRule): () => void {
        const added: Rule = { ...rule, failures: 0, off: false };
        this.rules.set(rule.id, added);
        this.store.touch();
        return () => {
            if (this.rules.get(rule.id) === added) this.#remove(rule.id);
        };
    }

    /** Runs the rules that match. */
    fire(occurrence: Occurrence): void {
        for (const rule of this.rules.values()) {
            if (this.#muted.has(rule.id) || !matches(rule, occurrence)) continue;
            const body = payload(this.store.data, rule, occurrence, this.options.origin());
            const sent = this.deliveries.send(rule, occurrence.type, occurrence.conversation.id, body);
            this.#collect?.push(sent);
        }
    }

    /** Silences a rule, or lets it be heard again; throws a 404 where there is none. */
    mute(id: string, muted: boolean): void {
        if (!this.rules.has(id)) throw unknown('Rule', id);
        if (muted) this.#muted.add(id);
        else this.#muted.delete(id);
        this.store.touch();
    }

    isMuted(id: string): boolean {
        return this.#muted.has(id);
    }

    /** Lets somebody act and gives what they did, with the deliveries which that set off. */
    during<T>(act: () => T): { readonly did: T; readonly fired: readonly Promise<Delivery>[] } {
        const fired: Promise<Delivery>[] = [];
        this.#collect = fired;
        try {
            return { did: act(), fired };
        } finally {
            this.#collect = undefined;
        }
    }

    /** A rule made by the API: its address must answer at once, and it has no secret. */
    async addHook(hook: Readonly<Record<string, unknown>>): Promise<string> {
        const { type, url, ...conditions } = hook;
        const waiting = { timeout: this.options.timeout, signal: new AbortController().signal };
        const status = await post(String(url), Buffer.from('{}'), {}, waiting).catch((error: Error) => error.message);
        if (typeof status === 'string' || status < 200 || status > 299) {
            throw invalid(`Validation failed: 'url' must answer with success (${status})`);
        }
        const rule = {
            id: randomUUID(),
            description: 'Made by the API',
            types: [String(type)],
            url: () => String(url),
        };
        this.rules.set(rule.id, { ...rule, secret: '', conditions, failures: 0, off: false });
        this.store.touch();
        return rule.id;
    }

    /** False where the API made no such rule. */
    removeHook(id: string): boolean {
        return this.rules.get(id)?.conditions !== undefined && this.#remove(id);
    }

    /** Forgets what was made by the API or is on its way; the rules of flows stay and are switched on again. */
    reset(): Promise<void> {
        this.#muted.clear();
        for (const [id, rule] of this.rules) {
            if (rule.conditions !== undefined) this.rules.delete(id);
            Object.assign(rule, { failures: 0, off: false });
        }
        return this.deliveries.drop();
    }

    #remove(id: string): boolean {
        const removed = this.rules.delete(id);
        this.store.touch();
        return removed;
    }
}

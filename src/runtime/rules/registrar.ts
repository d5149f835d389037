import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { exclusive } from '../../missive/contacts/exclusive';
import { MissiveError } from '../../missive/errors';
import type { Account } from '../account';
import type { Doomed } from './known-rules';
import type { Registrations } from './registrations';
import type { SharedRules } from './shared-rules';
import type { WayTo } from './ways';

/** What a rule is to be like: its address without the key, and the parameters of POST /hooks. */
export interface Wanted {
    readonly url: string;
    readonly settings: Readonly<Record<string, unknown>>;
}

/** Keeps one rule in Missive for each node that registers itself; all steps of one node run one after another. */
export class Registrar {
    /** What is being deleted just now: a node that is removed and the sweep after that deploy want the same. */
    readonly #deleting = new Map<string, Promise<void>>();
    /** The accounts that nodes had before a deploy, by their origin: their rules are deleted where they were made. */
    readonly #former = new Map<string, Account>();
    readonly #told = new Set<string>();
    /** When a rule that has called was last to be deleted. */
    #tried = Number.NEGATIVE_INFINITY;

    constructor(
        readonly registrations: Registrations,
        private readonly waysTo: (rule: Doomed, former: Account | undefined) => readonly WayTo[],
        private readonly warn: (text: string) => void = () => {},
        /** In Redis, where several Node-REDs make one rule together. */
        readonly shared?: SharedRules,
    ) {}

    /** A step that no other Node-RED disturbs. */
    async #together<T>(step: () => Promise<T>): Promise<T> {
        if (!this.shared) return step();
        return this.shared.together(async () => {
            this.registrations.reload();
            return step();
        });
    }

    /**
     * The rule is there and as wanted when this resolves. An older one that is not is deleted first, where it was made:
     * never two. Until then its key is good.
     */
    ensure(node: string, account: Account, { url, settings }: Wanted): Promise<void> {
        return exclusive(this, node, () =>
            this.#together(async () => {
                const print = digest(JSON.stringify([account.id, url, settings])).toString('base64url');
                const known = this.registrations.get(node);
                const { origin } = account.ways[0];
                const isHere = known?.origin === undefined || known.origin === origin;
                const isMade = known?.id !== undefined || known?.nameless;
                if (known && isMade && known.print === print && isHere) {
                    if (known.origin !== undefined) this.registrations.catchUp();
                    else this.registrations.made(node, { ...known, origin });
                    return;
                }
                this.registrations.doom(node);
                for (const rule of this.registrations.doomed)
                    if (rule.node === node) await this.#makeRoom(account, rule);
                // On the disk before Missive hears of it: whatever happens then, the key is known.
                const made = { account: account.id, origin, print, key: randomBytes(24).toString('base64url') };
                this.registrations.set(node, made);
                await this.registrations.stored();
                const id = await this.#create(node, account, { ...settings, url: `${url}?key=${made.key}` });
                this.registrations.made(node, id === undefined ? { ...made, nameless: true } : { ...made, id });
            }),
        );
    }

    /** A node is stopped: should its account be another one from now on, its rule is deleted by this one. */
    leave(node: string, account: Account): void {
        const { origin } = account.ways[0];
        const mayLive = this.registrations.get(node) || this.registrations.former.some((rule) => rule.node === node);
        if (mayLive) this.#former.set(origin, account);
    }

    /** Nobody wants the node's rule any more. It is deleted now, or by `deleteDoomed` at a better time. */
    remove(node: string): Promise<void> {
        return exclusive(this, node, () =>
            this.#together(async () => {
                if (await this.shared?.isWanted(node)) return;
                this.registrations.doom(node);
                for (const rule of this.registrations.doomed) if (rule.node === node) await this.#delete(rule);
            }),
        );
    }

    /** Deletes all rules that nobody wants. One that cannot be deleted stops no other; the first failure is thrown then. */
    deleteDoomed(): Promise<void> {
        return this.#together(() => this.#deleteDoomed());
    }

    /** Whether a key is that of a rule that is no longer wanted and may live, whichever node has made it. */
    mayLive(key: string): boolean {
        return this.former(key) !== undefined;
    }

    /** The rule that is no longer wanted, by the key that it was made with. */
    former(key: string): Pick<Doomed, 'node'> | undefined {
        return this.registrations.former.find((each) => each.key !== undefined && equal(each.key, key));
    }

    /** A rule that is not wanted has called, by the key that it was made with: it is deleted. */
    deleteFound(key: string, rule: string): Promise<void> {
        return this.#together(async () => {
            const isNew = this.registrations.found(key, rule);
            const isLate = performance.now() - this.#tried > patience;
            if (!isNew && !(isLate && this.mayLive(key))) return;
            this.#tried = performance.now();
            await this.#deleteDoomed();
        });
    }

    /** Deletes the rules of all nodes save those that are `wanted`, here or by another instance. */
    sweep(wanted: (node: string) => boolean): Promise<void> {
        return this.#together(async () => {
            for (const node of this.registrations.nodes)
                if (!wanted(node) && !(await this.shared?.isWanted(node))) this.registrations.doom(node);
            await this.#deleteDoomed();
        });
    }

    async #deleteDoomed(): Promise<void> {
        const results = await Promise.allSettled(this.registrations.doomed.map((rule) => this.#delete(rule)));
        for (const result of results) if (result.status === 'rejected') throw result.reason;
    }

    /** Makes room for a new rule. Where the old one's token is refused by now, nobody can wait for it. */
    async #makeRoom(account: Account, rule: Doomed): Promise<void> {
        await this.#delete(rule).catch((error: unknown) => {
            const refused = error instanceof MissiveError && error.code === 'ERR_MISSIVE_AUTH';
            if (!refused || rule.origin === account.ways[0].origin) throw error;
            this.#unreachable(rule);
        });
    }

    /** Once, whoever asks; where there is no way to the rule, people are told. */
    #delete(rule: Doomed): Promise<void> {
        if (!this.registrations.doomed.some(({ id }) => id === rule.id)) return Promise.resolve();
        const deleting = this.#deleting.get(rule.id) ?? this.#send(rule).finally(() => this.#deleting.delete(rule.id));
        this.#deleting.set(rule.id, deleting);
        return deleting;
    }

    async #send(rule: Doomed): Promise<void> {
        for (const { apart, sure } of this.waysTo(rule, this.#former.get(rule.origin ?? ''))) {
            const { client, release } = apart();
            try {
                const call = { method: 'DELETE', path: `/hooks/${encodeURIComponent(rule.id)}` } as const;
                const { dry } = await client.send(call, { node: rule.node ?? rule.account });
                if (dry) throw new MissiveError('ERR_MISSIVE_GUARD', isDry);
                return this.#gone(rule);
            } catch (error) {
                const status = error instanceof MissiveError ? error.status : undefined;
                if (sure && status === 404) return this.#gone(rule);
                // By another token it may not be seen.
                if (sure || ![401, 403, 404].includes(status ?? 0)) throw error;
            } finally {
                release();
            }
        }
        this.#unreachable(rule);
    }

    #gone({ id, origin }: Doomed): void {
        this.registrations.gone(id);
        this.#told.delete(id);
        if (origin !== undefined && !this.registrations.former.some((rule) => rule.origin === origin))
            this.#former.delete(origin);
    }

    #unreachable({ id }: Doomed): void {
        if (this.#told.has(id)) return;
        this.#told.add(id);
        this.warn(
            'A rule in Missive is no longer wanted, and no account here has the token that it was made with: delete it under Rules.',
        );
    }

    /** Which rule a delivery comes from, by the key in its address: the node's own, one no longer wanted, or none of ours. */
    sender(node: string, key: string | undefined): 'own' | 'lost' | undefined {
        if (key === undefined) return undefined;
        const own = this.registrations.get(node)?.key;
        if (own !== undefined && equal(own, key)) return 'own';
        return this.former(key)?.node === node ? 'lost' : undefined;
    }

    /** The first event of a rule says which it is, where Missive did not say so when it made it. */
    learn(node: string, id: string): Promise<void> {
        return this.#together(async () => {
            const known = this.registrations.get(node);
            if (!known?.nameless) return;
            const { nameless: _, ...rest } = known;
            this.registrations.made(node, { ...rest, id });
        });
    }

    /** Gives the id of the rule; `undefined` where Missive has made it and did not say it, as it may. */
    async #create(node: string, account: Account, hooks: object): Promise<string | undefined> {
        try {
            // It may have stood still since it was told that it is alone.
            const { shared } = this;
            const departing = shared && (() => shared.stillAlone());
            const call = { method: 'POST', path: '/hooks', body: { hooks } } as const;
            const { body } = await account.client().send(call, { node, priority: 'high', departing });
            return idIn(body);
        } catch (error) {
            if (isCutOff(error)) return undefined;
            // Missive has surely made none; in any other case the key is kept as that of a lost rule.
            const none = error instanceof MissiveError && (error.delivered ?? 'no') === 'no';
            if (none) this.registrations.forget(node);
            else this.registrations.doom(node);
            throw error;
        }
    }
}

/** Missive has said that it made the rule, and the rest of its answer did not arrive. What is no JSON may be another server's. */
const isCutOff = (error: unknown): boolean =>
    error instanceof MissiveError && error.code === 'ERR_MISSIVE_NETWORK' && error.delivered === 'yes';

/** A rule that cannot be deleted calls with each event: it costs no request each time. Milliseconds. */
const patience = 60_000;

const isDry =
    'The account is dry, so its rule in Missive is not deleted. Switch Try out only off in the account, or delete the rule by hand.';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** In constant time, whatever the lengths. */
const equal = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));

function idIn(body: unknown): string | undefined {
    const hooks = (body as { hooks?: unknown } | undefined)?.hooks;
    const [hook] = Array.isArray(hooks) ? hooks : [hooks];
    const id = (hook as { id?: unknown } | undefined)?.id;
    return typeof id === 'string' && id !== '' ? id : undefined;
}

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { exclusive } from '../../missive/contacts/exclusive';
import { MissiveError } from '../../missive/errors';
import type { Client } from '../../missive/wire/client';
import type { Account } from '../account';
import type { Registrations } from './registrations';

/** What a rule is to be like: its address without the key, and the parameters of POST /hooks. */
export interface Wanted {
    readonly url: string;
    readonly settings: Readonly<Record<string, unknown>>;
}

/** Keeps one rule in Missive for each node that registers itself; all steps of one node run one after another. */
export class Registrar {
    /** What is being deleted just now: a node that is removed and the sweep after that deploy want the same. */
    readonly #deleting = new Map<string, Promise<void>>();

    constructor(readonly registrations: Registrations) {}

    /** The rule is there and as wanted when this resolves. An older one that is not is deleted first: never two. */
    ensure(node: string, account: Account, { url, settings }: Wanted): Promise<void> {
        return exclusive(this, node, async () => {
            const print = digest(JSON.stringify([account.id, url, settings])).toString('base64url');
            const known = this.registrations.get(node);
            if (known?.id !== undefined && known.print === print) return;
            this.registrations.doom(node);
            await this.deleteDoomed(account.id, account.client(), node);
            // On the disk before Missive hears of it: whatever happens then, the key is known.
            const made = { account: account.id, print, key: randomBytes(24).toString('base64url') };
            this.registrations.set(node, made);
            const id = await this.#create(node, account, { ...settings, url: `${url}?key=${made.key}` });
            this.registrations.set(node, { ...made, id });
        });
    }

    /** Nobody wants the node's rule any more. It is deleted now, or by `deleteDoomed` at a better time. */
    remove(node: string, client: Client): Promise<void> {
        return exclusive(this, node, async () => {
            const account = this.registrations.get(node)?.account;
            this.registrations.doom(node);
            if (account !== undefined) await this.deleteDoomed(account, client, node);
        });
    }

    /** Deletes all rules of an account that nobody wants; the first failure ends that. */
    async deleteDoomed(account: string, client: Client, node: string): Promise<void> {
        for (const { id, account: owner } of this.registrations.doomed) {
            if (owner !== account) continue;
            const deleting = this.#deleting.get(id) ?? this.#delete(id, client, node);
            this.#deleting.set(id, deleting);
            await deleting.finally(() => this.#deleting.delete(id));
        }
    }

    async #delete(id: string, client: Client, node: string): Promise<void> {
        const answer = await client
            .send({ method: 'DELETE', path: `/hooks/${encodeURIComponent(id)}` }, { node })
            .catch((error: unknown) => {
                if (!(error instanceof MissiveError && error.status === 404)) throw error;
                return undefined;
            });
        if (answer?.dry) return; // it is still there
        this.registrations.gone(id);
    }

    /** Which rule a delivery comes from, by the key in its address: the node's own, a lost one, or none of ours. */
    sender(node: string, key: string | undefined): 'own' | 'lost' | undefined {
        if (key === undefined) return undefined;
        const own = this.registrations.get(node)?.key;
        if (own !== undefined && equal(own, key)) return 'own';
        return this.registrations.lostKeys(node).some((each) => equal(each, key)) ? 'lost' : undefined;
    }

    async #create(node: string, account: Account, hooks: object): Promise<string> {
        try {
            const { body } = await account
                .client()
                .send({ method: 'POST', path: '/hooks', body: { hooks } }, { node, priority: 'high' });
            const id = idIn(body);
            if (id === undefined) throw new Error('Missive has made the rule and not said its id.');
            return id;
        } catch (error) {
            // Missive has surely made none; in any other case the key is kept as that of a lost rule.
            const none = error instanceof MissiveError && (error.delivered ?? 'no') === 'no';
            if (none) this.registrations.forget(node);
            else this.registrations.doom(node);
            throw error;
        }
    }
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** In constant time, whatever the lengths. */
const equal = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));

function idIn(body: unknown): string | undefined {
    const hooks = (body as { hooks?: unknown } | undefined)?.hooks;
    const [hook] = Array.isArray(hooks) ? hooks : [hooks];
    const id = (hook as { id?: unknown } | undefined)?.id;
    return typeof id === 'string' && id !== '' ? id : undefined;
}

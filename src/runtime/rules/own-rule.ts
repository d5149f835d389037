import { setTimeout as pause } from 'node:timers/promises';
import type { Node, NodeAPI } from 'node-red';
import { ending } from '../../missive/ending';
import { MissiveError } from '../../missive/errors';
import type { Account } from '../account';
import { hookSettings } from './hook-settings';
import type { Registrar } from './registrar';
import { registrarsOf } from './registrars';
import { listening, pauseAfter, publicAddress, register } from './self-registration';

/** So long a node that is removed waits for its rule to be deleted, in milliseconds. */
const farewell = 5_000;

/** What a node needs for a rule of its own. */
interface Circumstances {
    readonly account: Account;
    readonly path: string;
    /** Shows what is wrong under the node; blank where nothing is. */
    readonly trouble: (text: string) => void;
    /** Something about the rule that people should know, though events come in; blank where nothing is. */
    readonly remark: (text: string) => void;
    /** Whether rules are this Node-RED's to make and delete, and not another one's on the same user directory. */
    readonly mine: () => boolean;
}

/** The rule in Missive that a node makes for itself. */
export class OwnRule {
    readonly #registrar: Registrar;
    /** The node may have had its rule elsewhere before its account was switched: real or practice, in a file or in Redis. */
    readonly #others: () => readonly Registrar[];
    readonly #leave: () => void;
    readonly #stop = ending();
    #told = '';
    #wanting: NodeJS.Timeout | undefined;

    constructor(
        private readonly RED: NodeAPI,
        private readonly node: Node,
        private readonly config: Readonly<Record<string, unknown>>,
        private readonly circumstances: Circumstances,
    ) {
        const { real, practice, shared, all, claim } = registrarsOf(RED);
        const { sandbox, redis, id } = circumstances.account;
        const own = redis ? shared(redis, id) : real;
        this.#registrar = sandbox !== undefined ? practice : own;
        this.#others = () => all().filter((each) => each !== this.#registrar);
        this.#leave = claim(node.id, this.#registrar);
    }

    /**
     * By the key in its address: whether a delivery comes from the node's rule, or from one that is no longer wanted and
     * not gone yet: left behind by a crash, or to be deleted. Undefined too where the list of rules cannot be read.
     */
    sender(key: string | undefined): 'own' | 'lost' | undefined {
        return this.#read(() => {
            if (!this.circumstances.mine() || this.#registrar.shared) this.#registrar.registrations.reload();
            const own = this.#registrar.sender(this.node.id, key);
            return own ?? (this.#others().some((each) => each.sender(this.node.id, key)) ? 'lost' : undefined);
        });
    }

    /** The same, of a key that nobody knows yet: another instance may have made the rule just now. Rejects without Redis. */
    async senderNow(key: string | undefined): Promise<'own' | 'lost' | undefined> {
        const { shared } = this.#registrar;
        if (!shared || key === undefined) return undefined;
        await shared.refresh();
        return this.sender(key);
    }

    /** Whether the list of rules can be read: else nobody knows whose a key is. */
    get readable(): boolean {
        return this.#read(() => this.#registrar.registrations.isEmpty) !== undefined;
    }

    #read<T>(from: () => T): T | undefined {
        try {
            return from();
        } catch (error) {
            this.#failed(error);
            return undefined;
        }
    }

    /** A rule that is not wanted has called: it is deleted. True where the node's own rule delivers the same event. */
    lost(key: string | undefined, rule: string | number | undefined): boolean {
        const own = this.#registrar.registrations.get(this.node.id);
        const covered = own?.id !== undefined || own?.nameless === true;
        if (key !== undefined && rule !== undefined && this.circumstances.mine())
            for (const registrar of [this.#registrar, ...this.#others()])
                registrar.deleteFound(key, String(rule)).catch(this.#failed);
        return covered;
    }

    /** The node's own rule has called: it says which it is, where Missive did not say so when it made it. */
    called(rule: string | number | undefined): void {
        if (rule === undefined || rule === '' || !this.circumstances.mine()) return;
        if (this.#registrar.registrations.get(this.node.id)?.nameless)
            this.#registrar.learn(this.node.id, String(rule)).catch(this.#failed);
    }

    /** Makes the rule, once the address answers, and goes on trying. To be called when the flows are started. */
    async start(): Promise<void> {
        const { account, trouble, remark, mine } = this.circumstances;
        if (!mine()) return;
        this.#read(() => this.#registrar.registrations.reload());
        if (account.dry) {
            remark('dry: rule unchanged');
            return this.#tell(dryAccount().message);
        }
        this.#want();
        trouble('registering');
        await listening(this.RED);
        const signal = this.#stop.signal;
        const given = { node: this.node.id, account, signal };
        await register(this.#registrar, given, () => this.#wanted(), this.#failed);
        if (signal.aborted) return;
        trouble('');
        await this.#clearAway(remark, signal);
    }

    /** A rule that the node had before is left, as its token was refused: perhaps not for good. */
    async #clearAway(remark: Circumstances['remark'], signal: AbortSignal): Promise<void> {
        for (let round = 0; ; round += 1) {
            remark(this.#isLeft ? 'old rule left in Missive' : '');
            if (!this.#isLeft) return;
            await pauseAfter(round, signal);
            if (signal.aborted) return;
            await this.#registrar.deleteDoomed().catch(() => undefined);
            if (signal.aborted) return;
        }
    }

    /** Whether a rule that the node had before could not be deleted. */
    get #isLeft(): boolean {
        const { doomed } = this.#registrar.registrations;
        return doomed.some(({ node }) => node === this.node.id);
    }

    /** The node is stopped; where it is removed or disabled its rule goes with it. */
    async close(removed: boolean): Promise<void> {
        this.#stop.abort();
        clearInterval(this.#wanting);
        this.#leave();
        this.#read(() => this.#registrar.leave(this.node.id, this.circumstances.account));
        const { shared } = this.#registrar;
        // Whoever else wants the rule says so itself.
        const left = shared?.want(this.node.id, false).catch(() => undefined);
        if (!removed || !this.circumstances.mine()) return;
        const deleted = Promise.resolve(left)
            .then(() => this.#registrar.remove(this.node.id))
            .catch(this.#failed);
        await Promise.race([deleted, pause(farewell, undefined, { ref: false })]);
    }

    /** Says again and again that the rule is wanted here, so that no other instance deletes it. */
    #want(): void {
        const { shared } = this.#registrar;
        if (!shared || this.#wanting) return;
        const say = () => void shared.want(this.node.id, true).catch(() => undefined);
        say();
        this.#wanting = setInterval(say, 5_000).unref();
    }

    async #wanted() {
        const { account, path } = this.circumstances;
        const url = publicAddress(this.RED, account, this.config.url, path);
        if (url === undefined)
            throw new Error(
                'Enter the public address of this Node-RED in the webhook in node, or in the environment variable MISSIVE_WEBHOOK_BASE_URL.',
            );
        return { url, settings: await hookSettings(this.RED, this.node, this.config, account) };
    }

    readonly #failed = (error: unknown): void => {
        const text = error instanceof Error ? error.message : String(error);
        this.circumstances.trouble(error instanceof MissiveError ? error.text : 'no rule in Missive');
        this.#tell(text);
    };

    #tell(text: string): void {
        if (text === this.#told) return;
        this.#told = text;
        this.node.error(`The rule in Missive: ${text}`, {});
    }
}

const dryAccount = (): MissiveError =>
    new MissiveError(
        'ERR_MISSIVE_GUARD',
        'The account is dry, so no rule is made in Missive and none is changed. Switch Try out only off in the account, or make the rule by hand.',
    );

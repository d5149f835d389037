import type { Redis } from 'ioredis';
import type { Limits } from '../ledger';
import { clientFor } from './client';
import * as scripts from './scripts';
import { troubleOf } from './trouble';

/** What Redis says to a step that asks for the state. */
export interface Reply {
    readonly granted: boolean;
    /** Milliseconds; `Infinity`: until a release. */
    readonly wait: number;
    readonly inFlight: number;
    readonly used: readonly number[];
    /** Milliseconds between two patient calls. */
    readonly gap: number;
    readonly held: number;
    /** How many programs share the limits; one that may be cut off counts. */
    readonly clients: number;
    /** Milliseconds since Redis knows of this limiter. */
    readonly age: number;
    /** Since when that is, by its own clock: another one where something was thrown away. */
    readonly born: number;
    /** Of a renewal: the permits of each window that this program may take should Redis be lost. */
    readonly promised: readonly number[] | undefined;
    /** Of a renewal: others that may be cut off, each with its id and where it was. */
    readonly missing: readonly (readonly [id: string, place: string])[];
}

type Step = keyof typeof scripts;

/** A command that takes longer has failed: the ledger then goes on without Redis. */
const commandTimeout = 500;

/** Speaks to Redis for one client of one limiter; never throws but rejects. */
export class Connection {
    readonly #commands: Redis;
    readonly #news: Redis;
    readonly #keys: readonly string[];
    readonly #fixed: () => readonly (string | number)[];
    readonly channel: string;
    #trouble: string | undefined;

    /**
     * `address`: redis:// or rediss://, with user, password and database where they are needed. `client`: blank where it does
     * not rely on Redis just now.
     */
    constructor(address: string, key: string, client: () => string, { margin, windows, inFlight }: Limits) {
        // One slot of a cluster for all of them.
        const base = `{missive:${key.slice(0, 16)}}`;
        this.#keys = ['log', 'leases', 'meta', 'clients', 'parts'].map((name) => `${base}:${name}`);
        this.channel = `${base}:news`;
        const fixed = [margin, ...windows.flatMap(({ span, limit }) => [span, limit])];
        this.#fixed = () => [...fixed, client(), inFlight];
        this.#commands = clientFor(address, commandTimeout);
        this.#news = clientFor(address, commandTimeout);
        // Trouble shows in the commands, too; without a listener ioredis would print it.
        for (const each of [this.#commands, this.#news])
            each.on('error', (error) => {
                this.#trouble = troubleOf(error);
            });
        for (const [name, lua] of Object.entries(scripts))
            this.#commands.defineCommand(`missive_${name}`, { numberOfKeys: this.#keys.length, lua });
    }

    /** Whether there is somebody at the other end, who may not take commands yet. */
    get isReached(): boolean {
        return ['connect', 'ready'].includes(this.#commands.status);
    }

    onReady(listener: () => void): void {
        this.#commands.on('ready', listener);
    }

    onLost(listener: () => void): void {
        this.#commands.on('close', listener);
    }

    /**
     * Somebody gave a permit back, Missive asked everybody to wait, or (`tell`) somebody needs what is kept free for others;
     * `deaf` where Redis lets nobody hear of it.
     */
    onNews(listener: (news: string) => void, deaf: () => void): void {
        const refused = (error: unknown) => {
            if (error instanceof Error && error.message.startsWith('NOPERM')) deaf();
        };
        this.#news.on('ready', () => void this.#news.subscribe(this.channel).catch(refused));
        this.#news.on('message', (_channel: string, news: string) => listener(news));
    }

    /** A step that changes something. Steps arrive in the order in which they were sent. */
    async send(step: Step, ...values: (string | number)[]): Promise<unknown> {
        const command = Reflect.get(this.#commands, `missive_${step}`) as (...all: unknown[]) => Promise<unknown>;
        try {
            const said = await command.call(this.#commands, ...this.#keys, ...this.#fixed(), ...values);
            this.#trouble = undefined;
            return said;
        } catch (error) {
            this.#trouble = troubleOf(error) ?? this.#trouble;
            throw error;
        }
    }

    /** Why Redis is of no use, in words; `undefined` where it is simply not there. */
    get trouble(): string | undefined {
        // Connected, and not ready: it has not read its file to the end.
        return this.#trouble ?? (this.#commands.status === 'connect' ? troubleOf('LOADING') : undefined);
    }

    /** The rule by which Redis throws away what nobody told it to; `undefined` where there is none, or it does not say. */
    async evicting(): Promise<string | undefined> {
        const text = await this.#commands.info('memory').catch(() => '');
        const policy = /^maxmemory_policy:(\S+)/m.exec(text)?.[1];
        return policy === 'noeviction' ? undefined : policy;
    }

    /** A step that also tells the state. */
    async ask(step: 'acquire' | 'renew', ...values: (string | number)[]): Promise<Reply> {
        const said = (await this.send(step, ...values)) as unknown[];
        const [granted = 0, wait = 0, inFlight = 0, used1 = 0, used2 = 0, gap = 0, held = 0, clients = 1] =
            said.map(Number);
        const [, , , , , , , , age, born, promised, missing] = said;
        const others = Array.isArray(missing) ? missing.map(String) : [];
        return {
            granted: granted === 1,
            wait: wait < 0 ? Infinity : wait,
            ...{ inFlight, used: [used1, used2], gap, held, clients, age: Number(age), born: Number(born) },
            promised: Array.isArray(promised) ? promised.map(Number) : undefined,
            missing: others.flatMap((id, at) => (at % 2 === 0 ? [[id, others[at + 1] ?? ''] as const] : [])),
        };
    }

    close(): void {
        this.#commands.disconnect();
        this.#news.disconnect();
    }
}

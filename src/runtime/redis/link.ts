import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { clientFor } from '../../missive/limits/redis/client';
import { troubleOf } from '../../missive/limits/redis/trouble';
import { Unreachable } from './unreachable';

/** A command that takes longer has failed, in milliseconds: nobody knows then whether it was carried out. */
const patience = 2_000;
/** So many steps wait for Redis to be back; the oldest are forgotten. */
const most = 10_000;

/** What Redis answers, and what it is asked with. */
export type Value = string | number | Buffer;

const names = new Map<string, string>();

/** The name of a script as a command of the client. */
function nameOf(lua: string): string {
    const name = names.get(lua) ?? `missive_${createHash('sha1').update(lua).digest('hex')}`;
    names.set(lua, name);
    return name;
}

/** One connection to a Redis for all that is shared through it; it comes back by itself. */
export class Link {
    readonly #client: Redis;
    readonly #later: (() => Promise<unknown>)[] = [];
    #catchingUp = false;
    #gathering = false;
    /** What Redis has said against us since the connection stands. */
    #refusal: Error | undefined;
    readonly #back = new Set<() => void>();

    constructor(address: string) {
        this.#client = clientFor(address, patience);
        // Every delivery that waits for Redis to be back listens.
        this.#client.setMaxListeners(0);
        // A refusal comes with the connection, before any command; without a listener ioredis would print it.
        this.#client.on('error', (error) => {
            this.#refusal = troubleOf(error) === undefined ? this.#refusal : error;
        });
        this.#client.on('connect', () => {
            this.#refusal = undefined;
        });
        // Whoever waits for Redis keeps the process, not the connection.
        this.#client.on('connect', () => this.#client.stream?.unref?.());
        this.#client.on('reconnecting', () => Reflect.get(this.#client, 'reconnectTimeout')?.unref?.());
        this.#client.on('ready', () => void this.#catchUp());
    }

    /** Whether Redis was there when it was last heard of. */
    get isThere(): boolean {
        return this.#client.status === 'ready';
    }

    /** Resolves when Redis is there; rejects with `Unreachable` where it is not within so many milliseconds. */
    async ready(ms = patience): Promise<void> {
        if (this.isThere) return;
        await new Promise<void>((resolve, reject) => {
            const end = () => {
                clearTimeout(timer);
                this.#client.off('ready', end);
                if (this.isThere) resolve();
                else reject(this.#unreachable());
            };
            const timer = setTimeout(end, ms);
            this.#client.once('ready', end);
        });
    }

    /** Calls a function whenever Redis is back, after what waited for it, until the returned function is called. */
    onBack(listener: () => void): () => void {
        this.#back.add(listener);
        return () => this.#back.delete(listener);
    }

    /**
     * Carries a Lua script out as a whole, with one key by which a cluster finds the place; rejects with `Unreachable`.
     * Texts come as buffers, as some are bytes.
     */
    async run(lua: string, key: string, ...values: Value[]): Promise<unknown> {
        const name = nameOf(lua);
        if (!(name in this.#client)) this.#client.defineCommand(name, { numberOfKeys: 1, lua });
        const command = Reflect.get(this.#client, `${name}Buffer`) as (...all: Value[]) => Promise<unknown>;
        this.#gather();
        try {
            return await command.call(this.#client, key, ...values);
        } catch (error) {
            throw troubleOf(error) === undefined ? this.#unreachable(error) : new Unreachable(error);
        }
    }

    /** Does a step now, or as soon as Redis is back: once at least, so it has to be one that can be done twice. */
    surely(step: () => Promise<unknown>): void {
        if (this.#later.length > 0 || !this.isThere) this.#postpone(step);
        else step().catch(() => this.#postpone(step));
    }

    /** What Redis says of itself, section by section. */
    async info(section: string): Promise<string> {
        return this.#client.info(section).catch(() => '');
    }

    close(): void {
        this.#later.length = 0;
        this.#client.disconnect();
    }

    /** What is asked in one turn of the event loop goes out together: each piece by itself would cost both sides a call. */
    #gather(): void {
        const { stream } = this.#client;
        if (this.#gathering || !stream) return;
        this.#gathering = true;
        stream.cork();
        setImmediate(() => {
            this.#gathering = false;
            stream.uncork();
        });
    }

    /** Connected, and not ready: Redis has not read its file to the end. */
    #unreachable(cause?: unknown): Unreachable {
        const loading = this.#client.status === 'connect' ? new Error('LOADING') : undefined;
        return new Unreachable(this.#refusal ?? loading ?? cause);
    }

    #postpone(step: () => Promise<unknown>): void {
        this.#later.push(step);
        this.#later.splice(0, this.#later.length - most);
        if (this.isThere) void this.#catchUp();
    }

    async #catchUp(): Promise<void> {
        if (this.#catchingUp) return;
        this.#catchingUp = true;
        try {
            for (let step = this.#later[0]; step; step = this.#later[0]) {
                await step();
                this.#later.shift();
            }
            for (const listener of [...this.#back]) listener();
        } catch {
            // The connection is gone again, and ready some time; or Redis takes no writes just now.
            if (this.isThere) setTimeout(() => void this.#catchUp(), 500).unref();
        } finally {
            this.#catchingUp = false;
        }
    }
}

import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { NodeAPI } from 'node-red';
import type { Limiter } from '../../missive/limits/limiter';
import type { Pause } from '../account';
import { diskError, fileOf } from '../user-folder';

/** The pause of one account: a file stands for it, so that a restart sends nothing that somebody has held back. */
export class AccountPause implements Pause {
    readonly #limiters = new Set<Limiter>();
    readonly #listeners = new Set<(on: boolean) => void>();
    #on: boolean;

    /** `all` has the pauses of all accounts, this one among them. */
    constructor(
        private readonly file: string,
        private readonly all: ReadonlySet<AccountPause>,
    ) {
        this.#on = existsSync(file);
    }

    get on(): boolean {
        return this.#on;
    }

    begin(): void {
        this.#turn(true);
    }

    end(): void {
        this.#turn(false);
    }

    follow(listener: (on: boolean) => void): () => void {
        this.#listeners.add(listener);
        listener(this.#on);
        return () => this.#listeners.delete(listener);
    }

    /** Whatever the account sends goes through this limiter; who shares a paused one is paused. */
    holds(limiter: Limiter): Limiter {
        if (this.#limiters.has(limiter)) return limiter;
        this.#limiters.add(limiter);
        if (this.#on) this.#turn(true);
        else if (limiter.paused) this.#set(true);
        return limiter;
    }

    /** Throws where the disk does not keep it; it holds all the same until a restart. */
    #turn(on: boolean): void {
        const sharing = [...this.all].filter((each) => [...each.#limiters].some((one) => this.#limiters.has(one)));
        for (const each of new Set<AccountPause>([this, ...sharing])) each.#set(on);
    }

    #set(on: boolean): void {
        const isNews = on !== this.#on;
        this.#on = on;
        for (const limiter of this.#limiters) limiter.paused = on;
        if (!isNews) return;
        for (const listener of this.#listeners) listener(on);
        try {
            mkdirSync(path.dirname(this.file), { recursive: true });
            if (on) writeFileSync(this.file, new Date().toISOString(), { mode: 0o600 });
            else rmSync(this.file, { force: true });
        } catch (cause) {
            throw diskError(this.file, cause);
        }
    }
}

const known = new WeakMap<object, Map<string, AccountPause>>();

/** The pause of an account; it outlives the account's node. */
export function pauseOf(RED: NodeAPI, account: string): AccountPause {
    const pauses = known.get(RED.events) ?? new Map<string, AccountPause>();
    known.set(RED.events, pauses);
    // Another project has another account with this id.
    const file = fileOf(RED, 'paused', account);
    const pause = pauses.get(file) ?? new AccountPause(file, everyOne);
    pauses.set(file, pause);
    everyOne.add(pause);
    return pause;
}

/** Of all Node-REDs in the process: they share their limiters, too. */
const everyOne = new Set<AccountPause>();

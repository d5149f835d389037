import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { NodeAPI } from 'node-red';
import { object } from '../../../missive/events/event-filter';
import type { Inbox } from '../../inbox/inbox';
import { warn } from '../../language/speaking';
import { fileOf } from '../../user-folder';

/** A Redis that a node has kept deliveries in: its address without user and password. */
interface Former {
    readonly address: string;
    /** It had a password, which is kept nowhere but in the account. */
    readonly locked: boolean;
}

/** The address of a Redis as anybody may read it. */
export function shownAddress(address: string): string {
    try {
        const { protocol, host, pathname } = new URL(address);
        return `${protocol}//${host}${pathname.replace(/^\/?$/, '/0')}`;
    } catch {
        return '';
    }
}

/**
 * Remembers in a file in which Redis a node's deliveries lie, so that they are fetched, or told of, when its account has
 * another one, or none, at a later start.
 */
export class FormerRedis {
    readonly #file: string;

    constructor(
        private readonly RED: NodeAPI,
        node: string,
    ) {
        this.#file = fileOf(RED, 'redis', node);
    }

    /** Those besides the one that the account has now. */
    besides(address = ''): readonly Former[] {
        const now = shownAddress(address);
        return this.#read().filter((each) => each.address !== now);
    }

    remember(address: string): void {
        const now = shownAddress(address);
        const { password, search } = new URL(address);
        // A certificate of one's own belongs to the address, too.
        const former = { address: now, locked: password !== '' || search !== '' };
        const others = this.besides(address);
        if (!this.#read().some((each) => each.address === now && each.locked === former.locked))
            this.#write([...others, former]);
    }

    forget(address: string): void {
        const left = this.besides(address);
        if (left.length < this.#read().length) this.#write(left);
    }

    /**
     * Moves what lies in each of the others into a file, or says where it lies. `known`: the inbox that this process still
     * has, with its password; `open`: opens one that has none.
     */
    async fetch(file: string, now: string, known: Inbox | undefined, open: (address: string) => Inbox): Promise<void> {
        const own = known?.address === undefined ? '' : shownAddress(known.address);
        const noted = this.besides(now);
        const isNew = own !== '' && !noted.some(({ address }) => address === own);
        for (const { address, locked } of isNew ? [...noted, { address: own, locked: true }] : noted) {
            const inbox = address === own ? known : undefined;
            if (!inbox && locked) warn(this.RED, locksUp(address));
            else
                try {
                    await (inbox ?? open(address)).moveTo?.(file);
                    this.forget(address);
                } catch (error) {
                    warn(this.RED, stays(address, error));
                }
        }
    }

    #read(): Former[] {
        try {
            const list: unknown = JSON.parse(readFileSync(this.#file, 'utf8'));
            return (Array.isArray(list) ? list.map(object) : []).flatMap(({ address, locked }) =>
                typeof address === 'string' && address !== '' ? [{ address, locked: locked === true }] : [],
            );
        } catch {
            return [];
        }
    }

    #write(list: readonly Former[]): void {
        try {
            mkdirSync(path.dirname(this.#file), { recursive: true });
            if (list.length === 0) rmSync(this.#file, { force: true });
            else writeFileSync(this.#file, JSON.stringify(list));
        } catch (error) {
            warn(this.RED, `It cannot be noted in which Redis deliveries are kept: ${error}`);
        }
    }
}

const locksUp = (address: string): string =>
    `Kept deliveries of webhook in may lie in Redis at ${address}, whose password nobody has here any more. Put the address back into the account and deploy, then take it away or change it and deploy again: they are moved.`;

const stays = (address: string, error: unknown): string =>
    `What webhook in keeps in Redis at ${address} stays there for now: ${error instanceof Error ? error.message : error} It is fetched at the next start at which that Redis answers, or when the account has it again.`;

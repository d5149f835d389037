import { randomBytes } from 'node:crypto';
import type { Card } from '../../missive/cards/card';
import { openInAll, openOfPage, remembered } from './page/limits';

/** Why a request got no card. */
export type Reason = 'late' | 'restarted' | 'left';

/** What became of a request: the card, or why there is none. */
export type Outcome = { readonly card: Card } | { readonly reason: Reason };

/** A request of a page that a card may answer. */
export interface Opened {
    readonly node: string;
    readonly page: string;
    readonly seq: number;
    readonly conversation: string | undefined;
}

type State = 'open' | 'answered' | Reason;

interface Entry extends Opened {
    state: State;
    /** Cards that it got. */
    cards: number;
    settle: (outcome: Outcome) => void;
}

/** The requests of all pages by the plain text that names each in `msg.missive.sidebar`, which any way of a message keeps. */
export class Requests {
    readonly #entries = new Map<string, Entry>();
    #open = 0;

    /** Whether a page may ask for another card now. */
    room(page: string): boolean {
        if (this.#open >= openInAll) return false;
        let own = 0;
        if (this.#open >= openOfPage)
            for (const entry of this.#entries.values()) if (entry.state === 'open' && entry.page === page) own += 1;
        return own < openOfPage;
    }

    /** A new request; the promise is settled once, when a card comes or none will. */
    open(opened: Opened): { readonly name: string; readonly outcome: Promise<Outcome> } {
        const name = `sidebar-${randomBytes(16).toString('base64url')}`;
        const outcome = new Promise<Outcome>((settle) => {
            this.#entries.set(name, { ...opened, state: 'open', cards: 0, settle });
        });
        this.#open += 1;
        this.#forget();
        return { name, outcome };
    }

    /** What is known of a request; `undefined` where this Node-RED never gave out that name, or has forgotten it. */
    at(name: string): (Opened & { readonly state: State }) | undefined {
        return this.#entries.get(name);
    }

    /** A card for a request that is open, or was answered before; gives which one it is. */
    answer(name: string, card: Card): number {
        const entry = this.#entries.get(name);
        if (!entry) return 0;
        entry.cards += 1;
        if (entry.state === 'open') this.#end(entry, 'answered', { card });
        return entry.cards;
    }

    /** There will be no card. Nothing happens where there was one. */
    close(name: string, reason: Reason): void {
        const entry = this.#entries.get(name);
        if (entry?.state === 'open') this.#end(entry, reason, { reason });
    }

    /** The node stops: none of its requests gets a card any more. */
    leave(node: string): void {
        for (const entry of this.#entries.values()) {
            if (entry.node !== node) continue;
            if (entry.state === 'open') this.#end(entry, 'restarted', { reason: 'restarted' });
            else if (entry.state === 'answered') entry.state = 'restarted';
        }
    }

    #end(entry: Entry, state: State, outcome: Outcome): void {
        entry.state = state;
        this.#open -= 1;
        entry.settle(outcome);
    }

    #forget(): void {
        for (const [name, { state }] of this.#entries) {
            if (this.#entries.size <= remembered) return;
            if (state !== 'open') this.#entries.delete(name);
        }
    }
}

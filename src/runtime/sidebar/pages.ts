import type { Card } from '../../missive/cards/card';
import { steady } from '../../missive/steady';
import { listeningInAll } from './page/limits';

/** A line of what is pushed to a page. */
export type Line =
    | { readonly ping: 1 }
    | { readonly again: 1 }
    | {
          readonly card: Card;
          readonly conversation: string | undefined;
          readonly request?: string;
          readonly seq?: number;
          readonly n?: number;
      };

/** Where the lines of a page go. */
export interface Listener {
    write(line: Line): void;
    end(): void;
}

/** A page that is open in somebody's Missive. */
interface Page {
    readonly node: string;
    conversations: readonly string[];
    listener?: Listener;
    /** The request whose card the page shows. */
    shown?: string;
    /** A card for a page whose connection is being taken up again. */
    missed?: Line;
    seen: number;
}

/** A page that has not been heard of for so long, and does not listen, is gone. */
const forgotten = 10 * 60_000;

/** The pages that are open, by their names. */
export class Pages {
    readonly #pages = new Map<string, Page>();
    #listening = 0;

    /** The page is there, and shows these conversations. */
    seen(name: string, node: string, conversations: readonly string[], now = steady()): void {
        const page = this.#pages.get(name) ?? { node, conversations, seen: now };
        if (!sameList(page.conversations, conversations)) {
            delete page.shown;
            delete page.missed;
        }
        page.conversations = conversations;
        page.seen = now;
        this.#pages.delete(name);
        this.#pages.set(name, page);
        this.#forget(now);
    }

    /** Takes a page's lines from now on, in place of an earlier connection of its own. False where there are too many. */
    listen(name: string, listener: Listener): boolean {
        const page = this.#pages.get(name);
        if (!page || (!page.listener && this.#listening >= listeningInAll)) return false;
        page.listener?.end();
        if (!page.listener) this.#listening += 1;
        page.listener = listener;
        listener.write({ ping: 1 });
        if (page.missed) listener.write(page.missed);
        delete page.missed;
        return true;
    }

    unlisten(name: string, listener: Listener): void {
        const page = this.#pages.get(name);
        if (page?.listener !== listener) return;
        delete page.listener;
        page.seen = steady();
        this.#listening -= 1;
    }

    /** The page shows the card of this request now. */
    shows(name: string, request: string): void {
        const page = this.#pages.get(name);
        if (page) page.shown = request;
    }

    /** Another card to the request that a page shows; false where it shows something else by now, or is gone. */
    replace(name: string, request: string, line: Line): boolean {
        const page = this.#pages.get(name);
        if (!page || page.shown !== request) return false;
        if (page.listener) page.listener.write(line);
        else page.missed = line;
        return true;
    }

    /** Pushes a card to the pages of a conversation; gives how many they are. */
    push(conversation: string, node: string | undefined, card: Card): number {
        let count = 0;
        for (const page of this.#pages.values()) {
            if (!page.listener || !page.conversations.includes(conversation)) continue;
            if (node !== undefined && page.node !== node) continue;
            page.listener.write({ card, conversation });
            count += 1;
        }
        return count;
    }

    /** Pages of a node that listen. */
    open(node: string): number {
        return [...this.#pages.values()].filter((page) => page.node === node && page.listener).length;
    }

    /** The node stops: its pages are asked to come again. */
    leave(node: string): void {
        for (const [name, { node: own, listener }] of this.#pages) {
            if (own !== node) continue;
            listener?.write({ again: 1 });
            listener?.end();
            if (listener) this.#listening -= 1;
            this.#pages.delete(name);
        }
    }

    /** The oldest stand first: whatever was heard of is put at the end. */
    #forget(now: number): void {
        for (const [name, { listener, seen }] of this.#pages) {
            if (listener) continue;
            if (now - seen < forgotten && this.#pages.size <= 2 * listeningInAll) return;
            this.#pages.delete(name);
        }
    }
}

const sameList = (one: readonly string[], other: readonly string[]): boolean =>
    one.length === other.length && one.every((each, place) => each === other[place]);

import { randomBytes } from 'node:crypto';
import type { NodeAPI } from 'node-red';
import { type Claimant, Paths } from '../paths';
import type { Asked, EventKind } from './page/asked';
import type { Sentence } from './page/words';
import { Pages } from './pages';
import { Requests } from './requests';

/** A sidebar in node, as the routes see it. */
export interface Sidebar extends Claimant {
    readonly node: string;
    /** Blank: nobody is let in. */
    readonly key: string;
    /** Seconds until a request without a card is given up. */
    readonly wait: number;
    /** What the page has to know, its token aside. */
    readonly settings: Readonly<Record<string, unknown>>;
    /** Whether the flow wants this kind of event. */
    wants(kind: EventKind): boolean;
    /** Puts an event into the flow; gives the reason where it did not. */
    emit(asked: Asked & { readonly do: EventKind }, request: string): Promise<Sentence | undefined>;
    /** The number of pages that listen is another one. */
    pagesChanged(): void;
    /** For the practice inbox. */
    readonly about: { readonly name: string; readonly path: string; readonly account: string | undefined };
}

/** The sidebars of one Node-RED: their paths, the pages that are open, the requests that wait for a card. */
export class Sidebars {
    readonly paths = new Paths<Sidebar>();
    readonly pages = new Pages();
    readonly requests = new Requests();
    readonly #practiceKeys = new Map<string, string>();

    /** The key of a node before the practice inbox that has none: drawn anew with Node-RED, so that a deploy shuts no page out. */
    practiceKey(node: string): string {
        const key = this.#practiceKeys.get(node) ?? randomBytes(32).toString('base64url');
        this.#practiceKeys.set(node, key);
        return key;
    }
}

const ofRuntime = new WeakMap<object, Sidebars>();

/** The sidebars of this Node-RED, over all deploys. */
export function sidebarsOf(RED: NodeAPI): Sidebars {
    // `RED` is another object for each module; its events are not.
    const known = ofRuntime.get(RED.events) ?? new Sidebars();
    ofRuntime.set(RED.events, known);
    return known;
}

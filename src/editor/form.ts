import type { Field, Resource } from '../missive/operations/fields';

/** What a row of a hand-written form shares with all others. */
interface Any {
    /** Font Awesome name of the sign in front of it. */
    readonly icon?: string;
    readonly label: string;
    /** Stands under the row. */
    readonly help?: string;
    /** Name of the part of the form that holds it and is closed at first. */
    readonly section?: string;
    /** Shown only while each of these properties has one of these values. */
    readonly when?: Readonly<Record<string, readonly string[]>>;
}

/** A row with one box of the browser's. */
interface Plain extends Any {
    readonly draw: 'line' | 'number' | 'check' | 'select' | 'secret' | 'picker';
    /** What a new node has; absent: blank, or the first choice. */
    readonly initial?: string | number | boolean;
    /** Shown in the blank box; text that is the same in every language. */
    readonly sample?: string;
    /** Shown in the blank box, translated. */
    readonly placeholder?: string;
    /** Stored value → what the form says; the first stands for none. */
    readonly choices?: Readonly<Record<string, string>>;
    /** Choice → the property that it stands for: rows that are drawn as one. What is chosen is stored in them alone. */
    readonly rows?: Readonly<Record<string, string>>;
    /** The list that a picker searches. */
    readonly list?: Resource;
    /** A picker that takes several, stored as text with commas. */
    readonly several?: boolean;
    /** The rule that the value must keep, by its name in `browser/plain-checks.js`, and the sentence where it does not. */
    readonly check?: string;
    readonly wrong?: string;
    /** A secret that the dialog shows again, to whoever may read credentials. */
    readonly readable?: boolean;
}

/** A row that the node's own script draws into an empty place. `stored` is what a new node has of its property. */
interface Own extends Any {
    readonly draw: 'own';
    readonly stored?: unknown;
}

/** A row with a TypedInput, as an operation's fields have: stored as two properties. */
interface Typed extends Any {
    readonly draw: 'typed';
    readonly kind: Field['kind'];
    readonly choices?: Readonly<Record<string, string>>;
    /** The list that its picker searches. */
    readonly list?: Resource | undefined;
    readonly initial: { readonly type: string; readonly value: string };
    /** A real value for the blank box. */
    readonly placeholder?: string;
    /** Most flows set it: the dialog offers it to be filled in, always or for some values of the row `resource`. */
    readonly common?: true;
    readonly commonIn?: readonly string[];
    /** The values of the row `resource` for which the node cannot do without it. */
    readonly requiredBy?: readonly string[];
    /** Names of TypedInput types, in the order of the menu; absent: those of the kind. */
    readonly types?: readonly string[];
}

export type Row = Plain | Own | Typed;

/** Texts by their key, one in another. */
export interface Says {
    readonly [key: string]: string | Says;
}

/**
 * The form of a node whose runtime is written by hand: a list of rows, drawn by the same script as the operations'
 * forms. What is really special to a node is a script of its own in `browser/own/`.
 */
export interface Form {
    readonly type: `missive-${string}`;
    /** Name in the palette. */
    readonly label: string;
    /** A config node has neither inputs nor outputs. */
    readonly config?: boolean;
    /** What stands on the canvas in front of the kind, where there are several: `watch` contacts. */
    readonly verb?: string;
    /** Its icon, a file in `icons/`; no two nodes share one. A config node has the package's. */
    readonly sign?: string;
    /** Words by which people look for the node, besides its label. */
    readonly keywords?: string;
    /** What comes out, as the label of its output says it. */
    readonly gives?: string;
    /** What a flow mostly reads of it, as ways into the message; the help lists them. */
    readonly brings?: readonly string[];
    /** The node has a button on the canvas; it runs the flow with an event, as the Missive tab does. */
    readonly button?: true;
    /** A field that the flow file leaves out reads `msg.payload.<its name>`, unless the node's `fields` is `rows`. */
    readonly readsPayload?: boolean;
    readonly inputs?: number;
    readonly outputs?: number;
    /** Whether it needs an account, can do with one, keeps one that the form does not show, or has none. */
    readonly account: 'required' | 'optional' | 'hidden' | 'none';
    /** By property, in the order of the form. */
    readonly rows: Readonly<Record<string, Row>>;
    readonly sections?: Readonly<Record<string, string>>;
    /** What the editor shows under the node, by the text that the runtime sends. */
    readonly status?: Readonly<Record<string, string>>;
    /** What else the node says, in the editor or by `translate`. */
    readonly says?: Says;
    /** Lists that the node's own script needs. */
    readonly lists?: Readonly<Record<string, readonly string[]>>;
}

/** Declares the form of a node. */
export const form = (declaration: Form): Form => declaration;

/** A row that is stored as two properties. */
export const isTyped = (row: Row): row is Typed => row.draw === 'typed';

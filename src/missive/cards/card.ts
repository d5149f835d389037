/** How good or bad something is, and so its colour. */
export const tones = ['neutral', 'good', 'warning', 'bad'] as const;
export type Tone = (typeof tones)[number];

/** A piece of a line. Whatever it says is text: nothing here is HTML. */
export type Inline =
    | string
    | { readonly b: readonly Inline[] }
    | { readonly i: readonly Inline[] }
    | { readonly s: readonly Inline[] }
    | { readonly code: string }
    | { readonly a: readonly Inline[]; readonly url: string }
    | { readonly br: true };

/** A paragraph, heading, list … of a text that was written in Markdown. */
export type Block =
    | { readonly p: readonly Inline[] }
    | { readonly h: readonly Inline[]; readonly level: number }
    | { readonly ul: readonly (readonly Block[])[] }
    | { readonly ol: readonly (readonly Block[])[]; readonly start: number }
    | { readonly pre: string }
    | { readonly quote: readonly Block[] }
    | { readonly hr: true }
    | {
          readonly table: {
              readonly head: readonly (readonly Inline[])[];
              readonly rows: readonly (readonly (readonly Inline[])[])[];
          };
      };

export interface Badge {
    readonly text: string;
    readonly tone: Tone;
}

export interface Row {
    readonly label: string;
    readonly value: string;
    readonly url?: string;
    /** What the button beside it copies. */
    readonly copy?: string;
    readonly tone?: Tone;
}

export interface Cell {
    readonly text: string;
    readonly url?: string;
    readonly tone?: Tone;
}

export interface Table {
    readonly columns: readonly { readonly key: string; readonly label: string }[];
    readonly rows: readonly Readonly<Record<string, Cell>>[];
}

export interface Button {
    readonly label: string;
    /** Comes back to the flow as `msg.payload.action`. */
    readonly action?: string;
    readonly url?: string;
    readonly effects?: readonly Effect[];
    /** The question that is asked first; `true`: in the page's own words. */
    readonly confirm?: string | true;
    readonly tone: Tone;
}

export const fieldTypes = [
    ...(['text', 'textarea', 'number', 'email', 'tel', 'url', 'date', 'time'] as const),
    ...(['select', 'checkbox', 'hidden'] as const),
] as const;

export interface FormField {
    readonly name: string;
    readonly type: (typeof fieldTypes)[number];
    readonly label: string;
    readonly value?: string | number | boolean;
    readonly options?: readonly { readonly value: string; readonly label: string }[];
    readonly required: boolean;
    readonly placeholder?: string;
    readonly help?: string;
}

export interface Form {
    readonly name: string;
    readonly fields: readonly FormField[];
    /** The words on its button; absent: the page's own. */
    readonly submit?: string;
}

/** What the page does in Missive as the agent: `do` and its parameters. */
export type Effect = { readonly do: string } & Readonly<Record<string, unknown>>;

/** A card as the page draws it: everything in it has been checked. */
export interface Card {
    readonly title?: string;
    readonly subtitle?: string;
    readonly badge?: Badge;
    /** The colour of the whole card, and of a badge that has none of its own. */
    readonly tone?: Tone;
    readonly text?: readonly Block[];
    readonly image?: { readonly url: string; readonly alt: string };
    readonly rows?: readonly Row[];
    readonly table?: Table;
    readonly links?: readonly { readonly label: string; readonly url: string }[];
    readonly buttons?: readonly Button[];
    readonly form?: Form;
    readonly effects?: readonly Effect[];
    /** Seconds after which the page asks again. */
    readonly refresh?: number;
    /** What the flow wants back with every event of this card. */
    readonly keep?: unknown;
}

/** The parts of a card, by the names that a flow uses. */
export const cardParts = [
    ...(['title', 'subtitle', 'badge', 'tone', 'text', 'image', 'rows', 'table', 'links'] as const),
    ...(['buttons', 'form', 'effects', 'refresh', 'keep'] as const),
] as const satisfies readonly (keyof Card)[];

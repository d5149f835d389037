import type { Answer, Call, Method } from './call';
import type { Fields, Input } from './fields';

/** A choice that belongs to the node itself and is stored as a plain property: how it works, not what it sends. */
export interface Setting {
    readonly label: string;
    readonly help: string;
    /** Stored value → what the form says; the first is the default. */
    readonly choices: Readonly<Record<string, string>>;
}

/** What an operation of several calls may use. */
export interface Missive {
    send(call: Call): Promise<Answer>;
    /** One object for each address and token, whatever account or node asks: what they share hangs on it. */
    readonly shared: object;
}

/** What an operation came to: the last call and its answer, the payload, and what it adds to `msg.missive`. */
export interface Outcome {
    readonly call: Call;
    readonly answer: Answer;
    readonly payload: unknown;
    readonly notes?: Readonly<Record<string, unknown>>;
}

/** One operation of Missive's API, declared once: request, checks, form, labels and help are derived from it. */
export interface Operation<F extends Fields = Fields> {
    readonly type: `missive-${string}`;
    /** Name in the palette. */
    readonly label: string;
    /** First paragraph of the help and tooltip in the palette. */
    readonly summary: string;
    /** More paragraphs of the help. */
    readonly details?: readonly string[];
    /** Font Awesome name of the sign in front of the form's rows, by field; rows without one get a plain one. */
    readonly icons?: Readonly<Partial<Record<keyof F & string, string>>>;
    /** What it is about, in the singular; stands in front of a property whose name Node-RED has taken. */
    readonly resource: string;
    readonly method: Method;
    /** `{name}` marks a field that goes into the path. */
    readonly path: string;
    /** The key in which Missive wraps request and answer. */
    readonly envelope: string;
    /** Whether the request's envelope holds a list of one. */
    readonly inList?: boolean;
    readonly fields: F;
    /** The parts of the form that are closed at first: key → title. */
    readonly sections?: Readonly<Record<string, string>>;
    readonly settings?: Readonly<Record<string, Setting>>;
    /** A payload that works as it is; shown in the help, run by a test. */
    readonly example: { readonly input: unknown; readonly output: unknown };
    /** The rules across fields; gives the sentence that says what is wrong. Sees the account's organization filled in. */
    check?(input: Input<F>): string | undefined;
    /** Fills in before the check what takes a call or time; takes out the fields that are not the API's. */
    prepare?(input: Input<F>, missive: Missive, settings: Readonly<Record<string, string>>): Promise<Input<F>>;
    /** Changes what is sent after the check. */
    adjust?(input: Input<F>): Input<F>;
    /** For an operation of more than one call. */
    run?(input: Input<F>, missive: Missive, settings: Readonly<Record<string, string>>): Promise<Outcome>;
}

/** Names that Node-RED or the contract has taken for a node's properties. */
const taken = new Set(
    'id type z name x y wires d g l info inputs outputs account version priority users credentials _alias'.split(' '),
);

/** Declares an operation; refuses a field whose property would have no name of its own. */
export function operation<F extends Fields>(declaration: Operation<F>): Operation<F> {
    const properties = Object.keys(declaration.fields).map((key) => propertyOf(declaration, key));
    const all = [...properties, ...properties.map((each) => `${each}Type`), ...Object.keys(declaration.settings ?? {})];
    const unusable = all.find((name, place) => taken.has(name) || name.length === 1 || all.indexOf(name) !== place);
    if (unusable) throw new Error(`${declaration.type}: the property ${unusable} is taken`);
    return declaration;
}

/** The node property that stores a field: the API's name, with the resource in front where that name is taken. */
export const propertyOf = (op: Pick<Operation, 'resource'>, key: string): string =>
    taken.has(key) || key.length === 1 ? `${op.resource}_${key}` : key;

/** The call that an operation stands for, given its input. */
export function callOf<F extends Fields>(op: Operation<F>, input: Input<F>): Call {
    const rest: Record<string, unknown> = { ...input };
    const path = op.path.replace(/\{(\w+)\}/g, (_, key: string) => {
        const value = rest[key];
        delete rest[key];
        return encodeURIComponent(String(value));
    });
    if (op.method === 'GET' || op.method === 'DELETE') return { method: op.method, path, query: rest };
    return { method: op.method, path, body: { [op.envelope]: op.inList ? [rest] : rest } };
}

/** What Missive answered, out of its envelope; `{}` where it answered without a body. One thing in a list is that thing. */
export function payloadOf(op: Pick<Operation, 'envelope'>, answer: Answer): unknown {
    const body = answer.body;
    if (typeof body !== 'object' || body === null) return {};
    const inside = op.envelope in body ? (body as Record<string, unknown>)[op.envelope] : body;
    return Array.isArray(inside) ? (inside[0] ?? {}) : (inside ?? {});
}

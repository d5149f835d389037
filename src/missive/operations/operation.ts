import type { Answer, Call, Method } from '../call';
import type { Fields, Input } from './fields';
import type { Paging } from './paging';

/** A choice that belongs to the node itself and is stored as a plain property: how it works, not what it sends. */
export interface Setting {
    readonly label: string;
    readonly help: string;
    /** Stored value → what the form says; the first is the default. */
    readonly choices: Readonly<Record<string, string>>;
    /** The field that it belongs to: the form shows it below that one. */
    readonly beside?: string;
    /**
     * The kind of things whose fields it stands for in the form: it is stored nowhere, its choices are names of fields,
     * between `message` (all read from the message) and `several` (as their rows say).
     */
    readonly draws?: string;
}

/** What an operation of several calls may use. */
export interface Missive {
    send(call: Call): Promise<Answer>;
    /** Aborted when the node is stopped: an operation that waits of its own accord ends then. */
    readonly signal: AbortSignal;
    /** One object for each address and token, whatever account or node asks: what they share hangs on it. */
    readonly shared: object;
    /** The account's folder for files (throws where it cannot be one), and the address that it speaks to. */
    readonly places: { readonly folder: () => string; readonly home: () => Promise<string> };
    /** What the limiter of the address and token has spent and holds, without a request. */
    spent(): Spent;
    /** Whose token it is, where Missive says so; asked for once for all nodes. */
    owner(): Promise<{ readonly name: string; readonly email?: string } | undefined>;
    /** How long, in seconds, and how many messages may wait for their turn. */
    readonly bounds?: { readonly maxQueue?: number | undefined; readonly maxWait?: number | undefined };
    /** The account's country: national phone numbers are numbers of it. Absent: only international ones can be compared. */
    readonly country?: string | undefined;
}

/** What was spent on an address and token; `span` and `held` in milliseconds. */
export interface Spent {
    readonly windows: readonly { readonly limit: number; readonly span: number; readonly used: number }[];
    readonly inFlight: number;
    readonly waiting: number;
    readonly held: number;
}

/** What an operation came to: the last call and its answer, the payload, and what it adds to `msg.missive`. */
export interface Outcome {
    readonly call: Call;
    readonly answer: Answer;
    readonly payload: unknown;
    readonly notes?: Readonly<Record<string, unknown>>;
}

/** Where a request goes, and how its body holds the fields. */
export interface Endpoint {
    readonly method: Method;
    /** `{name}` marks a field that goes into the path; several ids are joined with commas. */
    readonly path: string;
    /**
     * `one` (also where it is absent): an object in the envelope. `list`: a list of one. `each`: a list with an object
     * for each id of the path. `bare`: no envelope at all.
     */
    readonly wrap?: 'one' | 'list' | 'each' | 'bare';
    /** Fields that Missive refuses here. */
    readonly omits?: readonly string[];
}

/** One operation of Missive's API, declared once: request, checks, form, labels and help are derived from it. */
export interface Operation<F extends Fields = Fields> extends Endpoint {
    readonly type: `missive-${string}`;
    /** Name in the palette. */
    readonly label: string;
    /** Its icon, a file in `icons/`; no two nodes share one. */
    readonly sign?: string;
    /** Words by which people look for the node, besides its label. */
    readonly keywords?: string;
    /** What comes out, as the label of its output says it. */
    readonly gives?: string;
    /**
     * What its status says once it is done, by the answer of `outcome`: `one|several` where things are counted. Absent
     * `outcome`: by the kind of things, else the first.
     */
    readonly did?: Readonly<Record<string, string>>;
    /** What it adds to `msg.missive`, besides how the call went; the help lists it. */
    readonly tells?: readonly string[];
    /** First paragraph of the help and tooltip in the palette. */
    readonly summary: string;
    /** More paragraphs of the help. */
    readonly details?: readonly string[];
    /** Font Awesome name of the sign in front of the form's rows, by field; rows without one get a plain one. */
    readonly icons?: Readonly<Partial<Record<keyof F & string, string>>>;
    /** What it is about, in the singular; stands in front of a property whose name Node-RED has taken. */
    readonly resource: string;
    /** The key in which Missive wraps request and answer. */
    readonly envelope: string;
    /** Where it goes instead if the input has an `id`: the thing is there already and is changed. */
    readonly change?: Endpoint;
    /** What `run` calls besides, such as `GET /contacts/{id}`. */
    readonly alsoCalls?: readonly string[];
    readonly fields: F;
    /** What a new node shows besides what is required: the fields that most flows set. */
    readonly common?: readonly string[];
    /** The parts of the form that are closed at first: key → title. */
    readonly sections?: Readonly<Record<string, string>>;
    readonly settings?: Readonly<Record<string, Setting>>;
    /** A payload that works as it is; shown in the help, run by a test. */
    readonly example: { readonly input: unknown; readonly output: unknown };
    /** The rules across fields; gives the sentence that says what is wrong. Sees the account's organization filled in. */
    check?(input: Input<F>): string | undefined;
    /** Fills in before the check what takes a call or time; takes out the fields that are not the API's. */
    prepare?(input: Input<F>, missive: Missive, settings: Readonly<Record<string, string>>): Promise<Input<F>>;
    /** Whether the account's organization stands in for a blank `organization`; absent: always. */
    takesDefault?(input: Input<F>): boolean;
    /** Whether the account's default sender stands in for a blank `from_field`; absent: never. */
    takesSender?(input: Input<F>): boolean;
    /** That it is a list, and how its pages follow one another. */
    readonly pages?: Paging;
    /** It calls none of Missive's endpoints: its path is only what it is called. */
    readonly apart?: true;
    /** To do it twice does no harm: it looks first what is there, or changes nothing. */
    readonly harmless?: true;
    /** What a 404 means here: nothing is wrong, or this is said in place of the advice to check the id. */
    readonly missing?: 'fine' | { readonly says: string };
    /** Changes what is sent after the check. */
    adjust?(input: Input<F>): Input<F>;
    /** Which of `did` has come true. */
    outcome?(input: Input<F>, notes: Outcome['notes']): string;
    /** For an operation of more than one call. */
    run?(input: Input<F>, missive: Missive, settings: Readonly<Record<string, string>>): Promise<Outcome>;
}

/** Names that Node-RED or the contract has taken for a node's properties. */
const taken = new Set(
    'id type z name x y wires d g l info inputs outputs all account version priority users credentials _alias'.split(
        ' ',
    ),
);

/** Declares an operation; refuses a field whose property would have no name of its own. */
export function operation<F extends Fields>(declaration: Operation<F>): Operation<F> {
    const properties = Object.keys(declaration.fields).map((key) => propertyOf(declaration, key));
    requireOwnNames(declaration.type, properties, Object.keys(declaration.settings ?? {}));
    requireFields(declaration);
    return declaration;
}

/** Throws where an operation counts a field among the common ones that it does not have. */
export function requireFields({ common = [], fields, path }: Pick<Operation, 'common' | 'fields' | 'path'>): void {
    const unknown = common.find((key) => !(key in fields));
    if (unknown) throw new Error(`${path} has no field ${unknown}`);
}

/** Throws where a node's fields and settings would be stored under a name that is taken. */
export function requireOwnNames(type: string, properties: readonly string[], settings: readonly string[]): void {
    const all = [...properties, ...properties.map((each) => `${each}Type`), ...settings];
    const unusable = all.find((name, place) => taken.has(name) || name.length === 1 || all.indexOf(name) !== place);
    if (unusable) throw new Error(`${type}: the property ${unusable} is taken`);
}

/** The node property that stores a field: the API's name, with the resource in front where that name is taken. */
export const propertyOf = (op: Pick<Operation, 'resource'>, key: string): string =>
    taken.has(key) || key.length === 1 ? `${op.resource}_${key}` : key;

/** The codes a flow can branch on; each is explained in the README. */
export type ErrorCode =
    | 'ERR_MISSIVE_CONFIG'
    | 'ERR_MISSIVE_INPUT'
    | 'ERR_MISSIVE_AUTH'
    | 'ERR_MISSIVE_NOT_FOUND'
    | 'ERR_MISSIVE_REFUSED'
    | 'ERR_MISSIVE_RATE'
    | 'ERR_MISSIVE_SERVER'
    | 'ERR_MISSIVE_NETWORK'
    | 'ERR_MISSIVE_QUEUE'
    | 'ERR_MISSIVE_CLOSED'
    | 'ERR_MISSIVE_GUARD'
    | 'ERR_MISSIVE_AMBIGUOUS';

/** Whether Missive carried a call out: `unknown` where the answer was lost or was a 5xx. */
export type Delivered = 'no' | 'unknown' | 'yes';

/** What an error knows besides its message. Nothing here may hold a token, a secret or the text of a message. */
export interface ErrorFacts {
    /** HTTP status of Missive's answer. */
    readonly status?: number;
    /** Missive's own error object, without its envelope. */
    readonly details?: unknown;
    readonly delivered?: Delivered;
    /** How often the call was sent or tried. */
    readonly attempts?: number;
    /** Milliseconds that the call waited in the limiter's queue before it was given up. */
    readonly waited?: number;
    /** The technical reason of a lost connection, such as `ECONNREFUSED`. */
    readonly reason?: string;
}

/** What a node shows under itself on the canvas; each text is translated in the editor. */
export const statusTexts = {
    ERR_MISSIVE_CONFIG: 'account incomplete',
    ERR_MISSIVE_INPUT: 'bad input',
    ERR_MISSIVE_AUTH: 'token refused',
    ERR_MISSIVE_NOT_FOUND: 'not found',
    ERR_MISSIVE_REFUSED: 'refused by Missive',
    ERR_MISSIVE_RATE: 'too many requests',
    ERR_MISSIVE_SERVER: 'Missive failed',
    ERR_MISSIVE_NETWORK: 'no answer',
    ERR_MISSIVE_QUEUE: 'queue full',
    ERR_MISSIVE_CLOSED: 'stopped',
    ERR_MISSIVE_GUARD: 'held by the guard',
    ERR_MISSIVE_AMBIGUOUS: 'several contacts match',
} as const satisfies Record<ErrorCode, string>;

/** The `reason` of a call that somebody has dropped in the editor, and what its node shows. */
export const dropped = 'dropped';

/**
 * Everything this package throws on purpose. Catch nodes pass on only some properties of an error, so its facts are
 * also in `cause`, a plain object that can be cloned.
 */
export class MissiveError extends Error implements ErrorFacts {
    override readonly name = 'MissiveError';
    declare readonly status?: number;
    declare readonly details?: unknown;
    declare readonly delivered?: Delivered;
    declare readonly attempts?: number;
    declare readonly waited?: number;
    declare readonly reason?: string;

    constructor(
        readonly code: ErrorCode,
        message: string,
        facts: ErrorFacts = {},
    ) {
        const known = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
        super(message, { cause: readable({ code, ...known }) });
        Object.assign(this, known);
    }

    /** A few words for the node's status. */
    get text(): string {
        return this.reason === dropped ? dropped : statusTexts[this.code];
    }
}

/**
 * The facts as Node-RED's debug sidebar prints them, which writes a cause as text: `400 · not delivered · 1 try`. They
 * stay a plain object: what makes the text is not copied with them, and in no list of their keys.
 */
const readable = (facts: ErrorFacts & { readonly code: ErrorCode }): object =>
    Object.defineProperty({ ...facts }, 'toString', { value: () => inWords(facts) });

function inWords({ code, status, delivered = deliveredAt(code), attempts }: ErrorFacts & { code: ErrorCode }): string {
    const reached = { no: 'not delivered', yes: 'delivered', unknown: 'perhaps delivered' }[delivered];
    const tries = attempts === undefined ? [] : [attempts === 1 ? '1 try' : `${attempts} tries`];
    return [status ?? code, reached, ...tries].join(' · ');
}

/** Where nothing else is known: only these may have been carried out. */
const deliveredAt = (code: ErrorCode): Delivered =>
    code === 'ERR_MISSIVE_SERVER' || code === 'ERR_MISSIVE_NETWORK' ? 'unknown' : 'no';

/** A field is missing or unusable; nothing was sent. */
export const inputError = (message: string): MissiveError => new MissiveError('ERR_MISSIVE_INPUT', message);

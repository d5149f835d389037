/** A text that has to be there: equal, or part of it, or by a regular expression. Case counts; outer blanks do not. */
export type Wanted = string | { readonly contains: string } | { readonly matches: string };

/** One thing that happens before the flow is looked at; one key says which. */
export type Given =
    /**
     * A customer writes an e-mail, or an SMS where `address` is a number. `conversation`: an id or a subject to write into.
     * `files`: names, each with its text.
     */
    | {
          readonly customer: {
              readonly name?: string;
              readonly address: string;
              readonly subject?: string;
              readonly body?: string;
              readonly conversation?: string;
              readonly files?: Readonly<Record<string, string>>;
          };
      }
    /** A colleague answers in a conversation: what they write is sent. */
    | {
          readonly reply: {
              readonly conversation: string;
              readonly body: string;
              readonly files?: Readonly<Record<string, string>>;
          };
      }
    /** A colleague closes a conversation or brings it back, gives it to a team or to people, by their names or ids. */
    | {
          readonly change: {
              readonly conversation: string;
              readonly close?: boolean;
              readonly reopen?: boolean;
              readonly team?: string;
              readonly assign?: readonly string[];
          };
      }
    /** A colleague comments on a conversation (an id or its subject). */
    | { readonly comment: { readonly conversation: string; readonly body: string } }
    /** A colleague changes labels, by their names (`Parent/Child`) or ids. */
    | {
          readonly label: {
              readonly conversation: string;
              readonly add?: readonly string[];
              readonly remove?: readonly string[];
          };
      }
    /** A webhook as Missive would send it, into the *webhook in* with this name, path or id (else the first one). */
    | { readonly webhook: Readonly<Record<string, unknown>>; readonly to?: string }
    /** A call of an HTTP node, JSON in its body; POST where no method is named. It may be answered with any status. */
    | { readonly http: { readonly path: string; readonly method?: string; readonly body?: unknown } }
    /** A press on an inject node, by its name or id. */
    | { readonly inject: string }
    /** A message into any node, by its name or id. */
    | { readonly message: Readonly<Record<string, unknown>>; readonly to: string }
    /** Seconds to wait. */
    | { readonly wait: number };

/** What an expected draft or message may say of itself; what is left out is not looked at. */
export interface WantedMessage {
    readonly to?: Wanted;
    readonly cc?: Wanted;
    readonly bcc?: Wanted;
    readonly from?: Wanted;
    readonly subject?: Wanted;
    /** The body as plain text. */
    readonly body?: Wanted;
    /** The subject of the conversation that it is in. */
    readonly conversation?: Wanted;
    /** How many files, or their names. */
    readonly attachments?: number | readonly string[];
}

/** What is to come of it. A kind that is left out must not occur, unless `others` is `allowed`. */
export interface Expected {
    readonly drafts?: readonly WantedMessage[];
    /** Messages that would have left Missive at once. */
    readonly sent?: readonly WantedMessage[];
    /** Drafts that go out later. */
    readonly scheduled?: readonly WantedMessage[];
    readonly posts?: readonly { readonly text?: Wanted; readonly title?: Wanted; readonly conversation?: Wanted }[];
    readonly tasks?: readonly { readonly title?: Wanted; readonly state?: Wanted; readonly assignee?: Wanted }[];
    /** Tasks that were there and are changed. */
    readonly changed_tasks?: Expected['tasks'];
    readonly contacts?: readonly { readonly name?: Wanted; readonly email?: Wanted; readonly phone_number?: Wanted }[];
    /** Contacts that were there and are changed. */
    readonly changed_contacts?: Expected['contacts'];
    /** Labels put on and taken off, one entry a label and a conversation. */
    readonly labels?: readonly { readonly added?: Wanted; readonly removed?: Wanted; readonly conversation?: Wanted }[];
    /** Conversations that are closed, reopened, assigned, moved or renamed: what they are afterwards. */
    readonly conversations?: readonly {
        readonly subject?: Wanted;
        readonly closed?: boolean;
        readonly team?: Wanted;
        readonly assignees?: Wanted;
    }[];
    /** Conversations that were merged away, by the one that each went into. */
    readonly merged?: readonly { readonly into?: Wanted }[];
    /** What the systems beside the practice inbox were given: `sheet`, `chat`, `tool`; and what they have of it besides. */
    readonly beside?: readonly ({ readonly system?: Wanted } & Readonly<Record<string, Wanted | boolean>>)[];
    /** Errors that no Catch node took. */
    readonly errors?: readonly Wanted[];
    readonly others?: 'allowed';
}

/** One case: given this, expect that. */
export interface Case {
    readonly name: string;
    readonly given: readonly Given[];
    readonly expect: Expected | 'nothing';
    /** Node (name or id) → what it passes on in place of doing its work: for services that must not be called. */
    readonly instead?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    /** Environment variables of this case. */
    readonly env?: Readonly<Record<string, string>>;
    /** Seconds until what is expected must be there; 10 where it is absent. */
    readonly within?: number;
}

const acts = ['customer', 'reply', 'comment', 'label', 'change', 'webhook', 'http', 'inject', 'message', 'wait'];
const caseKeys = ['name', 'given', 'expect', 'instead', 'env', 'within'];

/** The kinds of things that a case can expect. */
export const kinds = [
    ...['drafts', 'sent', 'scheduled', 'posts', 'tasks', 'changed_tasks', 'contacts', 'changed_contacts', 'labels'],
    ...['conversations', 'merged', 'beside', 'errors'],
] as const;

/** The cases in a file; throws a sentence that says what is wrong with it: a case that is misread would pass. */
export function casesIn(text: string, file: string): Case[] {
    let found: unknown;
    try {
        found = JSON.parse(text);
    } catch (error) {
        throw new Error(`${file} is no JSON: ${(error as Error).message}`);
    }
    return [found].flat().map((each, place) => checked(each, `${file}, case ${place + 1}`));
}

function checked(value: unknown, where: string): Case {
    const wrong = (what: string): never => {
        throw new Error(`${where}: ${what}`);
    };
    const isObject = (each: unknown): each is Record<string, unknown> =>
        typeof each === 'object' && each !== null && !Array.isArray(each);
    if (!isObject(value)) return wrong('a case is an object with name, given and expect.');
    const strange = Object.keys(value).find((key) => !caseKeys.includes(key));
    if (strange) return wrong(`“${strange}” is none of ${caseKeys.join(', ')}.`);
    if (typeof value.name !== 'string' || value.name === '') return wrong('it has no name.');
    const given = Array.isArray(value.given) ? value.given : wrong('given is not a list.');
    for (const each of given) {
        const named = isObject(each) ? acts.filter((act) => act in each) : [];
        if (named.length !== 1) return wrong(`each of given has one of ${acts.join(', ')}.`);
    }
    if (value.expect === 'nothing') return value as unknown as Case;
    const expect = isObject(value.expect) ? value.expect : wrong('expect is neither an object nor "nothing".');
    for (const [kind, list] of Object.entries(expect)) {
        if (kind === 'others' && list === 'allowed') continue;
        if (!(kinds as readonly string[]).includes(kind)) return wrong(`expect has “${kind}”: ${kinds.join(', ')}.`);
        if (!Array.isArray(list)) return wrong(`expect.${kind} is not a list.`);
    }
    return value as unknown as Case;
}

import type { Call } from '../../missive/call';
import { leavingBy } from '../../missive/guard/leaving';

type Thing = Readonly<Record<string, unknown>>;

/** What a call does, for people: a word of the catalogue, and what it is about. Nothing of what was written is in it. */
export interface CallWords {
    readonly word: string;
    /** Whom a message is for: shown only to those who may read customers' data. */
    readonly to?: string;
    readonly count?: number;
    /** The API's name of the things, where the word needs one. */
    readonly things?: string;
}

const object = (value: unknown): Thing => (typeof value === 'object' && value !== null ? (value as Thing) : {});

/** The words for what a conversation can be changed by, in the order in which they count. */
const changes: readonly (readonly [key: string, word: string])[] = [
    ['close', 'closed'],
    ['reopen', 'reopened'],
    ['add_shared_labels', 'labelled'],
    ['remove_shared_labels', 'unlabelled'],
    ['add_assignees', 'assigned'],
    ['remove_assignees', 'unassigned'],
    ['team', 'moved'],
    ['subject', 'renamed'],
];

/** A call in words. */
export function wordsOf(call: Call): CallWords {
    const { method, path, body } = call;
    const [resource = '', id = '', inside] = (path.split('?')[0] ?? '').split('/').filter(Boolean);
    const things = inside ?? resource;
    const count = id === '' ? undefined : id.split(/,|%2C/i).length;
    const several = count !== undefined && count > 1 ? { count } : {};
    if (method === 'GET') return { word: id === '' || inside ? 'listed' : 'read', things, ...several };
    if (method === 'DELETE') return { word: 'deleted', things: resource, ...several };
    const given = object(body)[resource];
    if (method === 'POST' && resource === 'drafts') return draftWords(call, object(given));
    if (method === 'POST' && inside === 'merge') return { word: 'merged' };
    if (resource === 'conversations') {
        const [first] = [given].flat().map(object);
        const change = changes.find(([key]) => first?.[key] !== undefined && first[key] !== false);
        return { word: change?.[1] ?? 'changed', ...(change ? {} : { things: resource }), ...several };
    }
    const rows = Array.isArray(given) && given.length > 1 ? { count: given.length } : several;
    return { word: method === 'POST' ? 'created' : 'changed', things: resource, ...rows };
}

function draftWords(call: Call, draft: Thing): CallWords {
    const [leaving] = leavingBy(call);
    const named = [draft.to_fields ?? []].flat().map((each) => {
        const { address, phone_number, username, id } = object(each);
        return String(address ?? phone_number ?? username ?? id ?? each);
    });
    const to = named.length > 0 ? { to: named.slice(0, 3).join(', ') } : {};
    const more = named.length > 3 ? { count: named.length } : {};
    const word = !leaving ? 'drafted' : draft.send_at ? 'scheduled' : 'sent';
    return { word, ...to, ...more };
}

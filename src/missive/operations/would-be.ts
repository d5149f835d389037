import { randomUUID } from 'node:crypto';
import type { Call } from '../call';
import type { Operation } from './operation';
import { uuid } from './uuid';

type Thing = Readonly<Record<string, unknown>>;

/**
 * What Missive would have answered to a call that was not sent: the shape of the operation's example, the fields that
 * were to be written, ids that nobody has. `undefined` for an operation that has no shape of its own, and for a delete.
 */
export function wouldBe(op: Pick<Operation, 'envelope' | 'example'>, { method, path, body }: Call): unknown {
    if (op.envelope === '' || method === 'DELETE') return undefined;
    const all = typeof body === 'object' && body !== null ? (body as Thing) : {};
    const inside = all[op.envelope] ?? all;
    const [shape] = [op.example.output].flat() as (Thing | undefined)[];
    const ids = method === 'PATCH' ? (path.split('/').pop() ?? '').split(',').map(decodeURIComponent) : [];
    const made = [inside].flat().map((given, place) => whole(given as Thing, shape ?? {}, ids[place]));
    // Of a contact Missive leaves out what is empty.
    const shown = op.envelope === 'contacts' ? made.map(filled) : made;
    return { [op.envelope]: Array.isArray(inside) ? shown : shown[0] };
}

/** The fields that were given, and those that Missive adds: ids made up, everything else null. */
function whole(given: Thing, shape: Thing, id: string | undefined): Thing {
    const added = Object.entries(shape)
        .filter(([key]) => key !== 'id' && given[key] === undefined)
        .map(([key, example]) => [key, typeof example === 'string' && uuid.test(example) ? randomUUID() : null]);
    return { ...Object.fromEntries(added), ...given, id: given.id ?? given.target ?? id ?? randomUUID() };
}

const filled = (thing: Thing): Thing => Object.fromEntries(Object.entries(thing).filter(([, value]) => value !== null));

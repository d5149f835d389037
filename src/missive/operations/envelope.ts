import type { Answer, Call } from '../call';
import type { Fields, Input } from './fields';
import type { Endpoint, Operation } from './operation';

/** Where an operation goes with this input. */
const endpointOf = <F extends Fields>(op: Operation<F>, { id }: { readonly id?: unknown }): Endpoint =>
    op.change && id !== undefined && id !== null ? op.change : op;

/** The call that an operation stands for, given its input. */
export function callOf<F extends Fields>(op: Operation<F>, input: Input<F>): Call {
    const { method, path: pattern, wrap = 'one', omits = [] } = endpointOf(op, input);
    const rest: Record<string, unknown> = { ...input };
    for (const key of omits) delete rest[key];
    const ids: string[] = [];
    const path = pattern.replace(/\{(\w+)\}/g, (_, key: string) => {
        ids.push(...distinct(rest[key]));
        delete rest[key];
        return ids.map(encodeURIComponent).join(',');
    });
    if (method === 'GET' || method === 'DELETE') return { method, path, query: chosen(rest) };
    if (wrap === 'bare') return { method, path, body: rest };
    const inside = wrap === 'one' ? rest : wrap === 'list' ? [rest] : ids.map((id) => ({ id, ...rest }));
    return { method, path, body: { [op.envelope]: inside } };
}

/** In a query null is a parameter that nobody chose: an empty text would be one that Missive does not know. */
const chosen = (query: Readonly<Record<string, unknown>>): Record<string, unknown> =>
    Object.fromEntries(Object.entries(query).filter(([, value]) => value !== null));

/** Missive refuses an id that stands twice in a path. */
const distinct = (value: unknown): string[] => [...new Set([value].flat().map(String))];

/** Whether an input names several things, so that the answer is a list. */
export const isSeveral = ({ id }: { readonly id?: unknown }): boolean => Array.isArray(id) && distinct(id).length > 1;

/**
 * What Missive answered, out of its envelope; `{}` where it answered without a body. One thing in a list is that thing,
 * unless several were asked for.
 */
export function payloadOf(op: Pick<Operation, 'envelope'>, answer: Answer, several = false): unknown {
    const body = answer.body;
    if (typeof body !== 'object' || body === null) return {};
    const inside = op.envelope in body ? (body as Record<string, unknown>)[op.envelope] : body;
    if (several) return Array.isArray(inside) ? inside : [inside];
    return Array.isArray(inside) ? (inside[0] ?? {}) : (inside ?? {});
}

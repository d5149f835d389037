import { object } from '../../../missive/events/event-filter';
import type { Made } from '../../held';
import { type Arrived, type Kept, keptOf } from '../kept';

/** What Redis has of a delivery besides its body, as JSON. */
export const headOf = ({ at, conversation, print, facts }: Arrived): string =>
    JSON.stringify({ at, conversation, print, facts });

/** The line that a delivery stands in: that of its conversation, or one of its own. */
export const lineOf = ({ conversation, id }: Pick<Arrived, 'conversation' | 'id'>): string =>
    conversation === undefined ? `id:${id}` : `conversation:${conversation}`;

/** A delivery as a script gives it: id, head, body, how often it went into the flow, failures; `undefined` where there is none. */
export function keptIn(said: unknown): Kept | undefined {
    if (!Array.isArray(said) || said.length < 5) return undefined;
    const [id, head, body, went, failures, calls] = said as unknown[];
    const { at, conversation, print, facts } = object(JSON.parse(String(head)));
    const topic = typeof conversation === 'string' ? conversation : undefined;
    const known = { id: String(id), at: Number(at), body: body as Buffer, print: String(print) };
    const arrived = { ...known, conversation: topic, facts: object(facts) };
    return Object.assign(arrivedKept(arrived, Number(went)), { failures: Number(failures), calls: callsIn(calls) });
}

/** A delivery that Redis has, and that went into the flow so often. */
export const arrivedKept = (arrived: Arrived, tries: number): Kept =>
    Object.assign(keptOf(arrived), { tries, answered: true, stored: true });

/** Call and what became of it, one after the other. */
function callsIn(said: unknown): Kept['calls'] {
    const calls: Record<string, Made> = {};
    const list = Array.isArray(said) ? said.map(String) : [];
    for (let at = 0; at + 1 < list.length; at += 2) calls[list[at] ?? ''] = JSON.parse(list[at + 1] ?? '{}') as Made;
    return calls;
}

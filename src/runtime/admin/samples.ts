import type { NodeAPI } from 'node-red';
import { parseBody } from '../../missive/events/event';
import { object } from '../../missive/events/event-filter';
import { activityOf } from '../activity/activity';
import { pinnedOf } from '../activity/pinned';
import { recordedOf } from '../recorded/recorded';
import { type Sketch, sketchOf } from '../recorded/sketch';
import { examplesOf, webhookMessage } from './examples';

/** A message that the rows of a form can be picked from. */
export interface Sample extends Sketch {
    /** The node that it came from; for `arrived` the one that it came to. */
    readonly from: string;
    /** `arrived`: it came into the node itself; `pinned`, `event`: of a webhook in; `answer`: what a node last sent; `example`: made up. */
    readonly kind: 'arrived' | 'pinned' | 'event' | 'answer' | 'example';
    /** What people call a pinned one. */
    readonly name?: string | undefined;
    /** Its kind of event. */
    readonly event?: string | undefined;
    /** In milliseconds. */
    readonly at?: number | undefined;
}

/** How many of the latest events of a webhook in, and how many pinned ones, are offered. */
const [latest, mostPinned] = [6, 20];

/**
 * What there is to pick from for a node behind some others: what came into it last, what each of them has sent, and an
 * example of each. Without `whole` the examples alone: the others are customers' words.
 */
export function samplesFor(RED: NodeAPI, given: Readonly<Record<string, unknown>>, whole: boolean): Sample[] {
    const node = String(given.node ?? '');
    const arrived = whole ? recordedOf(RED).of(node, 'in') : undefined;
    const before = [given.sources ?? []].flat().map(object).slice(0, 20);
    return [
        ...(arrived ? [{ from: node, kind: 'arrived' as const, ...arrived }] : []),
        ...before.flatMap((source) => {
            const [from, type] = [String(source.id), String(source.type)];
            const real = whole ? realOf(RED, from, type) : [];
            const made = examplesOf(type, object(source.config));
            const examples = real.length > 0 ? made.slice(0, 1) : made;
            return [
                ...real,
                ...examples.map(({ event, msg }) => ({ from, kind: 'example' as const, event, ...sketchOf(msg) })),
            ];
        }),
    ];
}

function realOf(RED: NodeAPI, from: string, type: string): Sample[] {
    if (type !== 'missive-webhook-in') {
        const answer = recordedOf(RED).of(from, 'out');
        return answer ? [{ from, kind: 'answer', ...answer }] : [];
    }
    const pinned = pinnedOf(RED)
        .of(from)
        .toReversed()
        .slice(0, mostPinned)
        .map(({ name, at, payload }): Sample => {
            const msg = webhookMessage(payload);
            return { from, kind: 'pinned', name, at, event: eventIn(msg), ...sketchOf(msg) };
        });
    const events: Sample[] = [];
    for (const { body, facts, fate, at } of activityOf(RED).events(from)) {
        const payload = fate === 'unsigned' || fate === 'unreadable' ? undefined : parseBody(body);
        if (!payload || events.length === latest) continue;
        const msg = webhookMessage(payload, facts);
        events.push({ from, kind: 'event', at, event: eventIn(msg), ...sketchOf(msg) });
    }
    return [...pinned, ...events];
}

const eventIn = ({ topic }: Readonly<Record<string, unknown>>): string | undefined =>
    typeof topic === 'string' ? topic : undefined;

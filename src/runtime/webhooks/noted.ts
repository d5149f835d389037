import { type Event, eventOf, parseBody } from '../../missive/events/event';
import type { Activity, EventEntry, Fate } from '../activity/activity';
import type { Delivery, Receiving, Reply, Step } from './delivery';
import { answer } from './steps/answer';
import { empty } from './steps/empty';
import { filter } from './steps/filter';
import { gate } from './steps/gate';
import { intoFlow } from './steps/into-flow';
import { knownRule } from './steps/known-rule';
import { meaning } from './steps/meaning';
import { parse } from './steps/parse';
import { seen } from './steps/seen';

/** What has become of a delivery where one of these steps answers; all others refuse it, and Missive sends it again. */
const fates = new Map<Step, Fate>([
    [gate, 'unsigned'],
    [parse, 'unreadable'],
    [knownRule, 'repetition'],
    [filter, 'filtered'],
    [seen, 'repetition'],
    [meaning, 'loop'],
    [intoFlow, 'flow'],
]);

/** So many characters of a kind of event, or of an id. */
const mostName = 100;

/** Notes the deliveries of a node for the editor. Missive's check on saving a rule is no event. */
export const noter =
    (activity: Activity, { node, account, keeps }: Pick<Receiving, 'node' | 'account' | 'keeps'>) =>
    (delivery: Delivery, step: Step, reply: Reply | undefined): void => {
        if (step === empty) return;
        if (step === answer) {
            // Noted when it went into the flow; with a 200 it is the flow's, unless the flow was asked.
            if (reply?.status !== 200) activity.settled(delivery.id, 'failed');
            else if (delivery.waited) activity.settled(delivery.id, 'done');
            return;
        }
        const { id, body, facts, waited, unwanted } = delivery;
        const event = step === gate ? saidIn(body) : delivery.event;
        const entry: Writable<EventEntry> = {
            at: Date.now(),
            node: node.id,
            account: account?.id,
            // Of what is not signed anything may be said: no more than a name is kept of it beside the body.
            event: String(event.event).slice(0, mostName),
            delivery: id,
            body,
            facts,
            conversation: event.conversation === undefined ? undefined : String(event.conversation).slice(0, mostName),
            fate: fates.get(step) ?? 'refused',
        };
        if (reply?.error !== undefined) entry.why = reply.error;
        if (unwanted !== undefined) entry.unwanted = unwanted;
        if (keeps || waited) entry.followed = true;
        if (facts.replayed === true || facts.missed === true) entry.replayed = true;
        activity.event(entry);
    };

type Writable<T> = { -readonly [P in keyof T]: T[P] };

/** What is not signed is not parsed on its way; the editor shows what it says of itself. */
function saidIn(body: Buffer): Pick<Event, 'event' | 'conversation'> {
    const said = parseBody(body);
    return said ? eventOf(said) : { event: '', conversation: undefined };
}

import type { NodeAPI } from 'node-red';
import { eventOf, parseBody } from '../../missive/events/event';
import { object } from '../../missive/events/event-filter';
import type { Account } from '../account';
import { activityOf, type EventEntry } from '../activity/activity';
import { pinnedOf } from '../activity/pinned';
import type { Kept } from '../inbox/kept';
import { troublesOf } from '../troubles/troubles';
import { webhooks } from '../webhooks/webhooks';

type Json = Readonly<Record<string, unknown>>;
type Stored = Json & { readonly id: string; readonly type: string; readonly z?: string };

/** What the editor shows of all accounts, calls and events. `whole`: with customers' words, for who may change flows. */
export function activityState(RED: NodeAPI, whole: boolean) {
    const activity = activityOf(RED);
    const stored = storedNodes(RED);
    const hooks = stored.filter(({ type }) => type === 'missive-webhook-in');
    const named = (id: string) => {
        const { type, name, z, path }: Json = stored.find((each) => each.id === id) ?? {};
        return { id, type, name: name || path || undefined, z };
    };
    return {
        ...{ revision: activity.revision, may: whole ? 'write' : 'read', now: Date.now() },
        troubles: troublesOf(RED),
        accounts: stored.filter(({ type }) => type === 'missive-config').map((each) => accountState(RED, each)),
        nodes: Object.fromEntries(
            stored.filter(({ type }) => type.startsWith('missive-')).map(({ id }) => [id, named(id)]),
        ),
        calls: activity.calls().map(({ what: { to, ...what }, query: _, ...call }) => ({
            ...call,
            path: whole ? call.path : call.path.split('?')[0],
            // What the guard or Missive says may name a customer.
            ...(call.error !== undefined && { error: whole ? call.error : (call.code ?? 'error') }),
            what: whole && to !== undefined ? { ...what, to } : what,
        })),
        hooks: hooks.map(({ id }) => ({
            ...named(id),
            events: activity.events(id).map((event) => eventRow(event, whole)),
            stopped: (webhooks(RED)?.of(id)?.stopped() ?? []).map((kept) => stoppedRow(kept, whole)),
            ...(whole && {
                pinned: pinnedOf(RED)
                    .of(id)
                    .map(({ payload: _, ...pinned }) => pinned),
            }),
        })),
    };
}

function storedNodes(RED: NodeAPI): Stored[] {
    const found: Stored[] = [];
    RED.nodes.eachNode((each) => found.push(each as unknown as Stored));
    return found.filter(({ d }) => d !== true);
}

function accountState(RED: NodeAPI, { id, name }: Stored) {
    const account = RED.nodes.getNode(id) as Account | null;
    const facts = {
        ...{ id, name: name || undefined, practice: account?.sandbox !== undefined },
        ...{ dry: account?.dry === true, paused: account?.pause.on === true },
    };
    try {
        const limiter = account?.client().limiter;
        return { ...facts, limiter: limiter?.state(), backlogs: limiter?.backlogs() };
    } catch (error) {
        return { ...facts, trouble: error instanceof Error ? error.message : String(error) };
    }
}

function eventRow(
    { body, facts: _, delivery: __, account: ___, failed, ...event }: EventEntry & { readonly number: number },
    whole: boolean,
) {
    // What a node says of its failure may repeat a customer's words.
    const shown = failed && (whole ? failed : { node: failed.node });
    const row = { ...event, ...(shown && { failed: shown }) };
    return whole ? { ...row, ...peopleIn(parseBody(body) ?? {}), bytes: body.length } : row;
}

/** A kept event that has failed too often. */
function stoppedRow({ id, at, body, failures }: Kept, whole: boolean) {
    const payload = parseBody(body) ?? {};
    return { id, at, failures, event: String(eventOf(payload).event), ...(whole && peopleIn(payload)) };
}

/** Who and what about, in a line: the sender and the subject, as people know an event. */
function peopleIn(payload: Json): { readonly who?: string; readonly subject?: string } {
    const message = object(payload.message ?? payload.latest_message);
    const comment = object(payload.comment);
    const from = object(message.from_field);
    const conversation = object(payload.conversation);
    const [author] = [conversation.authors ?? []].flat();
    const { name, address, phone_number, username } = { ...object(author), ...from, ...object(comment.author) };
    const who = [name, address, phone_number, username].find((each) => typeof each === 'string' && each !== '');
    const subject = [message.subject, conversation.subject, conversation.latest_message_subject].find(
        (each) => typeof each === 'string' && each !== '',
    );
    return {
        ...(who !== undefined && { who: String(who) }),
        ...(subject !== undefined && { subject: String(subject) }),
    };
}

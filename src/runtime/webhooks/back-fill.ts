import { setTimeout as pause } from 'node:timers/promises';
import type { Filter } from '../../missive/events/event-filter';
import { type Absence, type Missed, missedEvents, mostConversations } from '../../missive/events/missed';
import type { Account } from '../account';
import type { States } from './memory/memory';
import type { Presence } from './memory/presence';

/** After a failure, in milliseconds. */
const again = 60_000;

/** What a node needs to catch up with what it has missed. */
interface Circumstances {
    readonly node: string;
    readonly account: Account;
    readonly presence: Presence;
    readonly states: States | undefined;
    readonly filter: Filter;
    readonly signal: AbortSignal;
    readonly warn: (text: string) => void;
    /** Lets an event in as if a webhook had brought it. */
    readonly admit: (missed: Missed) => Promise<void>;
}

/** Lets in what was missed while Node-RED was away for longer than Missive delivers again; tries until that is done. */
export async function backFill(given: Circumstances): Promise<void> {
    given.presence.read();
    await untilDone(given);
}

async function untilDone(given: Circumstances): Promise<void> {
    const { presence, signal, warn } = given;
    while (!signal.aborted) {
        try {
            await catchUp(given);
            if (!signal.aborted) presence.start(() => void untilDone(given));
            return;
        } catch (error) {
            if (signal.aborted) return;
            warn(`What was missed could not be fetched: ${error instanceof Error ? error.message : error}`);
        }
        await pause(again, undefined, { signal, ref: false }).catch(() => undefined);
    }
}

async function catchUp({ node, account, presence, states, filter, signal, warn, admit }: Circumstances): Promise<void> {
    const since = presence.missedFrom;
    if (since === undefined || Object.keys(presence.rules).length === 0) return;
    await states?.open();
    const absence: Absence = {
        ...{ since: Math.floor(since / 1000), rules: presence.rules, mailbox: mailboxOf(filter) },
        stateOf: states && ((conversation) => states.of(conversation)),
    };
    const client = account.client();
    const send = (call: Parameters<typeof client.send>[0]) => client.send(call, { node, priority: 'low', signal });
    const { events, cut } = await missedEvents(send, absence);
    if (cut === 'paging')
        warn(
            'Missive gave the same page again and again, or cut off the rows of one second, so nobody can tell whether older events were missed: look through the conversations since then.',
        );
    if (cut === 'many')
        warn(
            `More than ${mostConversations} conversations were active meanwhile: only the newest were looked through.`,
        );
    for (const missed of events) if (!signal.aborted) await admit(missed);
}

/** The narrowest mailbox that has all that a filter wants. */
function mailboxOf({ teams, labels, organizations }: Filter): Record<string, unknown> {
    const [team, label, organization] = [teams, labels, organizations].map((list) =>
        list.length === 1 ? list[0] : undefined,
    );
    if (label !== undefined) return { shared_label: label };
    if (team !== undefined) return { team_all: team };
    return { all: true, ...(organization !== undefined && { organization }) };
}

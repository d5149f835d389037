import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { NodeAPI } from 'node-red';
import type { Call } from '../../missive/call';
import { directoryOf } from '../../missive/names/directory';
import { conversationId } from '../../missive/reading/conversation-link';
import { type Account, deployedAccount } from '../account';
import { activityOf } from '../activity/activity';
import { translate } from '../translate';
import { fileOf } from '../user-folder';
import { type Trouble, troublesOf } from './troubles';

/** Nobody is told more often than this, in milliseconds. */
const hour = 3_600_000;
/** How soon after a change it is looked whether something is wrong. */
const soon = 5_000;

/** What another Node-RED or a colleague who has the same path knows himself. */
const quiet: readonly Trouble['what'][] = ['owner', 'path', 'account'];

type Team = NonNullable<Account['team']>;
type Place = Team & { readonly organization?: string };

const watched = new WeakSet<object>();

/**
 * Tells the team of each account that asks for it, in Missive, when something is wrong that was not before: at most once
 * an hour, over restarts.
 */
export function watchTroubles(RED: NodeAPI): void {
    if (watched.has(RED.events)) return;
    watched.add(RED.events);
    const told = new Map<string, Set<string>>();
    const later = new Map<string, NodeJS.Timeout>();
    let waiting = false;
    const look = () => {
        waiting = false;
        const troubles = troublesOf(RED).filter(({ what }) => !quiet.includes(what));
        for (const id of accountsWithTeam(RED)) {
            const own = troubles.filter(({ account }) => account === id);
            const wait = considered(RED, id, own, told);
            clearTimeout(later.get(id));
            if (wait !== undefined) later.set(id, setTimeout(lookSoon, wait).unref());
        }
    };
    const lookSoon = () => {
        if (waiting) return;
        waiting = true;
        setTimeout(look, soon).unref();
    };
    activityOf(RED).onChange(lookSoon);
}

function accountsWithTeam(RED: NodeAPI): readonly string[] {
    const ids: string[] = [];
    RED.nodes.eachNode(({ id, type }) => {
        if (type === 'missive-config' && deployedAccount(RED, id)?.team) ids.push(id);
    });
    return ids;
}

/** Tells what is new among an account's troubles, or says in how many milliseconds that may be. */
function considered(
    RED: NodeAPI,
    id: string,
    troubles: readonly Trouble[],
    told: Map<string, Set<string>>,
): number | undefined {
    const known = told.get(id) ?? new Set<string>();
    const keys = new Map(troubles.map((each) => [`${each.what} ${each.node ?? ''}`, each]));
    // What is over is news when it comes again.
    told.set(id, new Set([...known].filter((key) => keys.has(key))));
    const isNews = [...keys.keys()].some((key) => !known.has(key));
    const account = deployedAccount(RED, id);
    if (!isNews || !account?.team) return undefined;
    // A clock that was put back would make it longer.
    const wait = Math.min(hour, lastOf(RED, id) + hour - Date.now());
    if (wait > 0) return wait;
    told.set(id, new Set(keys.keys()));
    remember(RED, id);
    void tell(RED, account, account.team, troubles).catch((error: Error) =>
        account.warn(`The team could not be told in Missive: ${error.message}`),
    );
    return undefined;
}

async function tell(RED: NodeAPI, account: Account, team: Team, troubles: readonly Trouble[]): Promise<void> {
    const place = team.team === undefined ? team : await placeOf(account, team.team);
    await account.client().send(callTo(RED, place, account, troubles), { node: account.id, priority: 'high' });
}

/** A team by its id or name, with its organization: a task is of that one, whatever the account's default is. */
async function placeOf(account: Account, named: string): Promise<Place> {
    const client = account.client();
    const turn = { node: 'missive-directory', priority: 'high' } as const;
    const teams = await directoryOf(client.limiter)
        .list('team', (call) => client.send(call, turn))
        .catch(() => []);
    const found =
        teams.find(({ id }) => id === named) ?? teams.find(({ name, short }) => named === name || named === short);
    return { team: found?.id ?? named, organization: found?.organization ?? account.organization };
}

/** A post in a conversation, or a task of a team. */
function callTo(
    RED: NodeAPI,
    { conversation: named, team, organization }: Place,
    account: Account,
    troubles: readonly Trouble[],
): Call {
    const name = account.name ? ` (${account.name})` : '';
    const title = `Node-RED${name}: ${translate(RED, 'team.title', 'something is wrong', {})}`;
    const lines = troubles.map((each) => `• ${sentence(RED, each)}`);
    const text = lines.join('\n').slice(0, 8000);
    if (named !== undefined) {
        const conversation = conversationId(named);
        const notification = { title, body: lines.length === 1 ? (lines[0] ?? '').slice(2) : `${lines.length}` };
        return {
            method: 'POST',
            path: '/posts',
            body: { posts: { conversation, text, notification, username: 'Node-RED' } },
        };
    }
    return {
        method: 'POST',
        path: '/tasks',
        body: { tasks: { title, description: text, team, ...(organization && { organization }) } },
    };
}

function sentence(RED: NodeAPI, { what, node, count = 0 }: Trouble): string {
    const { name = '' } = (node === undefined ? undefined : RED.nodes.getNode(node)) ?? {};
    const text = translate(RED, `team.${what}`, what, { number: count });
    return name ? `${name}: ${text}` : text;
}

/** When the team was last told, in milliseconds. */
function lastOf(RED: NodeAPI, id: string): number {
    try {
        return statSync(fileOf(RED, 'told', id)).mtimeMs;
    } catch {
        return Number.NEGATIVE_INFINITY;
    }
}

function remember(RED: NodeAPI, id: string): void {
    const file = fileOf(RED, 'told', id);
    try {
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(file, new Date().toISOString());
    } catch {
        // A failing disk is told by whoever needs it.
    }
}

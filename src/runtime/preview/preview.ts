import type { NodeAPI, NodeMessage } from 'node-red';
import type { Answer, Call, Turn } from '../../missive/call';
import { MissiveError } from '../../missive/errors';
import { object } from '../../missive/events/event-filter';
import { gateOf } from '../../missive/guard/guard';
import { pagesOf } from '../../missive/lists/listing';
import { operationOf } from '../../missive/operations/family';
import type { Fields, Input } from '../../missive/operations/fields';
import type { Operation } from '../../missive/operations/operation';
import { countryOf } from '../../missive/reading/phone';
import type { Client } from '../../missive/wire/client';
import { requestOf } from '../../missive/wire/request';
import { filesFolder } from '../files-folder';
import { migrated } from '../migrations';
import { declared } from '../operations/declared';
import { readInput, sourcesOf } from '../operations/input';
import { perform, readied } from '../operations/perform';
import { type Config, chosenIn } from '../operations/start';
import { type Counts, GuardCounts } from './guard-counts';
import { type ShownCall, shownCall } from './shown-call';
import { standInFor } from './stand-in-node';

/** What a node would send. */
export interface Preview {
    readonly calls: readonly ShownCall[];
    /** What was looked up by its name: the text and the id. */
    readonly names: readonly (readonly [string, string])[];
    /** Where messages would leave and the account has a bound. */
    readonly guard?: Counts;
    readonly error?: { readonly code?: string; readonly message: string };
}

type Given = Readonly<Record<string, unknown>>;
/** The account as the editor has it, and who may ask for it. */
export type Asking = Given & { readonly client: Client };

/** The call would go out now. */
class Enough extends Error {}

/**
 * What an operation's node would send with a message: read, checked, looked up and guarded by the very code that would
 * send it. Nothing but a GET leaves, for names and for what is there already.
 */
export async function previewOf(RED: NodeAPI, given: Given, asking: Asking): Promise<Preview> {
    const calls: ShownCall[] = [];
    const names: (readonly [string, string])[] = [];
    const guard = new GuardCounts(RED, guardIn(asking));
    const found = (error?: unknown): Preview => ({
        ...{ calls, names },
        ...(guard.counts && { guard: guard.counts }),
        ...(error !== undefined && { error: wordsOf(error) }),
    });
    try {
        const type = String(given.type);
        const declaration = declared(type);
        if (!declaration) throw new Error(`There is no preview of ${type}.`);
        const variables = [given.variables ?? []].flat().map(object);
        const edited = { id: String(given.id ?? ''), z: String(given.z ?? ''), inSubflow: given.subflow === true };
        const node = standInFor(RED, { ...edited, variables });
        const config = withVariables(RED, node, migrated(type, object(given.config) as Config));
        const op = operationOf(declaration, config.resource);
        const settings = chosenIn(declaration, config);
        const { country } = countryOf(asking.country);
        const msg = RED.util.cloneMessage(object(given.msg) as NodeMessage);
        const input = await readInput(RED, node, sourcesOf(op, config), msg, country);
        const stop = new AbortController();
        const folder = () => filesFolder(RED, asking.files);
        const occasion = { node: edited.id, delivery: undefined, part: '', heard: () => false, onWire() {} };
        const own = { signal: stop.signal, country, folder, occasion };
        const turn = { node: 'missive-preview', priority: 'high' as const, ...own };
        const client = clientOf(op, asking, calls, guard, country);
        const account = { client: () => client, organization: textOf(asking.organization), from: textOf(asking.from) };
        const ready = await readied(op, settings, account, input, turn);
        names.push(...lookedUp(input, ready));
        client.ready();
        if (op.pages) for await (const _ of pagesOf(op, ready, (call) => client.send(call, turn))) break;
        // One that reads might write a file.
        else if (op.method !== 'GET' || !op.run || op.envelope === '') await perform(op, settings, client, ready, turn);
        return found();
    } catch (error) {
        return found(error instanceof Enough ? undefined : error);
    }
}

/** The words of an account that cannot be asked: a refusal like any other. */
export const withoutAccount = (error: unknown): Preview => ({ calls: [], names: [], error: wordsOf(error) });

const wordsOf = (error: unknown) => ({
    ...(error instanceof MissiveError && { code: error.code }),
    message: error instanceof Error ? error.message : String(error),
});

/** A property of the account; one that names an environment variable is its value. */
function textOf(value: unknown): string {
    const text = typeof value === 'string' ? value.trim() : '';
    const name = /^\$\{([^}]+)\}$/.exec(text)?.[1];
    return name === undefined ? text : (process.env[name] ?? '').trim();
}

/** What the account's guard says, with the values of its environment variables. */
const guardIn = (given: Given) => {
    const filled = (key: string) => (typeof given[key] === 'string' ? textOf(given[key]) : given[key]);
    return {
        ...{ account: given.account, send_to: filled('send_to') },
        ...{ send_per_hour: filled('send_per_hour'), send_per_day: filled('send_per_day') },
    };
};

/** Lets through what an operation has to know before it can say what it sends; everything else is put down instead. */
function clientOf(
    op: Operation,
    { client, ...account }: Asking,
    calls: ShownCall[],
    guard: GuardCounts,
    country: string | undefined,
) {
    const gate = gateOf({ ...guardIn(account), dry: true, country }, () => {
        throw new Error('Nothing leaves.');
    });
    let isReady = false;
    return {
        limiter: client.limiter,
        bounds: client.bounds,
        address: () => client.address(),
        ready() {
            isReady = true;
        },
        async send(call: Call, turn: Turn): Promise<Answer> {
            const looks = !isReady || turn.node === 'missive-directory' || op.method !== 'GET';
            if (call.method === 'GET' && looks) return client.send(call, turn);
            calls.push(shownCall(call));
            requestOf(call, 'preview');
            await gate?.pass(call);
            await guard.check(call);
            if (call.method === 'GET') throw new Enough();
            return { status: 0, body: undefined, attempts: 0, waited: 0, dry: true };
        },
    };
}

/** The texts that became ids, each with its id. */
function lookedUp(given: Input<Fields>, ready: Input<Fields>): (readonly [string, string])[] {
    return Object.entries(ready).flatMap(([key, value]) => {
        const [before, after] = [[given[key]].flat(), [value].flat()] as [unknown[], unknown[]];
        if (before.length !== after.length) return [];
        return before.flatMap((text, place) => {
            const id = after[place];
            const isName = typeof text === 'string' && typeof id === 'string' && text !== id;
            return isName && /^[\w-]{8,}$/.test(id) ? [[text, id] as const] : [];
        });
    });
}

/** Node-RED fills in what names a variable when it makes a node. */
function withVariables(
    RED: NodeAPI,
    node: Parameters<NodeAPI['util']['evaluateNodeProperty']>[2],
    config: Config,
): Config {
    const filled = Object.entries(config).map(([key, value]) => {
        const name = typeof value === 'string' ? /^\$\{([^}]+)\}$/.exec(value)?.[1] : undefined;
        return [key, name === undefined ? value : RED.util.evaluateNodeProperty(name, 'env', node, {})];
    });
    return Object.fromEntries(filled) as Config;
}

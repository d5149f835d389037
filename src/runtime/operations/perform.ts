import type { Answer, Turn } from '../../missive/call';
import { inputError, MissiveError } from '../../missive/errors';
import { withFiles } from '../../missive/files/files';
import { directoryOf, usualAge } from '../../missive/names/directory';
import { type LookUp, withIds } from '../../missive/names/names';
import { callOf, isSeveral, payloadOf } from '../../missive/operations/envelope';
import type { Fields, Input } from '../../missive/operations/fields';
import type { Missive, Operation, Outcome } from '../../missive/operations/operation';
import { wouldBe } from '../../missive/operations/would-be';
import type { Client } from '../../missive/wire/client';
import type { Account } from '../account';
import { type Occasion, once } from './once';

/** The turn of one message; an operation that waits of its own accord ends with its signal. */
export type OwnTurn = Turn & {
    readonly signal: AbortSignal;
    readonly country?: string | undefined;
    readonly folder: () => string;
    readonly occasion: Occasion;
};

/** Who sends an operation's calls. */
export type Sender = Pick<Client, 'send' | 'limiter' | 'bounds' | 'address'>;

/** What an operation takes from its account. */
export interface Means extends Pick<Account, 'organization' | 'from'> {
    readonly client: () => Sender;
}

/** What an operation's own steps may use. */
const missiveOf = (op: Operation, client: Sender, turn: OwnTurn): Missive => ({
    bounds: client.bounds,
    country: turn.country,
    send: async (call) => {
        const send = (more: Partial<Turn>) => client.send(call, { ...turn, ...more });
        const answer = await (op.harmless ? send({}) : once(call, turn.occasion, send));
        return answer.dry ? { ...answer, body: wouldBe(op, call) } : answer;
    },
    shared: client.limiter,
    signal: turn.signal,
    places: { folder: turn.folder, home: () => client.address() },
    spent: () => client.limiter.state(),
    owner: async () => (await lookUpOf(client)('user', usualAge)).find(({ me }) => me),
});

/**
 * The input as it goes out: with the default organization, checked, with ids in the place of names, with its files,
 * those given by path from the account's folder.
 */
export async function readied(
    op: Operation,
    settings: Readonly<Record<string, string>>,
    account: Means,
    given: Input<Fields>,
    turn: OwnTurn,
): Promise<Input<Fields>> {
    const client = account.client();
    const filled = withSender(op, account, withOrganization(op, account, given));
    const prepared = await prepare(op, client, filled, settings, turn);
    const wrong = op.check?.(prepared);
    if (wrong) throw inputError(wrong);
    // After the check: what cannot be sent costs no request for a name, and fetches no file.
    const found = await withIds(op.fields, prepared, lookUpOf(client));
    const adjusted = op.adjust?.(found) ?? found;
    return withFiles(op.fields, adjusted, { folder: turn.folder, home: () => client.address(), signal: turn.signal });
}

/** What has to be fetched before the check; it may be asked for by organization, whose name is looked up for it. */
async function prepare(
    op: Operation,
    client: Sender,
    input: Input<Fields>,
    settings: Readonly<Record<string, string>>,
    turn: OwnTurn,
): Promise<Input<Fields>> {
    const { organization } = op.fields;
    if (!op.prepare) return input;
    const found = organization ? await withIds({ organization }, input, lookUpOf(client)) : input;
    return op.prepare(found, missiveOf(op, client, turn), settings);
}

/** Sends the call of an operation, or lets it send its own. */
export async function perform(
    op: Operation,
    settings: Readonly<Record<string, string>>,
    client: Sender,
    input: Input<Fields>,
    turn: OwnTurn,
): Promise<Outcome> {
    const missive = missiveOf(op, client, turn);
    if (op.run) return op.run(input, missive, settings);
    const call = callOf(op, input);
    const answer = await missive.send(call).catch((cause: unknown) => unlessFine(op, cause));
    return { call, answer, payload: payloadOf(op, answer, isSeveral(input)) };
}

/** A 404 that means something of its own to the operation. */
function unlessFine({ missing }: Operation, cause: unknown): Answer {
    const isMissing = cause instanceof MissiveError && cause.code === 'ERR_MISSIVE_NOT_FOUND';
    if (!isMissing || missing === undefined) throw cause;
    const { status = 404, attempts = 1, details } = cause;
    if (missing === 'fine') return { status, attempts, body: undefined, waited: 0 };
    throw new MissiveError('ERR_MISSIVE_NOT_FOUND', missing.says, { status, attempts, details });
}

/** Lists are loaded ahead of what flows send, and for all nodes together: one that stops must not end it for the others. */
const lookUpOf =
    (client: Sender): LookUp =>
    (resource, age) => {
        const turn = { node: 'missive-directory', priority: 'high' } as const;
        return directoryOf(client.limiter).list(resource, (call) => client.send(call, turn), age);
    };

/** The account's default organization stands where the operation has such a field and it came out blank. */
const withOrganization = (op: Operation, account: Means, input: Input<Fields>): Input<Fields> =>
    'organization' in op.fields &&
    input.organization === undefined &&
    account.organization !== '' &&
    (op.takesDefault?.(input) ?? true)
        ? { ...input, organization: account.organization }
        : input;

/** So does the account's default sender, as if it stood in the row. */
function withSender(op: Operation, account: Means, input: Input<Fields>): Input<Fields> {
    const field = op.fields.from_field;
    if (!field || !account.from || input.from_field !== undefined || !op.takesSender?.(input)) return input;
    try {
        const from_field = field.parse(account.from);
        if (typeof from_field === 'object' && from_field !== null && 'address' in from_field)
            return { ...input, from_field };
        throw new TypeError('should be an e-mail address, as only e-mail takes it');
    } catch (cause) {
        const why = cause instanceof Error ? cause.message : String(cause);
        throw inputError(`The account's default sender (from) ${why}.`);
    }
}

import type { Node, NodeAPI } from 'node-red';
import { inputError } from '../../missive/errors';
import { listKinds } from '../../missive/lists/list-kinds';
import { watchedParameters } from '../../missive/lists/watched-parameters';
import { directoryOf } from '../../missive/names/directory';
import { withIds } from '../../missive/names/names';
import { callOf } from '../../missive/operations/envelope';
import type { Operation } from '../../missive/operations/operation';
import type { Account } from '../account';
import { readInput, sourcesIn } from '../operations/input';
import type { Query } from './watched';

/** What a node asks: the query with ids in place of names, and what it is known by from one start to the next. */
export interface Question {
    query(): Promise<Query>;
    readonly name: string;
}

type Config = Readonly<Record<string, unknown>>;

/** The question of a node, from its properties; throws `ERR_MISSIVE_INPUT` for a kind of things that nobody watches. */
export function questionOf(RED: NodeAPI, node: Node, config: Config, account: Account): Question {
    const resource = String(config.resource ?? 'contacts');
    const kind = listKinds[resource];
    if (!kind) throw inputError(`Nobody can watch ${resource}.`);
    const op = { ...kind, fields: watchedParameters(kind) } as unknown as Operation;
    // There is no message to read from.
    const sources = sourcesIn(RED, node, op, { ...config, fields: 'rows' });
    const lasting = sources.filter(({ field, type }) => type !== 'none' && field.kind !== 'moment');
    const asked = lasting.map(({ key, type, value }) => [key, type, value]);
    // The practice inbox begins anew with each start of Node-RED.
    const place = account.sandbox ? account.sandbox.token : account.place;
    return {
        name: JSON.stringify([account.id, place, resource, asked]),
        async query() {
            const input = await readInput(RED, node, sources, {}, account.country);
            const { organization } = op.fields;
            const given = organization && input.organization === undefined && account.organization !== '';
            const filled = given ? { ...input, organization: account.organization } : input;
            const wrong = op.check?.(filled);
            if (wrong) throw inputError(wrong);
            const client = account.client();
            const turn = { node: node.id, priority: 'low' } as const;
            const found = await withIds(op.fields, filled, (list, age) =>
                directoryOf(client.limiter).list(list, (call) => client.send(call, turn), age),
            );
            return { ...callOf(op, found).query };
        },
    };
}

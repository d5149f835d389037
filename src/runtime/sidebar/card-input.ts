import type { Node, NodeAPI, NodeMessage } from 'node-red';
import { cardParts } from '../../missive/cards/card';
import { inputError } from '../../missive/errors';
import { evaluate, saidBy } from '../operations/input';

type Config = Readonly<Record<string, unknown>>;

/** What a sidebar card node may set, by the names of its properties. */
export const cardFields = [...cardParts, 'card'] as const;
type CardField = (typeof cardFields)[number];

interface Source {
    readonly field: CardField;
    readonly type: string;
    readonly value: unknown;
    /** The flow file says where it comes from. */
    readonly chosen: boolean;
}

/** Where each part of the card comes from; what the flow file says nothing of reads `msg.payload.<name>`. */
export const cardSources = (config: Config): Source[] =>
    cardFields.map((field) => {
        const [value, type] = [config[field], config[`${field}Type`]];
        const absent = value === undefined && type === undefined;
        if (absent && config.fields === 'rows') return { field, type: 'none', value: '', chosen: false };
        if (absent) return { field, type: 'msg', value: `payload.${field}`, chosen: false };
        const chosen = !(type === 'msg' && value === `payload.${field}`);
        return { field, type: typeof type === 'string' && type !== '' ? type : 'str', value, chosen };
    });

/** The card that a node makes for a message: the ready-made one, under what the node sets itself. */
export async function cardInput(
    RED: NodeAPI,
    node: Node,
    sources: readonly Source[],
    msg: NodeMessage,
): Promise<unknown> {
    const found = new Map<CardField, unknown>();
    for (const { field, type, value } of sources) {
        const read = await readSource(RED, node, { type, value }, msg).catch((cause: unknown) => {
            throw inputError(`card.${field} cannot be read: ${saidBy(cause)}.`);
        });
        if (read !== undefined && read !== null && read !== '') found.set(field, read);
    }
    const card = found.get('card');
    found.delete('card');
    if (card !== undefined) {
        // Payload that came along with a ready-made card is no part of it.
        const own = [...found].filter(([field]) => sources.some((each) => each.field === field && each.chosen));
        return own.length === 0 || typeof card !== 'object' ? card : { ...card, ...Object.fromEntries(own) };
    }
    if ([...found.keys()].every((field) => field === 'keep' || field === 'tone'))
        throw inputError('There is nothing to draw: none of the parts of a card has a value, from title to effects.');
    return Object.fromEntries(found);
}

/** A source as TypedInputs have them, or `parts`: a list or an object whose own values are such sources. */
async function readSource(
    RED: NodeAPI,
    node: Node,
    { type, value }: { readonly type: string; readonly value: unknown },
    msg: NodeMessage,
): Promise<unknown> {
    if (type !== 'parts') return evaluate(RED, node, { type, value }, msg);
    return readParts(RED, node, typeof value === 'string' && value !== '' ? JSON.parse(value) : value, msg);
}

async function readParts(RED: NodeAPI, node: Node, given: unknown, msg: NodeMessage): Promise<unknown> {
    if (Array.isArray(given)) return Promise.all(given.map((each) => readParts(RED, node, each, msg)));
    if (typeof given !== 'object' || given === null) return given;
    const stored = given as Config;
    const entries = Object.keys(stored)
        .filter((key) => !(key.endsWith('Type') && key.slice(0, -4) in stored))
        .map(async (key) => {
            const [value, type] = [stored[key], stored[`${key}Type`]];
            const read =
                typeof type === 'string'
                    ? await readSource(RED, node, { type, value }, msg)
                    : await readParts(RED, node, value, msg);
            return [key, read] as const;
        });
    return Object.fromEntries(await Promise.all(entries));
}

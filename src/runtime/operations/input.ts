import type { Node, NodeAPI, NodeMessage } from 'node-red';
import { inputError, MissiveError } from '../../missive/errors';
import type { Field, Fields, Input } from '../../missive/operations/fields';
import { parseMoment } from '../../missive/operations/moment';
import { type Operation, propertyOf } from '../../missive/operations/operation';
import { isVariable } from '../connection';
import { withVariables } from '../variables';

/** Where a field of one node comes from: a TypedInput's type and value. */
export interface Source {
    readonly key: string;
    readonly field: Field;
    readonly type: string;
    readonly value: unknown;
    /** What the row picks out, where the node has such a row: it may not come out blank. null is a value that is sent. */
    readonly aims?: readonly string[] | undefined;
}

/**
 * The sources of a node's fields. A field that the flow file says nothing of reads `msg.payload.<API name>`, or is left
 * out where the node's fields are `rows`: what it sets itself. One stored without its type is the value itself.
 */
export const sourcesOf = (
    op: Pick<Operation, 'fields' | 'resource'>,
    config: Readonly<Record<string, unknown>>,
): Source[] => {
    const isOnly = config.fields === 'rows';
    return Object.entries(op.fields).map(([key, field]) => {
        const property = propertyOf(op, key);
        const value = config[property];
        const type = config[`${property}Type`];
        if (value === undefined && type === undefined)
            return { key, field, type: isOnly || field.unset ? 'none' : 'msg', value: `payload.${key}` };
        const source = { key, field, type: typeof type === 'string' && type !== '' ? type : 'str', value };
        // What 0.1.0 has saved goes on as it did.
        const isRow =
            isOnly && field.aims !== undefined && source.type !== 'none' && value !== undefined && value !== '';
        return isRow ? { ...source, aims: field.aims } : source;
    });
};

/** The same of a node that runs: a row that says where something goes, by a variable that is blank, is no row that is left out. */
export function sourcesIn(
    RED: NodeAPI,
    node: Node,
    op: Parameters<typeof sourcesOf>[0],
    config: Readonly<Record<string, unknown>>,
): Source[] {
    // What 0.1.0 has saved goes on as it did.
    if (config.fields !== 'rows') return sourcesOf(op, config);
    const aiming = Object.entries(op.fields).flatMap(([key, { aims }]) => (aims ? propertyOf(op, key) : []));
    return sourcesOf(op, withVariables(RED, node, config, aiming));
}

/** Reads and parses the fields of a node for one message; throws `ERR_MISSIVE_INPUT` that names the field. */
export async function readInput<F extends Fields>(
    RED: NodeAPI,
    node: Node,
    sources: readonly Source[],
    msg: NodeMessage,
    country?: string,
): Promise<Input<F>> {
    const input: Record<string, unknown> = {};
    const empty: Source[] = [];
    for (const source of sources) {
        const value = await evaluate(RED, node, source, msg).catch((cause: unknown) => {
            throw inputError(`${nameOf(source)} cannot be read: ${saidBy(cause)}.`);
        });
        const isEmpty = isBlank(value) || (typeof value === 'string' && saysNothing(value, source));
        if (isEmpty && source.aims) empty.push(source);
        if ((isEmpty || value === null) && source.field.required) throw inputError(`${nameOf(source)} is missing.`);
        if (isBlank(value) || (isEmpty && source.aims)) continue;
        const parsed = value === null ? null : parse(source, value, country);
        if (Array.isArray(parsed) && parsed.length === 0 && source.field.required)
            throw inputError(`${nameOf(source)} is missing.`);
        input[source.key] = parsed;
    }
    const has = (key: string) => input[key] !== undefined && input[key] !== null && input[key] !== '';
    for (const source of empty)
        if (!sources.some(({ key, field }) => source.aims?.includes(field.aims?.[0] ?? '') && has(key)))
            throw inputError(
                `${nameOf(source)} is empty. Give it a value before this node, or take the row off: without it this would reach something else.`,
            );
    return input as Input<F>;
}

/** A variable that is not set leads nowhere. */
const saysNothing = (text: string, { aims }: Source): boolean =>
    text.trim() === '' || (aims !== undefined && isVariable(text));

/** JSONata throws plain objects with a message of their own. */
export function saidBy(cause: unknown): string {
    const said = typeof cause === 'object' && cause !== null && 'message' in cause ? cause.message : cause;
    return typeof said === 'string' ? said : String(cause);
}

/** A method of a payload that is text or a list (`payload.link`) is no value of the flow's. */
const isBlank = (value: unknown): boolean => value === undefined || value === '' || typeof value === 'function';

function parse(source: Source, value: unknown, country: string | undefined): unknown {
    try {
        return source.field.parse(value, country);
    } catch (cause) {
        if (cause instanceof MissiveError) throw cause;
        const why = cause instanceof RangeError ? 'is nested too deeply' : saidBy(cause);
        throw inputError(`${nameOf(source)} ${why}.`);
    }
}

const nameOf = ({ field, key, type, value }: Source): string =>
    type === 'msg' || type === 'flow' || type === 'global'
        ? `${field.label} (${type}.${String(value)})`
        : `${field.label} (${key})`;

/** What a TypedInput gives for a message; `undefined` where it was left blank or its path leads nowhere. */
export async function evaluate(
    RED: NodeAPI,
    node: Node,
    { type, value }: Pick<Source, 'type' | 'value'>,
    msg: NodeMessage,
): Promise<unknown> {
    if (type === 'none') return undefined;
    // A blank box of any type is a field that was left out; Node-RED would read it as 0, false or a syntax error.
    if (type !== 'date' && (value === undefined || value === '')) return undefined;
    if (typeof value !== 'string' && type !== 'date') return value;
    if (type === 'str' || type === 'pick') return value;
    const text = typeof value === 'string' ? value : '';
    const result = await new Promise<unknown>((resolve, reject) => {
        RED.util.evaluateNodeProperty(text, type, node, msg, (error: unknown, found: unknown) => {
            if (!error) return resolve(found);
            // A path that leads through nothing (`payload.title` of no payload) is a missing value, not a failure.
            return type === 'msg' && error instanceof TypeError ? resolve(undefined) : reject(error);
        });
    });
    return type === 'date' ? parseMoment(result) : result;
}

import type { Node, NodeAPI } from 'node-red';
import { isVariable } from './connection';

/** The node as it is drawn: one in an instance of a subflow has an id of its own. */
const drawnAs = (node: Node): string => (node as unknown as { readonly _alias?: string })._alias ?? node.id;

/**
 * A credential of a node; blank where none was entered. The variable itself where one was and has no text: it is not set,
 * it is blank, or it is no text. So nothing opens that was to be shut.
 */
export function credentialOf(RED: NodeAPI, node: Node, name: string): string {
    const given: unknown = (node.credentials as Readonly<Record<string, unknown>> | undefined)?.[name];
    const text = typeof given === 'string' || typeof given === 'number' ? String(given).trim() : '';
    if (text !== '') return text;
    const all: unknown = RED.nodes.getCredentials?.(drawnAs(node));
    const stored =
        typeof all === 'object' && all !== null ? (all as Readonly<Record<string, unknown>>)[name] : undefined;
    return typeof stored === 'string' && isVariable(stored) ? stored.trim() : '';
}

/** The id of the account that a node names; the variable itself where that is blank: then the account is not there. */
export function accountNamed(RED: NodeAPI, node: Node, account: unknown): string | undefined {
    const named = typeof account === 'string' && account.trim() !== '' ? account : drawnOf(RED, node).account;
    return typeof named === 'string' && (named === account || isVariable(named)) ? named : undefined;
}

/**
 * A node's properties. Those of these names that are a variable which is blank are the variable itself: an empty list of
 * whom to write to, or of which events to take, would be read as all of them.
 */
export function withVariables<C extends object>(
    RED: NodeAPI,
    node: Node,
    config: C,
    names: readonly (keyof C & string)[],
): C {
    const isSuspect = (value: unknown) => [value].flat().some((each) => typeof each === 'string' && each.trim() === '');
    if (!names.some((name) => isSuspect(config[name]))) return config;
    const drawn = drawnOf(RED, node);
    const restored = names.map((name) => [name, restore(config[name], drawn[name])] as const);
    return { ...config, ...Object.fromEntries(restored.filter(([, value]) => value !== undefined)) };
}

function restore(given: unknown, drawn: unknown): unknown {
    if (Array.isArray(given) && Array.isArray(drawn)) return given.map((each, index) => restore(each, drawn[index]));
    const isBlank = typeof given === 'string' && given.trim() === '';
    return isBlank && typeof drawn === 'string' && isVariable(drawn) ? drawn : given;
}

/** What is drawn of a node, where variables stand as such. */
function drawnOf(RED: NodeAPI, node: Node): Readonly<Record<string, unknown>> {
    let found: Readonly<Record<string, unknown>> = {};
    RED.nodes.eachNode((each) => {
        if (each.id === drawnAs(node)) found = each as unknown as Readonly<Record<string, unknown>>;
    });
    return found;
}

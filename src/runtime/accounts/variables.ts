import type { Node, NodeAPI } from 'node-red';
import { isVariable } from '../connection';

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
    if (typeof account === 'string' && account.trim() !== '') return account;
    let named: unknown;
    RED.nodes.eachNode((each) => {
        if (each.id === drawnAs(node)) named = (each as { readonly account?: unknown }).account;
    });
    return typeof named === 'string' && isVariable(named) ? named : undefined;
}

import type { Node, NodeAPI } from 'node-red';
import { MissiveError } from '../../missive/errors';
import type { Declaration } from '../../missive/operations/family';
import type { Labels } from './in-french';
import { labelled } from './labels';

/** A translation of our own sentences; `kept` are somebody else's words that one begins with. */
export type Say = (text: string, kept?: string) => string;

/** Loaded where French is spoken. */
const loaded = () => (require('./in-french') as typeof import('./in-french')).inFrench;

/**
 * Makes what a node says to people (its errors for Catch nodes, its warnings, the sentences in its status) speak the
 * language that Node-RED runs in. `declaration`: whose fields its sentences name.
 */
export function speaking(RED: NodeAPI, node: Node, declaration?: Declaration): Say {
    const say = sayIn(RED, declaration);
    if (say === asItIs) return say;
    const { error, warn, status } = node;
    node.error = (what: unknown, ...rest: unknown[]) => Reflect.apply(error, node, [told(what, say), ...rest]);
    node.warn = (what: unknown) => Reflect.apply(warn, node, [told(what, say)]);
    node.status = (shown: Parameters<Node['status']>[0]) => {
        const isOurs = typeof shown === 'object' && typeof shown.text === 'string';
        return Reflect.apply(status, node, [isOurs ? { ...shown, text: say(shown.text ?? '') } : shown]);
    };
    return say;
}

const asItIs: Say = (text) => text;

/** How our sentences are said in the language that Node-RED runs in. */
export function sayIn(RED: NodeAPI, declaration?: Declaration): Say {
    if (RED._('language') !== 'fr') return asItIs;
    const inFrench = loaded();
    let labels: Labels | undefined;
    return (text, kept) => {
        labels ??= labelsOf(RED, declaration);
        return inFrench(text, labels, kept);
    };
}

/** Warns in the log of Node-RED, where there is no node that could. */
export function warn(RED: NodeAPI, what: unknown): void {
    RED.log.warn(sayIn(RED)(what instanceof Error ? what.message : String(what)));
}

/** An error of ours, or a text, in French. The error that was thrown stays as it is: others may hold it. */
export function told(what: unknown, say: Say): unknown {
    if (typeof what === 'string') return say(what);
    if (!(what instanceof Error)) return what;
    const message = say(what.message, saidByMissive(what));
    if (message === what.message) return what;
    const { stack = '', ...own } = Object.getOwnPropertyDescriptors(what);
    const copy: Error = Object.setPrototypeOf(new Error(message), Object.getPrototypeOf(what) as object);
    delete (own as { message?: unknown }).message;
    Object.defineProperties(copy, own);
    const lines = typeof stack === 'object' && typeof what.stack === 'string' ? what.stack : '';
    copy.stack = lines.replace(what.message, () => message);
    return copy;
}

/** Missive's own words stand first in what it refused. */
export function saidByMissive(error: unknown): string {
    const details = error instanceof MissiveError ? error.details : undefined;
    const said = typeof details === 'object' && details !== null && 'message' in details ? details.message : undefined;
    return typeof said === 'string' ? said.trim() : '';
}

/** What the form calls the fields, in the language that Node-RED runs in. */
function labelsOf(RED: NodeAPI, declaration: Declaration | undefined): Labels {
    if (!declaration) return new Map();
    return labelled(declaration, (word) => {
        const label = RED._(`field.${word}`);
        // The key comes back where there is no text.
        return label.endsWith(`field.${word}`) ? undefined : label;
    });
}

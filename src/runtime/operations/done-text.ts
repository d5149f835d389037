import type { NodeAPI } from 'node-red';
import type { Operation } from '../../missive/operations/operation';
import { translate } from '../translate';

/** What has been done: by which of the operation's words, how many things where there are several, and when. */
export interface Done {
    readonly key: string;
    readonly count?: number | undefined;
    readonly at?: Date;
}

/**
 * What a node shows once a message is through, in the language that Node-RED runs in: `draft written · 20:23`, or
 * `3 labelled` where things are counted.
 */
export function doneText(RED: NodeAPI, { did = {} }: Pick<Operation, 'did'>, done: Done): string {
    const { key, count, at = new Date() } = done;
    const [one = '', several] = wordsFor(RED, key, did[key] ?? '');
    if (several !== undefined && count !== undefined) return `${count} ${count === 1 ? one : several}`;
    return `${one} · ${clock(at)}`;
}

/** Of each node's catalogue the words that were looked up: they stay the same, and it is done for each message. */
const known = new WeakMap<NodeAPI, Map<string, readonly string[]>>();

function wordsFor(RED: NodeAPI, key: string, english: string): readonly string[] {
    const words = known.get(RED) ?? new Map<string, readonly string[]>();
    known.set(RED, words);
    const name = `${key} ${english}`;
    const found = words.get(name) ?? translate(RED, `did.${key}`, english, {}).split('|');
    words.set(name, found);
    return found;
}

/** Hours and minutes where Node-RED runs. */
const clock = (at: Date): string =>
    [at.getHours(), at.getMinutes()].map((each) => `${each}`.padStart(2, '0')).join(':');

/** Which of an operation's words fits: its own choice, else that of the kind of things, else the first. */
export const wordOf = ({ did = {} }: Pick<Operation, 'did'>, chosen: string | undefined, kind: unknown): string =>
    [chosen, kind].find((each): each is string => typeof each === 'string' && each in did) ?? Object.keys(did)[0] ?? '';

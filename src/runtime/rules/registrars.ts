import type { NodeAPI } from 'node-red';
import { warn as warnInLog } from '../language/speaking';
import { listOf, projectOf, whoseOf } from '../user-folder';
import { Registrar } from './registrar';
import { Registrations } from './registrations';
import { waysTo } from './ways';

/** The registrars of one Node-RED. */
export interface Registrars {
    readonly real: Registrar;
    /** Of rules in the practice inbox: they are gone when Node-RED stops, so no file is kept of them. */
    readonly practice: Registrar;
    /** Of an account with a Redis: its rules are those of all instances. */
    readonly shared: (address: string, account: string) => Registrar;
    /** All there are. */
    readonly all: () => readonly Registrar[];
    /** A node has its rule on this side, until the returned function is called. */
    readonly claim: (node: string, registrar: Registrar) => () => void;
    /** The side where a node has its rule; `undefined` where it has none. */
    readonly sideOf: (node: string) => Registrar | undefined;
}

const known = new WeakMap<object, Map<string | undefined, Registrars>>();

/**
 * As long as the app that Missive's webhooks come to: a Node-RED that is started anew in this process has its own. Each
 * project has its own, too: those of a project that is not open are left as they are, as when Node-RED stops.
 */
export function registrarsOf(RED: NodeAPI): Registrars {
    const app = RED.httpNode ?? RED;
    const all = known.get(app) ?? new Map<string | undefined, Registrars>();
    known.set(app, all);
    const project = projectOf(RED);
    const found = all.get(project) ?? made(RED);
    all.set(project, found);
    return found;
}

function made(RED: NodeAPI): Registrars {
    const sides = new Map<string, { readonly side: Registrar }>();
    const warn = (text: string) => warnInLog(RED, text);
    const registrar = (file?: string) =>
        new Registrar(new Registrations(file, warn), (rule, former) => waysTo(RED, rule, former), warn);
    const real = registrar(listOf(RED, 'hooks.json'));
    const practice = registrar();
    const shared = new Map<string, Registrar>();
    return {
        ...{ real, practice },
        shared: (address, account) => {
            const key = `${account} ${address}`;
            const found = shared.get(key) ?? sharing(RED, address, account, warn);
            shared.set(key, found);
            return found;
        },
        all: () => [practice, real, ...shared.values()],
        claim: (node, side) => {
            const claimed = { side };
            sides.set(node, claimed);
            return () => sides.get(node) === claimed && sides.delete(node);
        },
        sideOf: (node) => sides.get(node)?.side,
    };
}

function sharing(RED: NodeAPI, address: string, account: string, warn: (text: string) => void): Registrar {
    // What it takes to share is loaded with the first node that does.
    const { SharedRules } = require('./shared-rules') as typeof import('./shared-rules');
    const rules = new SharedRules(address, whoseOf(RED, account), account, warn);
    const registrations = new Registrations(undefined, warn, rules);
    return new Registrar(registrations, (rule, former) => waysTo(RED, rule, former), warn, rules);
}

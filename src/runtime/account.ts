import type { Node, NodeAPI } from 'node-red';
import type { Gate } from '../missive/guard/gate';
import type { Client } from '../missive/wire/client';
import type { Sandbox } from '../sandbox/sandbox';

/** A way to a Missive. */
export interface Way {
    /** Stands for the address, and the token: each a digest, with a dot between them. */
    readonly origin: string;
    /** A client of its own, on the same limiter: for what is still to be said when the account itself is closed. */
    readonly apart: () => { readonly client: Client; readonly release: () => void };
}

/** Whether nothing of an account leaves for now, because somebody has said so. */
export interface Pause {
    readonly on: boolean;
    /** Nothing leaves any more; what waits stays. Accounts with one address and token pause and go on together. */
    begin(): void;
    /** What waits goes on. */
    end(): void;
    /** Calls a function with whether it is paused, now and at every change, until the function is called that this gives. */
    follow(listener: (on: boolean) => void): () => void;
}

/** What the account (`missive-config`) offers to the nodes that name it. */
export interface Account extends Node {
    /** Speaks to Missive through the limiter; throws `ERR_MISSIVE_CONFIG` where the account has no token. */
    readonly client: () => Client;
    /** The address that its token goes to; `sandbox` for the practice Missive. */
    readonly place: string;
    /** Where its calls can go: to its own place, and behind a practice inbox to the Missive that it had before. */
    readonly ways: readonly [Way, ...Way[]];
    /** The folder of the files that a message may attach by path; throws `ERR_MISSIVE_CONFIG` where it cannot be one. */
    readonly files: () => string;
    /** Default organization id; blank where none is set. */
    readonly organization: string;
    /** Default sender of e-mail drafts; blank where none is set. */
    readonly from: string;
    /** Its country, as two capitals: national phone numbers are read as numbers of it. Absent: none is set. */
    readonly country?: string;
    /** Nothing is written to Missive. */
    readonly dry: boolean;
    /** Kept over deploys and restarts. */
    readonly pause: Pause;
    /** What stands before its calls; `undefined` where nothing is held up. */
    readonly gate?: Gate;
    /** Where the team is told that something is wrong: in a conversation, else by a task of a team. */
    readonly team?: { readonly conversation?: string; readonly team?: string };
    /** Secret that webhooks are signed with unless a webhook node has its own; blank where none is set. */
    readonly webhookSecret: string;
    /** Address of the Redis through which several Node-REDs share what they keep; blank where there is none. */
    readonly redis: string;
    /** The practice Missive, where the account's connection is `sandbox`. */
    readonly sandbox?: Sandbox;
}

/** The account with this id, where it is deployed and switched on. */
export function deployedAccount(RED: NodeAPI, id: unknown): Account | undefined {
    const node = typeof id === 'string' && id !== '' ? (RED.nodes.getNode(id) as Account | null) : null;
    return node && typeof node.client === 'function' ? node : undefined;
}

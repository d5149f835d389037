import type { Node } from 'node-red';
import type { Client } from '../missive/client';
import type { Sandbox } from '../sandbox/sandbox';

/** What the account (`missive-config`) offers to the nodes that name it. */
export interface Account extends Node {
    /** Speaks to Missive through the limiter; throws `ERR_MISSIVE_CONFIG` where the account has no token. */
    readonly client: () => Client;
    /** A client of its own, on the same limiter: for what is still to be said when the account itself is closed. */
    readonly apart: () => { readonly client: Client; readonly release: () => void };
    /** Default organization id; blank where none is set. */
    readonly organization: string;
    /** Secret that webhooks are signed with unless a webhook node has its own; blank where none is set. */
    readonly webhookSecret: string;
    /** The practice Missive, where the account's connection is `sandbox`. */
    readonly sandbox?: Sandbox;
}

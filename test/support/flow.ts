import type { Node, NodeAPI, NodeMessage } from 'node-red';
import helper from 'node-red-node-test-helper';
import missiveConfig from '../../nodes/missive-config';

helper.init(process.env.NODE_RED_MAIN ?? require.resolve('node-red'));

/** What came out of a node for one message: its message, or the error that a Catch node saw. */
export interface Result {
    readonly msg?: Record<string, unknown> & { payload: unknown; missive: Record<string, unknown> };
    readonly error?: Caught;
    /** The whole message that the Catch node got. */
    readonly caught?: Record<string, unknown>;
}

/** The part of an error that a Catch node passes on. */
export interface Caught {
    readonly message: string;
    readonly code?: string;
    readonly cause: { code: string; status?: number; details?: unknown; delivered?: string; attempts?: number };
}

export interface AccountProperties {
    readonly url?: string;
    readonly token?: string;
    readonly organization?: string;
    readonly from?: string;
    readonly country?: string;
    readonly files?: string;
    readonly connection?: string;
    readonly policy?: string;
    readonly redis?: string;
    readonly maxQueue?: number;
    readonly maxWait?: number;
}

/** A flow of one node of the package between its account, a node that gets its messages, and a Catch node. */
export class Flow {
    /** Everything that the Catch node and the next node got, in order. */
    readonly results: Result[] = [];
    readonly statuses: { id: string; text?: string; fill?: string }[] = [];
    #waiting: (() => void)[] = [];

    /** Deploys the node `n1` (and what `more` names) with the account `acc`; every account gets the token. */
    async load(
        modules: readonly ((RED: NodeAPI) => void)[],
        node: Record<string, unknown>,
        { token = 'tok', ...account }: AccountProperties,
        more: readonly Record<string, unknown>[] = [],
    ): Promise<void> {
        const flow = [
            { id: 'f1', type: 'tab' },
            { id: 'acc', type: 'missive-config', ...account },
            { id: 'n1', z: 'f1', account: 'acc', wires: [['out']], ...node },
            { id: 'out', z: 'f1', type: 'helper' },
            { id: 'catch', z: 'f1', type: 'catch', scope: null, uncaught: false, wires: [['caught']] },
            { id: 'caught', z: 'f1', type: 'helper' },
            { id: 'status', z: 'f1', type: 'status', scope: null, wires: [['shown']] },
            { id: 'shown', z: 'f1', type: 'helper' },
            ...more,
        ];
        // A node without a place on the canvas is a configuration node to Node-RED.
        const placed = flow.map((each: Record<string, unknown>) => (each.z ? { x: 100, y: 100, ...each } : each));
        const accounts = flow.filter(({ type }: Record<string, unknown>) => type === 'missive-config');
        const credentials = Object.fromEntries(accounts.map(({ id }) => [id, { token }]));
        await helper.load([missiveConfig, ...modules] as never, placed as never, credentials as never);
        this.#on('out', (msg) => this.#came({ msg: msg as never }));
        this.#on('caught', (msg) => this.#came({ error: msg.error as Caught, caught: msg }));
        this.#on('shown', (msg) => {
            const { source, ...status } = msg.status as { source: { id: string } };
            this.statuses.push({ id: source.id, ...status });
        });
    }

    /** Sends one message into a node and waits for what comes of it. */
    async send(msg: Record<string, unknown>, id = 'n1'): Promise<Result> {
        const before = this.results.length;
        this.put(msg, id);
        await this.until(before + 1);
        return this.results[before] ?? {};
    }

    /** Sends a message into a node and does not wait. */
    put(msg: Record<string, unknown>, id = 'n1'): void {
        (helper.getNode(id) as Node).receive(msg as NodeMessage);
    }

    /** Waits until so many results have come. */
    async until(count: number): Promise<void> {
        while (this.results.length < count) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }

    async unload(): Promise<void> {
        await helper.unload();
        this.results.length = 0;
        this.statuses.length = 0;
    }

    #on(id: string, listener: (msg: Record<string, unknown>) => void): void {
        (helper.getNode(id) as Node).on('input', (msg) => listener(msg as unknown as Record<string, unknown>));
    }

    #came(result: Result): void {
        this.results.push(result);
        for (const wake of this.#waiting.splice(0)) wake();
    }
}

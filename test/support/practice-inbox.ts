import type { Snapshot } from '../../src/sandbox/snapshot';

/** The practice inbox of a running Node-RED, used as its page uses it. */
export class PracticeInbox {
    constructor(private readonly adminUrl: string) {}

    /** Everything there is; with `since` as soon as it is news. */
    async state(since?: number): Promise<Snapshot> {
        const query = since === undefined ? '' : `?since=${since}`;
        const response = await fetch(`${this.adminUrl}/missive/sandbox/state${query}`);
        return (await response.json()) as Snapshot;
    }

    /** The state as soon as it fits; throws after 20 s with what there is of deliveries. */
    async until(fits: (state: Snapshot) => boolean): Promise<Snapshot> {
        const end = Date.now() + 20_000;
        let state = await this.state();
        while (!fits(state)) {
            if (Date.now() > end) throw new Error(`not seen in 20 s; deliveries: ${JSON.stringify(state.deliveries)}`);
            state = await Promise.race([
                this.state(state.revision),
                new Promise<Snapshot>((resolve) => setTimeout(() => resolve(state), 1000)),
            ]);
            if (!fits(state)) state = await this.state();
        }
        return state;
    }

    /** A customer writes an e-mail. */
    async customerWrites(mail: { name: string; address: string; subject: string; body: string }): Promise<void> {
        const response = await fetch(`${this.adminUrl}/missive/sandbox/write`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(mail),
        });
        if (!response.ok) throw new Error(`the practice inbox answered ${response.status}: ${await response.text()}`);
    }
}

import type { Ready } from '../../../missive/events/filter-names';
import type { Deploy } from '../../flows';
import type { Facts, Kept } from '../../inbox/kept';
import type { Reply, Request } from '../delivery';
import type { Hook } from '../hooks';
import type { Settings } from '../settings';
import { receive, replay } from '../way';
import type { WebhookState, Wrong } from '../webhook-state';
import { Holding } from './holding';
import { tidyUp } from './left-behind';
import { type Circumstances, type Parts, partsOf } from './parts';

/** A node that receives deliveries, from its first day to its last. */
export class Receiver implements Hook {
    readonly #parts: Parts;
    readonly #holding: Holding;
    readonly #watching: NodeJS.Timeout;
    readonly #offs: readonly (() => void)[];

    constructor(
        private readonly given: Circumstances,
        private readonly settings: Settings,
    ) {
        this.#parts = partsOf(given, settings);
        this.#holding = new Holding(given, this.#parts);
        const { flows, owner, needs, to } = this.#parts;
        this.#watching = setInterval(() => {
            this.state.silent(to.memory.inbox?.silentFor(60_000) ?? 0);
            this.state.filling(to.memory.inbox?.fullness ?? 0);
        }, 10_000).unref();
        const turns = { taken: () => this.#holding.own(), lost: () => this.#holding.lose() };
        this.#offs = [
            flows.onStarted((deploy) => this.deployed(deploy)),
            given.account?.pause?.follow((on) => this.state.paused(on)) ?? (() => {}),
            ...(needs ? [owner.want(), owner.onChange(turns)] : []),
        ];
    }

    get state(): WebhookState {
        return this.#parts.to.state;
    }

    get node(): string {
        return this.given.node.id;
    }

    receive(request: Request): Reply | Promise<Reply> {
        return receive(request, this.#parts.to, this.settings.waits);
    }

    replay(body: Buffer, facts: Facts): Promise<Reply> {
        return replay(body, facts, this.#parts.to);
    }

    get account(): string | undefined {
        return this.given.account?.id;
    }

    wrong(): readonly Wrong[] {
        return this.state.wrong;
    }

    stopped(): readonly Kept[] {
        return this.#parts.to.memory.inbox?.stopped() ?? [];
    }

    revive(delivery: string): boolean {
        return this.#parts.to.memory.inbox?.revive(delivery) ?? false;
    }

    async drop(delivery: string): Promise<boolean> {
        const { inbox } = this.#parts.to.memory;
        const isStopped = this.stopped().some(({ id }) => id === delivery);
        if (isStopped) await inbox?.settle(delivery, 'done');
        return isStopped;
    }

    answered({ status, empty }: Reply, arrived: boolean): void {
        this.state.answered(status === 200 && arrived, empty === true);
    }

    turn(mine: boolean): void {
        this.state.mine = mine;
        this.state.show();
        if (mine && this.#holding.owning) void this.#parts.to.rule?.start();
    }

    /** Nothing comes in any more, and what is kept is stored; of a node that is `removed` nothing remains but that. */
    async leave(removed: boolean): Promise<void> {
        const { life, presence, recipient } = this.#parts;
        const { node, memory, emission, rule, waiting } = this.#parts.to;
        life.end();
        for (const off of this.#offs) off();
        presence?.stop();
        this.state.close();
        clearInterval(this.#watching);
        waiting.stop(node.id);
        emission.stop();
        await memory.inbox?.leave(recipient);
        // Not awaited: until all nodes are stopped nobody receives anything.
        void rule?.close(removed);
        await tidyUp(this.given, this.#parts, this.settings.keeps, removed);
        memory.close?.();
    }

    /** The flows have been stopped and run again; the first time this node is new among them. */
    deployed(deploy: Deploy): void {
        const { RED, node, account } = this.given;
        const { life, to, lasting, filtering, owner, needs } = this.#parts;
        const { any, lost } = lasting.shaken.by(RED, deploy);
        lasting.shaken.look(RED, node.id);
        const first = !life.running;
        life.running = true;
        to.emission.resume();
        if (first) void filtering.prepare(account, life.signal, (unknown) => this.#unknown(unknown));
        const shake = () => this.#holding.owning && to.memory.inbox?.deployed(lost, any);
        if (!first) shake();
        else if (needs) void owner.decided().then(() => this.#holding.own().then(shake));
    }

    /** Names of the filter that the account does not know: nothing passes by them. */
    #unknown(unknown: Ready['unknown']): void {
        this.state.trouble('filter', unknown.length > 0 ? 'unknown name in a filter' : '');
        for (const { why } of unknown) this.given.node.error(why, {});
    }
}

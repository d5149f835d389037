import { setTimeout as pause } from 'node:timers/promises';
import { backFill } from '../back-fill';
import { notOpened } from '../steps/ready';
import { admit } from '../way';
import type { Circumstances, Parts } from './parts';

/** After the disk failed at the start, in milliseconds: what is kept is read as soon as it can be. */
const again = 5_000;

/** A node's files and its rule, while they are this Node-RED's and not another one's on the same user directory. */
export class Holding {
    /** What is kept goes into the flow, and the rule is looked after. */
    owning = false;

    constructor(
        private readonly given: Circumstances,
        private readonly parts: Parts,
    ) {}

    /** The files are this Node-RED's, from now on or again. */
    async own(): Promise<void> {
        const { life, owner, to, lasting } = this.parts;
        if (!life.running || this.owning || life.over) return;
        to.state.trouble('owner', owner.mine ? '' : 'another Node-RED');
        if (!owner.mine) return;
        this.owning = true;
        // While nobody here needed the files another Node-RED may have written them.
        if (lasting.term !== undefined && lasting.term !== owner.term) to.memory.inbox?.abandon();
        lasting.term = owner.term;
        if (to.state.mine) void to.rule?.start();
        this.#catchUp();
        await this.#join();
    }

    /** Another Node-RED has them: what is known of them counts no more. */
    lose(): void {
        if (!this.owning) return;
        this.owning = false;
        const { memory, state } = this.parts.to;
        memory.inbox?.abandon();
        state.trouble('owner', 'another Node-RED');
    }

    /** What is kept goes into the flow; where the disk fails, as soon as it works. */
    async #join(): Promise<void> {
        const { life, to, recipient } = this.parts;
        const { inbox } = to.memory;
        while (inbox && this.owning && !life.over) {
            try {
                await inbox.join(recipient);
                to.state.trouble('inbox', '');
                return;
            } catch (error) {
                notOpened(to, error);
            }
            await pause(again, undefined, { signal: life.signal, ref: false }).catch(() => undefined);
        }
    }

    /** What was missed is looked for. */
    #catchUp(): void {
        const { to, presence, filtering, life } = this.parts;
        const { memory, node } = to;
        const { account } = this.given;
        if (!presence || !account) return;
        void backFill({
            ...{ node: node.id, account, presence, states: memory.states },
            ...{ filter: filtering.filter, signal: life.signal },
            warn: (text) => node.warn(text),
            admit: async (missed) => {
                const { status, settled } = await admit(missed, to);
                if (status !== 200) throw new Error('it cannot be kept');
                settled?.(true);
            },
        });
    }
}

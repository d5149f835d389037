import should from 'should';
import type { Answer, Call } from '../../../src/missive/call';
import { MissiveError } from '../../../src/missive/errors';
import { type Calls, held, type Made } from '../../../src/runtime/held';
import { once } from '../../../src/runtime/operations/once';

const answer: Answer = { status: 201, body: { drafts: { id: 'd1' } }, attempts: 1, waited: 5 };

describe('a call that is made once for each kept delivery', () => {
    let stored: Record<string, Made> = {};
    let sent: unknown[] = [];
    let number = 0;
    let delivery = '';

    const calls: Calls = {
        known: () => stored,
        begin: async (call) => {
            stored = { ...stored, [call]: {} };
        },
        end: async (call, made) => {
            const { [call]: _, ...others } = stored;
            stored = made ? { ...others, [call]: made } : others;
        },
        told: () => {},
    };
    /** The flow has the delivery, for the first time or again. */
    const run = () => held.follow(delivery, calls);
    const draft = (more: object = {}): Call => ({
        method: 'POST',
        path: '/drafts',
        body: { drafts: { to_fields: [{ address: 'ann@x.example' }], subject: 'Hi', body: 'x', send: true, ...more } },
    });
    const make = (call = draft(), { part = '', node = 'n', of = delivery } = {}, then: () => Answer = () => answer) => {
        const occasion = { node, delivery: of, part, heard: () => true, onWire: () => {} };
        return once(call, occasion, async ({ departing }) => {
            await departing?.();
            sent.push(call.body);
            return then();
        });
    };

    beforeEach(() => {
        [stored, sent, delivery] = [{}, [], `delivery ${number++}`];
        run();
    });
    afterEach(() => held.forget(delivery));

    it('gives the answer of before, whatever its words and moments are now', async () => {
        await make();
        run();
        const again = await make(draft({ subject: 'Hello', body: 'other words', send_at: 1_800_000_000 }));
        should(again).eql({ ...answer, waited: 0 });
        should(sent.length).equal(1);
    });

    it('is made as often as the flow wants in one run, and no more in the next', async () => {
        await make();
        await make();
        run();
        await make();
        await make();
        should(sent.length).equal(2);
        await make();
        should(sent.length).equal(3);
    });

    it('is refused where it goes to somebody else the next time', async () => {
        await make();
        run();
        const other = draft({ to_fields: [{ address: 'bob@y.example' }] });
        await make(other).should.be.rejectedWith(/sent something else/, { code: 'ERR_MISSIVE_INPUT' });
        should(sent.length).equal(1);
        // Another node, another part of what was split, another delivery: each is something of its own.
        await make(other, { node: 'other' });
        await make(other, { part: '1' });
        await make(other, { of: 'not kept' });
        should(sent.length).equal(4);
    });

    it('is refused where nobody knows what became of it, and where only its answer was lost', async () => {
        for (const [delivered, says] of [
            ['unknown', /Nobody knows/],
            ['yes', /answer was lost/],
        ] as const) {
            [stored, sent] = [{}, []];
            run();
            const lost = () => {
                throw new MissiveError('ERR_MISSIVE_NETWORK', 'no answer', { delivered });
            };
            await make(draft(), {}, lost).should.be.rejected();
            run();
            await make().should.be.rejectedWith(says, { code: 'ERR_MISSIVE_NETWORK', delivered });
            should(sent.length).equal(1);
        }
    });

    it('is made where Missive surely has not done it', async () => {
        const refused = () => {
            throw new MissiveError('ERR_MISSIVE_REFUSED', 'bad', { status: 400 });
        };
        await make(draft(), {}, refused).should.be.rejected();
        run();
        await make();
        should(sent.length).equal(2);
    });

    it('waits for the same call of an earlier run that still waits for its turn, and gives its answer', async () => {
        let turn = () => {};
        const occasion = { node: 'n', delivery, run: 1, part: '', heard: () => true, onWire: () => {} };
        const first = once(draft(), occasion, async ({ departing }) => {
            await new Promise<void>((resolve) => {
                turn = resolve;
            });
            await departing?.();
            sent.push('first');
            return answer;
        });
        // Another branch has failed meanwhile, so the flow gets it again, with what was kept of it by then.
        held.rest(delivery);
        held.follow(delivery, { ...calls, known: () => ({}) });
        const second = once(draft(), { ...occasion, run: 2 }, async () => {
            sent.push('second');
            return answer;
        });
        turn();
        should(await first).eql(answer);
        should(await second).eql({ ...answer, waited: 0 });
        should(sent).eql(['first']);
    });

    it('is known where the message bears the number of a run in another process', async () => {
        const occasion = { node: 'n', delivery, run: 7, part: '', heard: () => true, onWire: () => {} };
        await make();
        run();
        const again = await once(draft(), occasion, async () => {
            sent.push('again');
            return answer;
        });
        should(again).eql({ ...answer, waited: 0 });
        should(sent.length).equal(1);
    });

    it('is refused in a later run where nobody knows what became of the same call of an earlier one', async () => {
        const occasion = { node: 'n', delivery, run: 1, part: '', heard: () => true, onWire: () => {} };
        const first = once(draft(), occasion, async ({ departing }) => {
            await departing?.();
            throw new MissiveError('ERR_MISSIVE_NETWORK', 'no answer', { delivered: 'unknown' });
        });
        held.follow(delivery, { ...calls, known: () => ({}) });
        await first.should.be.rejectedWith(/no answer/);
        await make().should.be.rejectedWith(/Nobody knows/);
        should(sent).eql([]);
    });

    it('is made by the later run where the earlier one was stopped before its turn', async () => {
        const occasion = { node: 'n', delivery, run: 1, part: '', heard: () => true, onWire: () => {} };
        const first = once(draft(), occasion, async () => {
            await new Promise((resolve) => setImmediate(resolve));
            throw new MissiveError('ERR_MISSIVE_CLOSED', 'stopped');
        });
        run();
        const second = make();
        await first.should.be.rejected();
        should(await second).eql(answer);
        should(sent.length).equal(1);
    });

    it('goes out where the event was reported done while it waited: nobody sends that again', async () => {
        const occasion = { node: 'n', delivery, part: '', heard: () => true, onWire: () => {} };
        const waiting = once(draft(), occasion, async ({ departing }) => {
            held.forget(delivery);
            await departing?.();
            sent.push('late');
            return answer;
        });
        should(await waiting).eql(answer);
        should(sent).eql(['late']);
    });

    it('is not made by what is left of an earlier run when a later one is done', async () => {
        run();
        await make();
        held.forget(delivery);
        const left = { node: 'n', delivery, run: 1, part: '', heard: () => true, onWire: () => {} };
        const send = async () => {
            sent.push('left');
            return answer;
        };
        should(await once(draft(), left, send)).eql({ ...answer, waited: 0 });
        should(sent.length).equal(1);
        // What no other run has made is made, and once.
        await once(draft({ to_fields: [{ address: 'bob@y.example' }] }), { ...left, node: 'other' }, send);
        await once(draft({ to_fields: [{ address: 'bob@y.example' }] }), { ...left, node: 'other', run: 2 }, send);
        should(sent.length).equal(2);
    });

    it('is refused where another Node-RED has the event by now', async () => {
        held.lose(delivery);
        await make().should.be.rejectedWith(/another Node-RED has it/, { code: 'ERR_MISSIVE_CLOSED' });
        should(sent).eql([]);
    });

    it('holds nothing else up: what may be repeated, and what is for no kept delivery', async () => {
        const label: Call = { method: 'PATCH', path: '/conversations/c1', body: {} };
        await make(label);
        run();
        await make(label);
        await make(draft(), { of: 'unknown' });
        should(sent.length).equal(3);
        should(stored).eql({});
    });
});

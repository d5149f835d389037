import should from 'should';
import { RecordedMessages } from '../../../src/runtime/recorded/recorded';
import { sketchOf } from '../../../src/runtime/recorded/sketch';

describe('the sketch of a message', () => {
    it('has structure and values, without the connection, files and secrets', () => {
        const { msg, cut } = sketchOf({
            ...{ _msgid: 'a', req: {}, payload: { order: { total: 12.5, at: new Date(0), paid: true, by: null } } },
            ...{ headers: { Authorization: 'Bearer abc', accept: 'json' }, file: Buffer.from('abc'), f: () => 1 },
        });
        should(msg).eql({
            payload: { order: { total: 12.5, at: '1970-01-01T00:00:00.000Z', paid: true, by: null } },
            ...{ headers: { Authorization: '•••', accept: 'json' }, file: '‹3 bytes›' },
        });
        should(cut).be.true();
        should(sketchOf({ payload: 1 }).cut).be.false();
    });

    it('is bounded, whatever comes', () => {
        const circle: Record<string, unknown> = {
            text: 'x'.repeat(50_000),
            rows: Array.from({ length: 9_000 }, () => [1]),
        };
        circle.self = circle;
        const { msg, cut } = sketchOf({ payload: circle });
        should(cut).be.true();
        should(JSON.stringify(msg).length).be.below(5_000);
        let deep: object = {};
        for (let level = 0; level < 500; level++) deep = { deep, many: Array.from({ length: 30 }, () => ({ a: {} })) };
        should(JSON.stringify(sketchOf({ payload: deep }).msg).length).be.below(50_000);
    });
});

describe('the recorded messages', () => {
    it('are the last of each node and way, as they were then', () => {
        const recorded = new RecordedMessages();
        const msg = { payload: 'before' };
        recorded.note('a', 'in', msg, 1_000);
        msg.payload = 'after';
        recorded.note('a', 'out', msg, 1_000);
        should(recorded.of('a', 'in')?.msg).eql({ payload: 'before' });
        should(recorded.of('a', 'out')?.msg).eql({ payload: 'after' });
        recorded.note('a', 'in', { payload: 'next' }, 2_000);
        should(recorded.of('a', 'in')).have.properties({ msg: { payload: 'next' }, at: 2_000 });
        should(recorded.of('b', 'in')).be.undefined();
    });

    it('stay within their bounds under 10,000 nodes, the oldest go first', () => {
        const recorded = new RecordedMessages();
        const payload = Array.from({ length: 30 }, () => 'x'.repeat(900));
        for (let node = 0; node < 10_000; node++) recorded.note(`n${node}`, 'in', { payload }, node);
        const kept = Array.from({ length: 10_000 }, (_, node) => recorded.of(`n${node}`, 'in')).filter(Boolean);
        should(kept.length).be.within(1, 300);
        should(JSON.stringify(kept).length).be.below(4 * 1024 * 1024);
        should(recorded.of('n9999', 'in')).be.ok();
    });

    it('leave a message alone that cannot be copied', () => {
        const recorded = new RecordedMessages();
        recorded.note('a', 'in', {
            get payload(): never {
                throw new Error('no');
            },
        });
        should(recorded.of('a', 'in')).be.undefined();
    });
});

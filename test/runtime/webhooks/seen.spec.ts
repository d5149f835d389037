import 'should';
import { SeenHere } from '../../../src/runtime/webhooks/memory/seen-here';

const label = Buffer.from('{"rule":{"id":"r1","type":"label_change"}}');
const second = 1000;
const minute = 60 * second;

describe('deliveries', () => {
    let time: number;
    let deliveries: SeenHere;
    /** A delivery that is answered `after` milliseconds, or whose answer is lost; tells whether it was a retry. */
    const deliver = (body: Buffer, after: number | 'lost', key?: string) => {
        const ticket = deliveries.begin(body, key, time);
        if (after !== 'lost') time += after;
        ticket.answered(after !== 'lost');
        return ticket.again;
    };

    beforeEach(() => {
        time = 1_000_000;
        deliveries = new SeenHere(() => time, 100);
    });

    describe('without an id of their own', () => {
        it('are two events where the first was answered in time', () => {
            deliver(label, 10).should.be.false();
            deliver(label, 10).should.be.false();
        });

        it('are a retry where the first answer was lost', () => {
            deliver(label, 'lost').should.be.false();
            deliver(label, 10).should.be.true();
        });

        it('are a retry where the first answer came after more than 15 seconds', () => {
            deliver(label, 15 * second + 1).should.be.false();
            deliver(label, 10).should.be.true();
        });

        it('are two events where the first answer took 15 seconds and no more', () => {
            deliver(label, 15 * second).should.be.false();
            deliver(label, 10).should.be.false();
        });

        it('are an event again after a retry that was answered in time', () => {
            deliver(label, 'lost');
            deliver(label, 10).should.be.true();
            deliver(label, 10).should.be.false();
        });

        it('are a retry again after a retry whose answer was lost too', () => {
            deliver(label, 'lost');
            deliver(label, 'lost').should.be.true();
            deliver(label, 10).should.be.true();
            deliver(label, 10).should.be.false();
        });

        it('are two events where the second comes while the first still waits for its answer', () => {
            const first = deliveries.begin(label, undefined, time);
            const other = deliveries.begin(label, undefined, time);
            [first.again, other.again].should.eql([false, false]);
        });

        it('are a retry where the first waits for longer than Missive does', () => {
            const first = deliveries.begin(label, undefined, time);
            time += 16 * second;
            deliver(label, 10).should.be.true();
            first.answered(true);
            deliver(label, 10).should.be.false();
        });

        it('count: two lost answers are two retries', () => {
            const tickets = [deliveries.begin(label, undefined, time), deliveries.begin(label, undefined, time)];
            for (const ticket of tickets) ticket.answered(false);
            [deliver(label, 1), deliver(label, 1), deliver(label, 1)].should.eql([true, true, false]);
        });

        it('differ by a single byte', () => {
            deliver(label, 'lost');
            deliver(Buffer.from(`${label} `), 10).should.be.false();
        });

        it('are an event where the lost one is older than Missive delivers again', () => {
            deliver(label, 'lost');
            time += 15 * minute;
            deliver(label, 10).should.be.false();
        });
    });

    describe('with a rule and a message or comment', () => {
        it('are a retry, answered or not, whatever the bytes', () => {
            deliver(label, 10, 'rule 1, message 1').should.be.false();
            deliver(Buffer.from('{}'), 10, 'rule 1, message 1').should.be.true();
            deliver(label, 10, 'rule 1, message 1').should.be.true();
            deliver(label, 10, 'rule 2, message 1').should.be.false();
        });

        it('are forgotten after a day', () => {
            deliver(label, 10, 'key');
            time += 24 * 60 * minute;
            deliver(label, 10, 'key').should.be.false();
        });
    });

    it('that the flow failed to deal with are new when they come again', () => {
        for (const key of [undefined, 'key']) {
            const ticket = deliveries.begin(label, key, time);
            ticket.forget();
            ticket.answered(false);
            deliver(label, 10, key).should.be.false();
        }
    });

    it('are remembered up to a number, the oldest go first', () => {
        for (let i = 0; i < 150; i += 1) {
            deliver(Buffer.from(`body ${i}`), 'lost');
            deliver(label, 10, `key ${i}`);
        }
        deliver(label, 10, 'key 149').should.be.true();
        deliver(label, 10, 'key 0').should.be.false();
        deliver(Buffer.from('body 149'), 'lost').should.be.true();
        deliver(Buffer.from('body 0'), 'lost').should.be.false();
    });
});

import should from 'should';
import { type LaneName, Lanes } from '../../../src/missive/limits/queue/lanes';

interface Job {
    readonly node: string;
    readonly lane: LaneName;
    readonly number: number;
}

let number = 0;
const job = (node: string, lane: LaneName = 'normal'): Job => ({ node, lane, number: number++ });

function filled(...jobs: Job[]): Lanes<Job> {
    const lanes = new Lanes<Job>();
    for (const one of jobs) lanes.push(one);
    return lanes;
}

function drain(lanes: Lanes<Job>): Job[] {
    const jobs: Job[] = [];
    for (let one = lanes.shift(); one; one = lanes.shift()) jobs.push(one);
    return jobs;
}

describe('The lanes', () => {
    it('give nothing when they are empty', () => {
        const lanes = new Lanes<Job>();
        (lanes.shift() === undefined).should.be.true();
        lanes.size.should.equal(0);
    });

    it('give high before quick before normal before low', () => {
        const [low, normal, quick, high] = [job('a', 'low'), job('a'), job('a', 'quick'), job('a', 'high')];
        drain(filled(low, normal, quick, high)).should.eql([high, quick, normal, low]);
    });

    it('know in which lane the next job waits, and how many wait in each', () => {
        const lanes = filled(job('a', 'low'), job('a'), job('b'));
        String(lanes.first).should.equal('normal');
        lanes.sizes.should.eql({ high: 0, quick: 0, normal: 2, low: 1 });
        lanes.putBack(job('c', 'low'), true);
        String(lanes.first).should.equal('refused');
        lanes.size.should.equal(4);
    });

    it("know how many jobs go before a node's last one", () => {
        const lanes = filled(job('a', 'high'), job('a'), job('a'), job('a'), job('b'), job('c'), job('c'));
        // Of each other node as many as take their turn before it, and all of the lanes above.
        should(lanes.ahead('b')).eql({ lane: 'normal', jobs: 3 });
        should(lanes.ahead('c')).eql({ lane: 'normal', jobs: 1 + 2 + 1 + 1 });
        should(lanes.ahead('a')).eql({ lane: 'normal', jobs: 6 });
        should(lanes.ahead('d')).be.undefined();
        for (const one of [job('c'), job('d', 'low')]) lanes.putBack(one, true);
        should(lanes.ahead('d')).eql({ lane: 'low', jobs: 1 });
        should(lanes.ahead('b')).eql({ lane: 'normal', jobs: 5 });
    });

    it('let nodes take turns inside a lane, and keep the order inside a node', () => {
        const [a1, a2, a3, b1, c1, c2] = [job('a'), job('a'), job('a'), job('b'), job('c'), job('c')];
        drain(filled(a1, a2, a3, b1, c1, c2)).should.eql([a1, b1, c1, a2, c2, a3]);
    });

    it('put a node that comes back behind the nodes that wait', () => {
        const [a1, a2, b1, b2] = [job('a'), job('a'), job('b'), job('b')];
        const lanes = filled(a1, b1, b2);
        lanes.shift()?.should.equal(a1);
        lanes.push(a2);
        drain(lanes).should.eql([b1, a2, b2]);
    });

    it('give a job that was put back before the others of its lane', () => {
        const [high, first, retried] = [job('a', 'high'), job('a'), job('b')];
        const lanes = filled(high, first);
        lanes.putBack(retried, false);
        drain(lanes).should.eql([high, retried, first]);
    });

    it('give a refused job before every lane', () => {
        const [high, refused] = [job('a', 'high'), job('b', 'low')];
        const lanes = filled(high);
        lanes.putBack(refused, true);
        drain(lanes).should.eql([refused, high]);
    });

    it('keep the order of jobs that were refused together', () => {
        const jobs = [job('a'), job('a'), job('b'), job('a')];
        const lanes = new Lanes<Job>();
        for (const at of [2, 0, 3, 1]) lanes.putBack(jobs[at] ?? job('x'), true);
        drain(lanes).should.eql(jobs);
    });

    it('keep the turns when a job was put back in between', () => {
        const [a1, a2, b1, back] = [job('a'), job('a'), job('b'), job('a')];
        const lanes = filled(a1, a2, b1);
        lanes.putBack(back, false);
        drain(lanes).should.eql([back, a1, b1, a2]);
    });

    it('forget a removed job, wherever it stood', () => {
        const [a1, a2, a3, b1, refused, retried] = [job('a'), job('a'), job('a'), job('b'), job('a'), job('a')];
        const lanes = filled(a1, a2, a3, b1);
        lanes.putBack(refused, true);
        lanes.putBack(retried, false);
        for (const one of [a2, refused, retried]) lanes.remove(one).should.be.true();
        lanes.size.should.equal(3);
        drain(lanes).should.eql([a1, b1, a3]);
    });

    it('say so when a job to remove is not there', () => {
        const [there, never] = [job('a'), job('a')];
        const lanes = filled(there);
        lanes.remove(never).should.be.false();
        lanes.shift();
        lanes.remove(there).should.be.false();
        lanes.size.should.equal(0);
    });

    it('take a node with nothing left out of the turns', () => {
        const [a1, b1, b2] = [job('a'), job('b'), job('b')];
        const lanes = filled(a1, b1, b2);
        lanes.remove(a1);
        drain(lanes).should.eql([b1, b2]);
    });

    it('stay quick with a hundred thousand jobs of one node and of many', () => {
        const lanes = new Lanes<Job>();
        const jobs = Array.from({ length: 100_000 }, (_, at) => job(at % 2 ? 'a' : `node ${at}`));
        for (const one of jobs) lanes.push(one);
        for (const one of jobs.slice(40_000, 60_000)) lanes.remove(one);
        lanes.size.should.equal(80_000);
        drain(lanes).length.should.equal(80_000);
    });
});

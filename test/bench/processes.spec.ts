import should from 'should';
import { FarEnd } from '../../bench/processes/far-end';
import { Fleet } from '../../bench/processes/fleet';
import type { Limits } from '../../src/missive/limits/ledger';
import { Cut } from '../support/cut';
import { RedisServer, redisOrSkip } from '../support/redis';

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** Short windows, so that they turn within seconds. */
const limits: Limits = {
    inFlight: 5,
    windows: [
        { limit: 60, span: 1000 },
        { limit: 150, span: 5000 },
    ],
    margin: 50,
};

describe('Three processes with one token', function () {
    this.timeout(60_000);
    let redis: RedisServer;
    let far: FarEnd;
    let fleet: Fleet | undefined;

    before(redisOrSkip);
    afterEach(async () => {
        fleet?.kill();
        far?.stop();
        await redis?.kill();
    });

    async function begin(latency: () => number, calls: number): Promise<void> {
        redis = await RedisServer.start();
        far = await FarEnd.start(limits, latency);
        fleet = new Fleet(Array(3).fill(redis.address), { address: far.address, limits, policy: 'fast', calls });
        // Each takes its time to start where the machine is busy.
        while (fleet.begun.size < 3) await pause(5);
    }

    it('stay inside the limits together and use nine tenths of them, also when Redis is killed', async () => {
        await begin(() => 5 + 20 * Math.random(), 400);
        await pause(10_000);
        const end = performance.now();
        const inTen = far.taken.filter((at) => at > end - 10_000).length;
        inTen.should.be.within(270, 300);
        far.refused.should.equal(0);
        await redis.kill();
        await pause(4000);
        // What all have spent comes back; then each goes on with its part.
        const alone = far.taken.length;
        await pause(4000);
        far.taken.length.should.be.above(alone);
        await redis.begin();
        await pause(4000);
        far.refused.should.equal(0);
        far.mostInFlight.should.be.belowOrEqual(5);
        should(fleet?.failed).eql([]);
        // Each of the three, on a busy machine perhaps one of them twice.
        should(fleet?.log.filter((text) => /Redis is back/.test(text)).length).be.aboveOrEqual(3);
    });

    it('meet no limit while one of them does not reach Redis for longer than all windows', async () => {
        redis = await RedisServer.start();
        far = await FarEnd.start(limits, () => 5 + 20 * Math.random());
        const wire = await Cut.to(redis.port);
        try {
            const addresses = [`redis://127.0.0.1:${wire.port}/0`, redis.address, redis.address];
            fleet = new Fleet(addresses, { address: far.address, limits, policy: 'fast', calls: 400 });
            while (fleet.begun.size < 3) await pause(5);
            // Two renewals later each knows of the others.
            await pause(2500);
            wire.cut(true);
            const from = far.taken.length;
            await pause(12_000);
            far.taken.length.should.be.above(from + 150);
            wire.cut(false);
            await pause(4000);
            far.refused.should.equal(0);
            far.mostInFlight.should.be.belowOrEqual(5);
            should(fleet.log.filter((text) => /Redis is back/.test(text)).length).be.aboveOrEqual(1);
        } finally {
            wire.close();
        }
    });

    it('get back the permits of two that were killed within twenty seconds', async () => {
        let isStuck = false;
        await begin(() => (isStuck ? 60_000 : 300), 400);
        await pause(3000);
        // From now on what is on the wire never ends: all five slots are taken, most of them by those that are killed.
        isStuck = true;
        await pause(1500);
        far.inFlight.should.equal(5);
        const before = far.taken.length;
        fleet?.kill(0, 1);
        const killed = performance.now();
        await pause(200);
        const lost = 5 - far.inFlight;
        while (far.inFlight < 5) await pause(20);
        (performance.now() - killed).should.be.below(20_000);
        should(far.taken.length).equal(before + lost);
        far.refused.should.equal(0);
    });
});

import should from 'should';
import { FarEnd } from '../../../bench/processes/far-end';
import { Fleet } from '../../../bench/processes/fleet';
import { limits, type Permit } from '../../../src/missive/limits/ledger';
import { RedisLedger } from '../../../src/missive/limits/redis/redis-ledger';
import { Cut } from '../../support/cut';
import { RedisServer, redisOrSkip } from '../../support/redis';

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

describe('The ledger in Redis, and what stands still', function () {
    this.timeout(90_000);
    let redis: RedisServer;
    let fleet: Fleet | undefined;
    let far: FarEnd | undefined;
    const wires: Cut[] = [];
    const taken: { ledger: RedisLedger; permit: Permit }[] = [];
    const ledgers: RedisLedger[] = [];

    before(redisOrSkip);
    beforeEach(async () => {
        redis = await RedisServer.start();
    });
    afterEach(async () => {
        fleet?.kill();
        far?.stop();
        for (const { ledger, permit } of taken.splice(0)) ledger.release(permit);
        for (const ledger of ledgers.splice(0)) ledger.close();
        for (const wire of wires.splice(0)) wire.close();
        await redis.kill();
    });

    const open = (address = redis.address) => {
        const ledger = new RedisLedger({ address, key: 'the-key-of-the-bench' });
        ledgers.push(ledger);
        return ledger;
    };
    const wired = async () => {
        const wire = await Cut.to(redis.port);
        wires.push(wire);
        return { wire, ledger: open(`redis://127.0.0.1:${wire.port}/0`) };
    };
    /** A permit, where there is one just now. */
    const take = async (ledger: RedisLedger): Promise<Permit | undefined> => {
        const grant = await ledger.acquire('urgent');
        if (!('permit' in grant)) return undefined;
        taken.push({ ledger, permit: grant.permit });
        return grant.permit;
    };
    const get = async (ledger: RedisLedger): Promise<Permit> => {
        for (;;) {
            const permit = await take(ledger);
            if (permit) return permit;
            await pause(20);
        }
    };
    const until = async (holds: () => boolean) => {
        while (!holds()) await pause(10);
    };
    /** Both know of each other. */
    const acquainted = async (...all: RedisLedger[]) => {
        for (const each of all) each.release(await get(each));
        await until(() => all.every((each) => each.state().instances === all.length));
        await pause(1100);
    };

    it('sends nothing with a permit that has gone to another one meanwhile: it asks again', async () => {
        far = await FarEnd.start(limits, () => 5);
        const work = { address: far.address, limits, policy: 'fast', calls: 1, lease: 1000 };
        fleet = new Fleet([redis.address], { ...work, still: { at: 'permit', ms: 5000 } });
        const other = open();
        await until(() => fleet?.still.size === 1);
        // The fifth place is free when its lease is over.
        const permits: Permit[] = [];
        while (permits.length < 5) permits.push(await get(other));
        await until(() => fleet?.still.size === 0);
        await pause(500);
        far.taken.should.eql([]);
        other.release(permits[0] as Permit);
        await until(() => fleet?.done === 1);
        far.taken.should.have.length(1);
        fleet.failed.should.eql([]);
    });

    it('does not go alone because its process was busy as it started', async () => {
        far = await FarEnd.start(limits, () => 5);
        const work = { address: far.address, limits, policy: 'fast', calls: 5 };
        fleet = new Fleet([redis.address], { ...work, still: { at: 'start', ms: 4500 } });
        await until(() => fleet?.done === 5);
        fleet.log.should.eql([]);
    });

    it('waits until it counts as missing where the way back to Redis broke off half way', async () => {
        const other = open();
        const { wire, ledger } = await wired();
        await acquainted(other, ledger);
        const ids: string[] = [];
        wire.asked = (data) =>
            ids.push(...[...data.matchAll(/\r\n\$8\r\n([0-9a-f]{8})\r\n/g)].map(([, id = '']) => id));
        await until(() => ids.length > 0);
        const [id] = ids;
        wire.cut(true);
        await get(ledger);
        wire.asked = (data) => {
            // It says its name again: this arrives, and no answer to it.
            if (data.includes(`\r\n${id}\r\n`)) wire.isMute = true;
        };
        wire.cut(false);
        await until(() => wire.isMute);
        for (const end = performance.now() + 1500; performance.now() < end; await pause(20))
            should(await take(ledger)).be.undefined();
        wire.asked = undefined;
        wire.cut(true);
        await get(ledger);
    });

    it('is not taken for there by what it said before Redis stood still', async () => {
        const other = open();
        const { wire, ledger } = await wired();
        await acquainted(other, ledger);
        redis.freeze(true);
        await until(() => ledger.state().sharing === 'defended');
        wire.cut(true);
        // Of two it has two of the five places.
        await get(ledger);
        await get(ledger);
        redis.freeze(false);
        let count = 0;
        for (const end = performance.now() + 2500; performance.now() < end; await pause(5))
            if (await take(other)) count++;
        count.should.be.belowOrEqual(3);
    });
});

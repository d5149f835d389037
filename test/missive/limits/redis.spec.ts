import should from 'should';
import type { Grant, Ledger, Permit } from '../../../src/missive/limits/ledger';
import { limits } from '../../../src/missive/limits/ledger';
import { Limiter } from '../../../src/missive/limits/limiter';
import { RedisLedger } from '../../../src/missive/limits/redis/redis-ledger';
import { Cut } from '../../support/cut';
import { RedisServer, redisOrSkip } from '../../support/redis';

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

describe('The ledger in Redis', function () {
    this.timeout(40_000);
    let redis: RedisServer;
    let ledgers: RedisLedger[];
    let said: string[];
    const taken: { ledger: Ledger; permit: Permit }[] = [];
    let key = 0;

    before(redisOrSkip);
    beforeEach(async () => {
        redis = await RedisServer.start();
        ledgers = [];
        said = [];
        key++;
    });
    afterEach(async () => {
        // A ledger keeps its connection until it has told what is on its way.
        for (const { ledger, permit } of taken.splice(0)) ledger.release(permit);
        for (const ledger of ledgers) ledger.close();
        await redis.kill();
    });

    const open = (options: Partial<ConstructorParameters<typeof RedisLedger>[0]> = {}) => {
        const log = (sentence: string) => said.push(sentence);
        const ledger = new RedisLedger({ address: redis.address, key: `key-of-test-${key}`, log, ...options });
        ledgers.push(ledger);
        return ledger;
    };
    const get = async (ledger: Ledger, within = 5000): Promise<Permit> => {
        const until = performance.now() + within;
        for (;;) {
            const grant: Grant = await ledger.acquire('urgent');
            if ('permit' in grant) {
                taken.push({ ledger, permit: grant.permit });
                return grant.permit;
            }
            if (performance.now() > until) throw new Error(`No permit within ${within} ms`);
            await pause(20);
        }
    };
    const free = async (ledger: Ledger) => 'permit' in (await ledger.acquire('urgent'));
    const used = (ledger: Ledger) => ledger.state().windows.map((window) => window.used);

    it('grants five at a time over all, and the sixth when one is given back', async () => {
        const [one, two] = [open(), open()];
        const permits = [await get(one), await get(one), await get(two), await get(two), await get(two)];
        (await free(one)).should.be.false();
        (await free(two)).should.be.false();
        one.release(permits[0] as Permit);
        await get(two);
        should(two.state()).match({ sharing: 'redis', instances: 2, inFlight: 5 });
    });

    it('keeps the windows over all, and says when the next one is free', async () => {
        const allowed = {
            ...limits,
            windows: [
                { limit: 10, span: 1000 },
                { limit: 900, span: 9000 },
            ],
            margin: 100,
        };
        const [one, two] = [open({ allowed }), open({ allowed })];
        for (let at = 0; at < 10; at++) {
            const ledger = at % 2 ? one : two;
            ledger.release(await get(ledger));
        }
        const grant = await one.acquire('urgent');
        should(grant).have.property('wait');
        if ('wait' in grant) grant.wait.should.be.within(500, 1101);
        const from = performance.now();
        one.release(await get(one));
        (performance.now() - from).should.be.aboveOrEqual(500);
    });

    it('does not count what was refunded, and keeps a reserve and a pace for patient calls', async () => {
        const one = open();
        for (let at = 0; at < 10; at++) one.refund(await get(one));
        await pause(1100);
        used(one).should.eql([0, 0]);
        const first = await one.acquire('patient');
        if (!('permit' in first)) throw new Error('No permit');
        taken.push({ ledger: one, permit: first.permit });
        const next = await one.acquire('patient');
        if (!('wait' in next)) throw new Error('Not spaced');
        next.wait.should.be.within(100, 208);
    });

    it('holds all after a 429, then sends one ahead', async () => {
        const [one, two] = [open(), open()];
        const refused = await get(one);
        await get(two);
        one.hold(600, 300);
        one.release(refused);
        await pause(50);
        (await free(two)).should.be.false();
        await pause(600);
        const probe = await get(two);
        (await free(one)).should.be.false();
        two.release(probe);
        await get(one);
    });

    it('lets a limiter run its calls through it, in order', async () => {
        const limiter = new Limiter();
        limiter.use(open());
        const log: number[] = [];
        const one = (at: number) =>
            limiter.run(
                async () => {
                    log.push(at);
                    return { value: at };
                },
                { node: 'a', priority: 'high' },
            );
        await Promise.all(Array.from({ length: 50 }, (_, at) => one(at)));
        log.should.eql([...log].sort((x, y) => x - y));
        should(limiter.state().waiting).equal(0);
    });

    it('goes on alone with a part of what was free, says so, and returns', async () => {
        const [one, two] = [open(), open()];
        for (let at = 0; at < 100; at++) one.release(await get(one));
        two.release(await get(two));
        await pause(1200);
        await redis.kill();
        const from = performance.now();
        const permit = await get(two, 6000);
        (performance.now() - from).should.be.aboveOrEqual(2500);
        should(two.state()).match({ sharing: 'defended', instances: 2, inFlight: 1 });
        String(said[0]).should.match(/one part of 2/);
        two.release(permit);
        let count = 1;
        for (;;) {
            const grant = await two.acquire('urgent');
            if (!('permit' in grant)) break;
            two.release(grant.permit);
            count++;
        }
        // 300 less 101 and a few unheard of, by two.
        count.should.be.within(90, 99);
        await redis.begin();
        await pause(3000);
        should(two.state().sharing).equal('redis');
        String(said.at(-1)).should.match(/Redis is back/);
        // It is told what was sent meanwhile, and before.
        two.release(await get(two));
        one.release(await get(one));
        used(one)[1]?.should.equal(101 + count + 2);
    });

    it('keeps free what one may take that is not heard of, and nothing for one that has left', async () => {
        const wire = await Cut.to(redis.port);
        try {
            const [one, two] = [open(), open({ address: `redis://127.0.0.1:${wire.port}/0` })];
            one.release(await get(one));
            two.release(await get(two));
            await pause(2500);
            wire.cut(true);
            const count = async (ledger: Ledger) => {
                let granted = 0;
                for (let refused = 0; refused < 15; ) {
                    const grant = await ledger.acquire('urgent');
                    if ('permit' in grant) {
                        ledger.release(grant.permit);
                        granted++;
                    } else {
                        refused++;
                        await pause(20);
                    }
                }
                return granted;
            };
            await pause(4000);
            const [connected, alone] = [await count(one), await count(two)];
            alone.should.be.within(145, 149);
            connected.should.be.within(145, 149);
            (connected + alone).should.be.belowOrEqual(298);
            const until = async (what: () => boolean) => {
                for (let at = 0; at < 100 && !what(); at++) await pause(100);
                what().should.be.true();
            };
            wire.cut(false);
            await until(() => two.state().sharing === 'redis' && one.state().instances === 2);
            two.close();
            await until(() => one.state().instances === 1);
        } finally {
            wire.close();
        }
    });

    it('is not fooled by a Redis that hangs', async () => {
        const one = open();
        await get(one);
        redis.freeze(true);
        const permit = await get(one, 6000);
        one.state().sharing.should.equal('defended');
        redis.freeze(false);
        one.release(permit);
        await pause(3000);
        one.state().sharing.should.equal('redis');
    });

    it('begins without Redis, and finds it later', async () => {
        await redis.kill();
        const one = open({ instances: 3 });
        const permit = await get(one, 5000);
        one.state().should.match({ sharing: 'defended', instances: 3 });
        (await free(one)).should.be.false();
        one.release(permit);
        await redis.begin();
        await pause(3000);
        one.state().sharing.should.equal('redis');
        used(one)[0]?.should.be.aboveOrEqual(1);
    });

    it('speaks with a password, to another database, and gives up its connection when it is closed', async () => {
        await redis.kill();
        await redis.begin('--requirepass', 'pass:word');
        const address = `redis://:pass%3Aword@127.0.0.1:${redis.port}/3`;
        const one = open({ address });
        const permit = await get(one);
        one.state().sharing.should.equal('redis');
        one.close();
        one.release(permit);
        await pause(100);
        one.open();
        await get(one);
        used(one).should.eql([2, 2]);
    });
});

import should from 'should';
import { sharedKnowledge } from '../../../src/runtime/watch/shared-knowledge';
import { RedisServer, redisOrSkip } from '../../support/redis';

describe('what several Node-REDs know of rows', function () {
    this.timeout(20_000);
    let redis: RedisServer;

    before(async function () {
        redisOrSkip.call(this);
        redis = await RedisServer.start();
    });
    after(() => redis?.kill());

    it('is looked for by one of them, and known to the next one that has the turn', async () => {
        const [one, other] = [sharedKnowledge(redis.address, ' n'), sharedKnowledge(redis.address, ' n')];
        const known = await one.turn();
        should(await other.turn()).be.undefined();
        await known?.open('q');
        known?.meet(['a', 'b']);
        known?.tell('c', { id: 'c', modified_at: 100 }, 100);
        await known?.reach(100, 40);
        should(await one.turn()).equal(known);
        await one.end(false);
        one.isOurs.should.be.false();
        await should(known?.reach(200, 140)).be.rejectedWith(/Another Node-RED/);
        const next = await other.turn();
        await next?.open('q');
        should(next?.cursor).equal(100);
        for (const id of ['a', 'b', 'c']) should(next?.has(id)).be.true();
        should(next?.told('c', { id: 'c', modified_at: 100 })).be.true();
        await next?.open('another question');
        should(next?.cursor).be.undefined();
        await other.end(true);
    });

    it('is looked for by nobody who does not reach Redis', async () => {
        const one = sharedKnowledge('redis://127.0.0.1:1/0', ' n');
        should(await one.turn()).be.undefined();
        await one.end(false);
    });
});

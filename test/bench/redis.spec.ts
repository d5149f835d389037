import 'should';
import { redisOrSkip } from '../support/redis';
import { redisRun } from '../support/redis-run';

describe('Three Node-REDs with one Redis, keep until done', function () {
    this.timeout(180_000);
    before(redisOrSkip);

    it('lose nothing and keep the order while they are killed in turn and Redis is started anew', async () => {
        const result = await redisRun({
            deliveries: 300,
            conversations: 20,
            instances: 3,
            killEvery: 1500,
            restart: true,
        });
        result.should.have.properties({ answered: 300, lost: 0, afterDone: 0, unmarked: 0, outOfOrder: 0 });
    });

    it('lose nothing and keep the order with clocks ten minutes apart, while they are killed in turn', async () => {
        const ten = 10 * 60_000;
        const result = await redisRun({
            deliveries: 300,
            conversations: 20,
            instances: 2,
            killEvery: 4000,
            clocks: ten,
        });
        result.should.have.properties({ answered: 300, lost: 0, afterDone: 0, unmarked: 0, outOfOrder: 0 });
    });

    it('do nothing again that was done while one of them does not reach Redis', async () => {
        const result = await redisRun({ deliveries: 300, conversations: 20, instances: 3, cutFor: 4000 });
        result.should.have.properties({ answered: 300, lost: 0, afterDone: 0, outOfOrder: 0 });
    });
});

import should from 'should';
import type { Bounds, Departures } from '../../../src/missive/guard/bounds';
import { DeparturesShared } from '../../../src/runtime/guard/departures-shared';
import { oneRedis } from '../../support/one-redis';

/** What one instance knows of itself. */
class Own implements Departures {
    count = 0;

    async add(count: number, { hour = Number.POSITIVE_INFINITY }: Bounds) {
        if (this.count + count > hour) return { full: 'hour' as const };
        this.count += count;
        const undo = () => {
            this.count -= count;
        };
        return { undo };
    }

    async left() {
        return { hour: this.count, day: this.count };
    }
}

describe('what has left an account of several Node-REDs', function () {
    this.timeout(20_000);
    const given = oneRedis({ link: true });

    const two = () => {
        return [1, 2].map(() => new DeparturesShared(given.link, given.place, new Own())) as [
            DeparturesShared,
            DeparturesShared,
        ];
    };

    it('is counted over all of them, all of a call or none of it, and taken back by what was refused', async () => {
        const [one, other] = two();
        const bounds = { hour: 3, day: 4 };
        const added = await one.add(2, bounds);
        should(await other.add(2, bounds)).eql({ full: 'hour' });
        should(await other.add(1, bounds)).have.property('undo');
        if ('undo' in added) added.undo();
        should(await other.add(2, bounds)).have.property('undo');
        should(await one.add(2, { hour: undefined, day: 4 })).eql({ full: 'day' });
    });

    it('says how many have left all of them, and counts nothing by that', async () => {
        const [one, other] = two();
        await one.add(2, { hour: 5, day: 5 });
        should(await other.left()).eql({ hour: 2, day: 2 });
        should(await one.left()).eql({ hour: 2, day: 2 });
    });

    it('lets twenty at once pass no more than the bound', async () => {
        const both = two();
        const all = await Promise.all(
            Array.from({ length: 20 }, (_, at) => both[at % 2]?.add(1, { hour: 5, day: undefined })),
        );
        all.filter((each) => each && 'undo' in each).should.have.length(5);
    });

    it('tells a Redis that has come back empty what it has sent itself', async () => {
        const [one, other] = two();
        const bounds = { hour: 4, day: undefined };
        await one.add(2, bounds);
        await other.add(1, bounds);
        await given.redis.kill();
        await given.redis.begin();
        await given.link.ready(5000);
        should(await one.add(2, bounds)).eql({ full: 'hour' });
        should(await other.left()).eql({ hour: 3, day: 3 });
        should(await one.add(1, bounds)).have.property('undo');
        // Thrown away while the connection stands.
        const { Redis } = await import('ioredis');
        const admin = new Redis(given.redis.address);
        await admin.flushall();
        admin.disconnect();
        should(await one.left()).eql({ hour: 3, day: 3 });
        should(await other.left()).eql({ hour: 4, day: 4 });
    });

    it('goes on without Redis with what the others had sent, and tells its own when Redis is back', async () => {
        const [one, other] = two();
        const bounds = { hour: 4, day: undefined };
        await other.add(2, bounds);
        await one.add(1, bounds);
        await given.redis.kill();
        should(await one.add(1, bounds)).have.property('undo');
        should(await one.add(1, bounds)).eql({ full: 'hour' });
        await given.redis.begin();
        await given.link.ready(5000);
        for (let at = 0; at < 100; at += 1) {
            const probe = await other.add(1, { hour: 1, day: undefined });
            if ('full' in probe) return;
            probe.undo();
            await new Promise((resolve) => setTimeout(resolve, 30));
        }
        throw new Error('What left meanwhile was not told.');
    });
});

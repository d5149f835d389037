import should from 'should';
import { ownCallsShared } from '../../../src/runtime/redis/own-calls-shared';
import { BrakeHere } from '../../../src/runtime/webhooks/memory/brake-here';
import { FileStates } from '../../../src/runtime/webhooks/memory/file-states';
import { SeenHere } from '../../../src/runtime/webhooks/memory/seen-here';
import { BrakeShared } from '../../../src/runtime/webhooks/memory/shared/brake-shared';
import { SeenShared } from '../../../src/runtime/webhooks/memory/shared/seen-shared';
import { StatesShared } from '../../../src/runtime/webhooks/memory/shared/states-shared';
import { oneRedis } from '../../support/one-redis';

describe('what several Node-REDs remember of deliveries', function () {
    this.timeout(30_000);
    const given = oneRedis({ link: true });

    const seen = (keeps = false) => new SeenShared(given.link, given.place, new SeenHere(), keeps);
    const begin = (of: SeenShared, key?: string, body = 'x') => of.begin(Buffer.from(body), key, Date.now());
    /** Until what was told is in Redis. */
    const told = () => new Promise((resolve) => setTimeout(resolve, 50));

    it('knows a repetition by its ids in another instance, and by the same print', async () => {
        const [one, other] = [seen(), seen()];
        const first = await begin(one, 'rule message');
        first.again.should.be.false();
        first.answered(true);
        const again = await begin(other, 'rule message');
        again.again.should.be.true();
        again.print.should.equal(first.print);
        other.forget('rule message');
        await told();
        (await begin(one, 'rule message')).again.should.be.false();
    });

    it('takes equal bytes for a repetition only where the 200 did not arrive', async () => {
        const [one, other] = [seen(), seen()];
        (await begin(one)).answered(true);
        await told();
        const second = await begin(other);
        second.again.should.be.false();
        second.answered(false);
        await told();
        const third = await begin(one);
        third.again.should.be.true();
        third.answered(true);
        await told();
        (await begin(other)).again.should.be.false();
    });

    it('takes what was refused for new, in any instance', async () => {
        for (const key of ['rule message', undefined]) {
            (await begin(seen(), key)).forget();
            await told();
            (await begin(seen(), key)).again.should.be.false();
        }
    });

    it('waits for what becomes of a delivery that another instance has in its hands', async () => {
        const [one, other] = [seen(), seen()];
        const first = await begin(one, 'rule message');
        const waiting = begin(other, 'rule message');
        setTimeout(() => first.forget(), 100);
        (await waiting).again.should.be.false();
    });

    it('gives what has changed since the event before, whichever instance had that', async () => {
        const states = () =>
            new StatesShared(given.link, given.place, new FileStates('/nowhere/states.log', () => false));
        const [one, other] = [states(), states()];
        const event = (...labels: string[]) => ({
            conversation: { id: 'c', shared_labels: labels.map((id) => ({ id })) },
        });
        should((await one.step('c', event('l1'))).changed).be.undefined();
        const step = await other.step('c', event('l1', 'l2'));
        should(step.changed).eql({ labels: { added: ['l2'], removed: [] } });
        step.undo();
        await told();
        should(await one.of('c')).match({ labels: ['l1'] });
    });

    it('brakes a loop that goes round over two instances', async () => {
        const [one, other] = [1, 2].map(() => new BrakeShared(given.link, given.place, new BrakeHere(2), 2));
        const verdicts = [];
        for (const brake of [one, other, one, other]) verdicts.push(await brake?.round('c'));
        verdicts.should.eql(['go', 'go', 'stop', 'stopped']);
    });

    it('brakes on where Redis has come back empty', async () => {
        const brake = new BrakeShared(given.link, given.place, new BrakeHere(2), 2);
        for (const verdict of ['go', 'go', 'stop']) should(await brake.round('c')).equal(verdict);
        await given.redis.kill();
        await given.redis.begin();
        await given.link.ready(5000);
        should(await brake.round('c')).equal('stopped');
    });

    it('knows the calls of the other instance', async () => {
        const [one, other] = [ownCallsShared(given.link, given.place), ownCallsShared(given.link, given.place)];
        one.note('c', 10_000);
        (await other.has('c')).should.be.true();
        (await other.has('d')).should.be.false();
    });

    it('goes on with what it knows itself while Redis is gone, refuses what is to be kept, and tells it afterwards', async () => {
        const [one, other, keeping] = [seen(), seen(), seen(true)];
        (await begin(one, 'before')).answered(true);
        await told();
        await given.redis.kill();
        (await begin(one, 'before')).again.should.be.true();
        // The clock of this machine need not be that of Redis.
        const real = Date.now;
        Date.now = () => real() + 30 * 24 * 3_600_000;
        const meanwhile = await begin(one, 'meanwhile').finally(() => {
            Date.now = real;
        });
        meanwhile.again.should.be.false();
        meanwhile.answered(true);
        await begin(keeping, 'kept').should.be.rejectedWith(/Redis/);
        const brake = new BrakeShared(given.link, given.place, new BrakeHere(1), 1);
        [await brake.round('c'), await brake.round('c')].should.eql(['go', 'stop']);
        const from = performance.now();
        await given.redis.begin();
        await given.link.ready(5000);
        (performance.now() - from).should.be.below(5000);
        await told();
        (await begin(other, 'meanwhile')).again.should.be.true();
        (await begin(keeping, 'kept')).again.should.be.false();
    });
});

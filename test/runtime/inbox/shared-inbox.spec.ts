import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import should from 'should';
import { held } from '../../../src/runtime/held';
import type { Bounds } from '../../../src/runtime/inbox/bounds';
import { FileInbox } from '../../../src/runtime/inbox/file-inbox';
import { InboxFull, type Recipient } from '../../../src/runtime/inbox/inbox';
import { moveToRedis } from '../../../src/runtime/inbox/shared/moving';
import { SharedInbox } from '../../../src/runtime/inbox/shared/shared-inbox';
import { oneRedis } from '../../support/one-redis';
import { RedisServer } from '../../support/redis';
import { Instance } from '../../support/shared-instance';

describe('an inbox in Redis', function () {
    this.timeout(30_000);
    const given = oneRedis();
    const instances: Instance[] = [];

    afterEach(async () => {
        for (const { inbox, recipient, sent } of instances.splice(0)) {
            for (const id of sent) await inbox.settle(id, 'done');
            await inbox.leave(recipient);
        }
    });

    const start = async (bounds: Partial<Bounds> = {}, lease?: number) => {
        const instance = new Instance(given.redis.address, given.place, bounds, lease ? { lease } : {});
        instances.push(instance);
        await instance.inbox.join(instance.recipient);
        return instance;
    };

    it('sends a delivery into the flow of the instance that took it in, with all that was known of it', async () => {
        const [one, other] = [await start(), await start()];
        let kept: unknown;
        Object.assign(one.recipient, {
            emit: (given: unknown) => {
                kept = given;
            },
        });
        await one.put('a', 'c');
        should(kept).match({
            id: 'a',
            conversation: 'c',
            facts: { own: true },
            body: Buffer.alloc(10, 'x'),
            failures: 0,
        });
        await sleep(200);
        other.sent.should.eql([]);
        await one.inbox.settle('a', 'done');
        await sleep(100);
        other.inbox.size.should.equal(0);
    });

    it('keeps the order of a conversation over all instances, one delivery at a time', async () => {
        const [one, other] = [await start(), await start()];
        await one.put('a', 'c');
        await other.put('b', 'c');
        await one.put('c', 'c');
        await other.put('x', 'd');
        (await one.until(1)).should.eql(['a']);
        other.sent.should.eql(['x']);
        await one.inbox.settle('a', 'done');
        (await one.until(2)).should.eql(['a', 'b']);
        await one.inbox.settle('b', 'done');
        (await one.until(3)).should.eql(['a', 'b', 'c']);
        other.sent.should.eql(['x']);
    });

    it('gives what a dead instance had to another one, marked, and nothing that was done', async () => {
        const [one, other] = [await start(), await start()];
        await one.put('a', 'c');
        await one.put('b', 'c');
        await one.put('d', 'e');
        await one.inbox.settle('d', 'done');
        one.die();
        (await other.until(1)).should.eql(['a']);
        other.again.should.eql(['a']);
        await other.inbox.settle('a', 'done');
        (await other.until(2)).should.eql(['a', 'b']);
        other.again.should.eql(['a']);
    });

    it('leaves a delivery with an instance that lives, however long its flow takes', async () => {
        const [one, other] = [await start(), await start()];
        await one.put('a', 'c');
        await sleep(2000);
        other.sent.should.eql([]);
        one.sent.should.eql(['a']);
    });

    it('hears that a flow is done although another instance has the delivery by now', async () => {
        const [one, other] = [await start(), await start()];
        await one.put('a', 'c');
        await one.put('b', 'c');
        await one.inbox.leave(one.recipient);
        (await other.until(1)).should.eql(['a']);
        one.inbox.has('a').should.be.true();
        await one.inbox.settle('a', 'done');
        // Its own flow still has it: the next one waits until that has dealt with it.
        await sleep(200);
        other.sent.should.eql(['a']);
        await other.inbox.settle('a', 'done');
        (await other.until(2)).should.eql(['a', 'b']);
    });

    it('sends what failed again, in any instance, stops it after so many failures, and lets the next pass', async () => {
        const [one, other] = [await start({ failures: 2 }), await start({ failures: 2 })];
        await one.put('a', 'c');
        await one.put('b', 'c');
        await one.inbox.settle('a', 'failed');
        for (let at = 0; at < 100 && one.sent.length + other.sent.length < 2; at += 1) await sleep(10);
        const second = one.sent.length === 2 ? one : other;
        second.again.should.eql(['a']);
        await second.inbox.settle('a', 'failed');
        (await second.until(second === one ? 3 : 2)).at(-1)?.should.equal('b');
        second.stopped.should.eql(['a']);
        await sleep(150);
        for (const { inbox } of [one, other]) inbox.stoppedCount.should.equal(1);
        await second.inbox.settle('b', 'done');
        one.inbox.deployed(() => false);
        for (let at = 0; at < 100 && one.sent.length + other.sent.length < 4; at += 1) await sleep(10);
        [...one.sent, ...other.sent].filter((id) => id === 'a').should.have.length(3);
        one.inbox.stoppedCount.should.equal(0);
    });

    it('stops what was in the flow at the end of so many instances', async () => {
        for (const tries of [1, 2]) {
            const one = await start({ tries: 2 });
            if (tries === 1) await one.put('a', 'c');
            (await one.until(1)).should.eql(['a']);
            await one.inbox.leave(one.recipient);
            await sleep(300);
        }
        const last = await start({ tries: 2 });
        await sleep(200);
        last.sent.should.eql([]);
        last.inbox.stoppedCount.should.equal(1);
    });

    it('takes in no more deliveries and bytes than it may', async () => {
        const one = await start({ deliveries: 2 });
        await one.put('a');
        await one.put('b');
        await one.put('c').should.be.rejectedWith(InboxFull);
        const small = await start({ bytes: 25 });
        await small.put('d').should.be.rejectedWith(InboxFull);
        await one.inbox.settle('a', 'done');
        await small.put('e', undefined, 5);
    });

    it('sends a delivery again that was lost with nodes that a deploy replaced', async () => {
        const one = await start();
        await one.put('a', 'c');
        held.take('a', { id: 'n' })();
        one.inbox.deployed((id) => id === 'a');
        (await one.until(2)).should.eql(['a', 'a']);
        one.again.should.eql(['a']);
    });

    it('takes a delivery back that Missive keeps itself', async () => {
        const one = await start();
        await one.put('a', 'c');
        await one.put('b', 'c');
        await one.inbox.giveBack('b');
        await one.inbox.giveBack('a');
        await sleep(150);
        one.sent.should.eql(['a']);
        one.inbox.size.should.equal(0);
    });

    it('works what Redis gave it although the answer was lost, once', async () => {
        const one = await start({}, 10_000);
        const other = new Redis(given.redis.address);
        await other.client('PAUSE', 2300, 'WRITE');
        other.disconnect();
        await one.put('a', 'c').should.be.rejectedWith(/Redis does not answer/);
        one.sent.should.eql([]);
        (await one.until(1)).should.eql(['a']);
        await sleep(300);
        one.sent.should.eql(['a']);
    });

    it('refuses while Redis is gone, keeps what the flow says until it is back, and goes on by itself', async () => {
        const folder = await mkdtemp(path.join(tmpdir(), 'missive-redis-'));
        const lasting = ['--appendonly', 'yes', '--appendfsync', 'always', '--dir', folder];
        const server = await RedisServer.start(...lasting);
        const one = new Instance(server.address, given.place);
        try {
            await one.inbox.join(one.recipient);
            await one.put('a', 'c');
            await one.put('b', 'c');
            await server.kill();
            await one.put('x').should.be.rejectedWith(/Redis/);
            let done = false;
            const settled = one.inbox.settle('a', 'done').then(() => {
                done = true;
            });
            await sleep(300);
            done.should.be.false();
            await server.begin(...lasting);
            const from = performance.now();
            await settled;
            (await one.until(2)).should.eql(['a', 'b']);
            one.again.should.eql([]);
            await one.put('y', 'd');
            (performance.now() - from).should.be.below(5000);
            await one.inbox.settle('b', 'done');
            await one.inbox.settle('y', 'done');
            one.inbox.size.should.be.below(3);
        } finally {
            await one.inbox.leave(one.recipient);
            await server.kill();
            await rm(folder, { recursive: true, force: true });
        }
    });

    it('takes over what a file kept, in its order and once, and gives it back to a file', async () => {
        const folder = await mkdtemp(path.join(tmpdir(), 'missive-moved-'));
        const file = path.join(folder, 'inbox-n.log');
        try {
            const none: Recipient = { emit: () => {}, stopped: () => {}, warn: () => {} };
            const before = new FileInbox(file, undefined, { failures: 1 });
            await before.join(none);
            for (const id of ['s', 'a', 'b', 'c']) {
                const arrived = { id, at: Date.now(), body: Buffer.from(id), print: `key:${id}`, facts: {} };
                await before.put({ ...arrived, conversation: id === 's' ? 'other' : 'c' });
            }
            await before.settle('s', 'failed');
            await before.leave(none);
            const inbox = new SharedInbox({
                ...{ address: given.redis.address, place: given.place, pulse: { beat: 50 } },
                former: (steps) => moveToRedis(file, given.place, steps),
            });
            const sent: string[] = [];
            const recipient: Recipient = { ...none, emit: ({ id }) => sent.push(id) };
            await inbox.join(recipient);
            existsSync(file).should.be.false();
            await sleep(100);
            sent.should.eql(['a']);
            inbox.stoppedCount.should.equal(1);
            await inbox.settle('a', 'done');
            await sleep(50);
            sent.should.eql(['a', 'b']);
            await inbox.leave(recipient);
            await inbox.moveTo(file);
            const after = new FileInbox(file, undefined, { failures: 1 });
            const again: string[] = [];
            await after.join({ ...none, emit: ({ id }) => again.push(id) });
            await sleep(50);
            again.should.eql(['b']);
            after.size.should.equal(3);
            after.stoppedCount.should.equal(1);
            await after.settle('b', 'done');
            await sleep(50);
            again.should.eql(['b', 'c']);
            await after.leave(none);
        } finally {
            await rm(folder, { recursive: true, force: true });
        }
    });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import should from 'should';
import { held } from '../../../src/runtime/held';
import { Unreachable } from '../../../src/runtime/redis/unreachable';
import { Cut } from '../../support/cut';
import { oneRedis } from '../../support/one-redis';
import { RedisServer } from '../../support/redis';
import { Instance } from '../../support/shared-instance';

describe('an inbox in a Redis that is in trouble', function () {
    this.timeout(60_000);
    const given = oneRedis();
    let admin: Redis;
    const instances: Instance[] = [];

    before(() => {
        admin = new Redis(given.redis.address);
        admin.on('error', () => {});
    });
    after(() => admin?.disconnect());
    afterEach(async () => {
        for (const { inbox, recipient } of instances.splice(0)) await inbox.leave(recipient);
    });

    const start = async (address = given.redis.address) => {
        const one = new Instance(address, given.place);
        instances.push(one);
        await one.inbox.join(one.recipient);
        return one;
    };

    /** One that was cut off with `a` in its flow, while another one was done with that; it reaches Redis again. */
    const overtaken = async (wire: Cut) => {
        const one = await start(`redis://127.0.0.1:${wire.port}/0`);
        await one.put('a', 'c');
        await one.until(1);
        wire.cut(true);
        const other = await start();
        await other.until(1);
        await other.inbox.settle('a', 'done');
        // The last one there takes all away that is not needed any more.
        await other.inbox.leave(other.recipient);
        wire.cut(false);
        return one;
    };

    it('goes on after FLUSHALL: what is in the flow is done once, what comes is taken in', async () => {
        const one = await start();
        await one.put('a', 'c');
        await one.until(1);
        await admin.flushall();
        await sleep(200);
        await one.inbox.settle('a', 'done');
        await one.put('b', 'c');
        await one.until(2);
        await one.inbox.settle('b', 'done');
        await sleep(200);
        one.sent.should.eql(['a', 'b']);
        one.inbox.size.should.equal(0);
    });

    it('keeps what is in the flow, and what was stopped, in a Redis that has come back empty, and says so', async () => {
        const one = new Instance(given.redis.address, given.place, { failures: 2 });
        instances.push(one);
        await one.inbox.join(one.recipient);
        await one.put('s', 'other');
        for (const times of [1, 2]) {
            await one.until(times);
            await one.inbox.settle('s', 'failed');
        }
        await one.put('a', 'c');
        await one.until(3);
        await sleep(200);
        await given.redis.kill();
        await given.redis.begin();
        // A call that its flow makes now is made, and known to whoever has it next.
        const calls = held.calls('a')?.calls;
        await calls?.begin('POST /drafts');
        await calls?.end('POST /drafts', { done: true });
        await one.put('b', 'c');
        await one.inbox.settle('a', 'failed');
        should(await one.until(4)).eql(['s', 's', 'a', 'a']);
        one.again.should.eql(['s', 'a']);
        should(held.calls('a')?.calls.known()).have.property('POST /drafts');
        await one.inbox.settle('a', 'done');
        should(await one.until(5)).eql(['s', 's', 'a', 'a', 'b']);
        await one.inbox.settle('b', 'done');
        one.inbox.stoppedCount.should.equal(1);
        one.warned.should.have.length(1);
        String(one.warned[0]).should.match(/Redis has forgotten/);
        one.inbox.revive('s').should.be.true();
        await one.until(6);
        await one.inbox.settle('s', 'done');
    });

    it('works on nothing again that was done elsewhere while it stood still, though nothing is left there', async () => {
        const wire = await Cut.to(given.redis.port);
        try {
            const one = await overtaken(wire);
            await sleep(1500);
            one.sent.should.eql(['a']);
            one.warned.should.eql([]);
        } finally {
            wire.close();
        }
    });

    it('puts nothing into the flow twice where that is done late with what another one has done meanwhile', async () => {
        const wire = await Cut.to(given.redis.port);
        try {
            const one = await overtaken(wire);
            await one.put('b', 'c');
            await one.inbox.settle('a', 'done');
            await sleep(500);
            one.sent.should.eql(['a', 'b']);
            await one.inbox.settle('b', 'done');
            one.inbox.size.should.equal(0);
        } finally {
            wire.close();
        }
    });

    it('takes nothing in where Redis is one of a cluster that has not got it (MOVED), and says what to do', async () => {
        const folders = await Promise.all([1, 2].map(() => mkdtemp(path.join(tmpdir(), 'missive-cluster-'))));
        const [one, all] = await Promise.all(
            folders.map((folder) => RedisServer.start('--cluster-enabled', 'yes', '--dir', folder)),
        );
        if (!one || !all) throw new Error('No cluster');
        const owner = new Redis(all.address);
        const asked = new Redis(one.address);
        const instance = new Instance(one.address, given.place);
        try {
            await owner.call('CLUSTER', 'ADDSLOTSRANGE', '0', '16383');
            await owner.call('CLUSTER', 'MEET', '127.0.0.1', String(one.port));
            while (!String(await asked.call('CLUSTER', 'INFO')).includes('cluster_state:ok')) await sleep(50);
            const error = await instance.put('a', 'c').then(
                () => undefined,
                (reason: unknown) => reason,
            );
            should(error).be.instanceOf(Unreachable);
            String(error).should.match(/part of a cluster.*give the account a Redis/);
            instance.sent.should.eql([]);
        } finally {
            await instance.inbox.leave(instance.recipient);
            for (const client of [owner, asked]) client.disconnect();
            for (const server of [one, all]) await server.kill();
            for (const folder of folders) await rm(folder, { recursive: true, force: true });
        }
    });

    it('takes nothing in while Redis has no memory left, and what is done is deleted all the same', async () => {
        const one = await start();
        await one.put('a', 'c');
        await one.until(1);
        await admin.config('SET', 'maxmemory-policy', 'noeviction');
        await admin.config('SET', 'maxmemory', '1');
        try {
            const error = await one.put('b', 'c').then(
                () => undefined,
                (reason: unknown) => reason,
            );
            should(error).be.instanceOf(Unreachable);
            String(error).should.match(/no memory left/);
            void one.inbox.settle('a', 'done');
            await sleep(300);
        } finally {
            await admin.config('SET', 'maxmemory', '0');
        }
        await one.put('c', 'c');
        await one.until(2);
        one.sent.should.eql(['a', 'c']);
        await one.inbox.settle('c', 'done');
    });

    it('refuses what a script did not keep that was killed', async () => {
        const one = await start();
        await admin.config('SET', 'busy-reply-threshold', '200');
        const endless = admin.eval('while true do end', 0).catch((error: Error) => error.message);
        await sleep(100);
        const refused = one.put('a', 'c').then(
            () => 'kept',
            (error: unknown) => (error instanceof Unreachable ? 'refused' : String(error)),
        );
        // It gives up before the script does.
        await sleep(2500);
        const killer = new Redis(given.redis.address, { enableReadyCheck: false });
        killer.on('error', () => {});
        await killer.script('KILL');
        killer.disconnect();
        String(await endless).should.match(/killed/i);
        (await refused).should.equal('refused');
        // Missive sends it again, with a new id of ours: what Redis may have done late is worked at most once more.
        await one.put('b', 'c');
        await one.until(1);
    });

    it('works on nothing again that another instance has done while one stood still, and lets that make no call', async () => {
        const wire = await Cut.to(given.redis.port);
        try {
            const one = await start(`redis://127.0.0.1:${wire.port}/0`);
            await one.put('a', 'c');
            await one.until(1);
            const calls = held.calls('a')?.calls;
            const other = await start();
            wire.cut(true);
            await other.until(1);
            await other.inbox.settle('a', 'done');
            await other.put('b', 'c');
            await other.until(2);
            wire.cut(false);
            await sleep(1500);
            one.sent.should.eql(['a']);
            if (calls) await calls.begin('POST /drafts').should.be.rejectedWith(/no longer kept here/);
            // Its flow comes to its end, too, and says so late.
            await one.inbox.settle('a', 'done');
            await sleep(300);
            one.sent.should.eql(['a']);
            other.sent.should.eql(['a', 'b']);
            await other.inbox.settle('b', 'done');
        } finally {
            wire.close();
        }
    });

    it('never takes in without Redis’s word where Redis takes five seconds for each answer', async () => {
        const slow = await Cut.to(given.redis.port, 5000);
        const one = new Instance(`redis://127.0.0.1:${slow.port}/0`, given.place);
        try {
            const outcome = await one.put('a', 'c').then(
                () => 'kept',
                (error: unknown) => (error instanceof Unreachable ? 'refused' : String(error)),
            );
            outcome.should.equal('refused');
            one.sent.should.eql([]);
        } finally {
            slow.close();
        }
    });

    it('takes nothing in where a cluster does not serve the place (CLUSTERDOWN)', async () => {
        const folder = await mkdtemp(path.join(tmpdir(), 'missive-cluster-'));
        const cluster = await RedisServer.start('--cluster-enabled', 'yes', '--dir', folder);
        const one = new Instance(cluster.address, given.place);
        try {
            await one.put('a', 'c').should.be.rejectedWith(Unreachable);
            one.sent.should.eql([]);
        } finally {
            await one.inbox.leave(one.recipient);
            await cluster.kill();
            await rm(folder, { recursive: true, force: true });
        }
    });
});

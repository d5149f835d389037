import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import should from 'should';
import { held } from '../../../src/runtime/held';
import type { Recipient } from '../../../src/runtime/inbox/inbox';
import { SharedInbox } from '../../../src/runtime/inbox/shared/shared-inbox';
import { Unreachable } from '../../../src/runtime/redis/unreachable';
import { Cut } from '../../support/cut';
import { RedisServer, redisOrSkip } from '../../support/redis';

/** One Node-RED of several. */
class Instance {
    readonly sent: string[] = [];
    readonly inbox: SharedInbox;
    readonly recipient: Recipient = {
        emit: ({ id }) => this.sent.push(id),
        stopped: () => {},
        warn: () => {},
    };

    constructor(address: string, place: string) {
        const pulse = { beat: 50, lease: 700, linger: 200 };
        this.inbox = new SharedInbox({ address, place, pulse, bounds: { delay: () => 5, grace: 5 } });
    }

    put(id: string): Promise<void> {
        const body = Buffer.from('x'.repeat(100));
        return this.inbox.put({ id, at: Date.now(), body, conversation: 'c', print: '', facts: {} });
    }

    async until(holds: () => boolean): Promise<void> {
        for (let at = 0; at < 1000 && !holds(); at += 1) await sleep(10);
        holds().should.be.true();
    }
}

describe('an inbox in a Redis that is in trouble', function () {
    this.timeout(60_000);
    let redis: RedisServer;
    let admin: Redis;
    let place: string;
    let count = 0;
    const instances: Instance[] = [];

    before(async function () {
        redisOrSkip.call(this);
        redis = await RedisServer.start();
        admin = new Redis(redis.address);
        admin.on('error', () => {});
    });
    after(async () => {
        admin?.disconnect();
        await redis?.kill();
    });
    beforeEach(() => {
        place = `{missive:node:t${count++}}`;
    });
    afterEach(async () => {
        for (const { inbox, recipient } of instances.splice(0)) await inbox.leave(recipient);
    });

    const start = async (address = redis.address) => {
        const one = new Instance(address, place);
        instances.push(one);
        await one.inbox.join(one.recipient);
        return one;
    };

    it('goes on after FLUSHALL: what is in the flow is done once, what comes is taken in', async () => {
        const one = await start();
        await one.put('a');
        await one.until(() => one.sent.length === 1);
        await admin.flushall();
        await sleep(200);
        await one.inbox.settle('a', 'done');
        await one.put('b');
        await one.until(() => one.sent.length === 2);
        await one.inbox.settle('b', 'done');
        await sleep(200);
        one.sent.should.eql(['a', 'b']);
        one.inbox.size.should.equal(0);
    });

    it('takes nothing in while Redis has no memory left, and what is done is deleted all the same', async () => {
        const one = await start();
        await one.put('a');
        await one.until(() => one.sent.length === 1);
        await admin.config('SET', 'maxmemory-policy', 'noeviction');
        await admin.config('SET', 'maxmemory', '1');
        try {
            const error = await one.put('b').then(
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
        await one.put('c');
        await one.until(() => one.sent.length === 2);
        one.sent.should.eql(['a', 'c']);
        await one.inbox.settle('c', 'done');
    });

    it('refuses what a script did not keep that was killed', async () => {
        const one = await start();
        await admin.config('SET', 'busy-reply-threshold', '200');
        const endless = admin.eval('while true do end', 0).catch((error: Error) => error.message);
        await sleep(100);
        const refused = one.put('a').then(
            () => 'kept',
            (error: unknown) => (error instanceof Unreachable ? 'refused' : String(error)),
        );
        // It gives up before the script does.
        await sleep(2500);
        const killer = new Redis(redis.address, { enableReadyCheck: false });
        killer.on('error', () => {});
        await killer.script('KILL');
        killer.disconnect();
        String(await endless).should.match(/killed/i);
        (await refused).should.equal('refused');
        // Missive sends it again, with a new id of ours: what Redis may have done late is worked at most once more.
        await one.put('b');
        await one.until(() => one.sent.includes('b') || one.sent.includes('a'));
    });

    it('works on nothing again that another instance has done while one stood still, and lets that make no call', async () => {
        const wire = await Cut.to(redis.port);
        try {
            const one = await start(`redis://127.0.0.1:${wire.port}/0`);
            await one.put('a');
            await one.until(() => one.sent.length === 1);
            const calls = held.calls('a')?.calls;
            const other = await start();
            wire.cut(true);
            await other.until(() => other.sent.length === 1);
            await other.inbox.settle('a', 'done');
            await other.put('b');
            await other.until(() => other.sent.length === 2);
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
        const slow = await Slow.to(redis.port, 5000);
        const one = new Instance(`redis://127.0.0.1:${slow.port}/0`, place);
        try {
            const outcome = await one.put('a').then(
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
        const one = new Instance(cluster.address, place);
        try {
            await one.put('a').should.be.rejectedWith(Unreachable);
            one.sent.should.eql([]);
        } finally {
            await one.inbox.leave(one.recipient);
            await cluster.kill();
            await rm(folder, { recursive: true, force: true });
        }
    });
});

/** A wire on which each answer takes so many milliseconds. */
class Slow {
    readonly #sockets = new Set<Socket>();

    private constructor(
        private readonly server: Server,
        readonly port: number,
    ) {}

    static async to(port: number, delay: number): Promise<Slow> {
        const server = createServer((near) => {
            const far = dial(port, '127.0.0.1');
            for (const each of [near, far]) {
                slow.#sockets.add(each);
                each.on('error', () => {});
            }
            near.pipe(far);
            far.on('data', (data) => setTimeout(() => near.write(data), delay).unref());
            near.on('close', () => far.destroy());
        });
        await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
        const address = server.address();
        const slow = new Slow(server, typeof address === 'object' && address ? address.port : 0);
        return slow;
    }

    close(): void {
        for (const each of this.#sockets) each.destroy();
        this.server.close();
    }
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import should from 'should';
import type { Grant, Permit } from '../../../src/missive/limits/ledger';
import { RedisLedger } from '../../../src/missive/limits/redis/redis-ledger';
import { troubleOf } from '../../../src/missive/limits/redis/trouble';
import { RedisServer, redisOrSkip } from '../../support/redis';

const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

describe('The ledger in a Redis that is in trouble', function () {
    this.timeout(60_000);
    let redis: RedisServer;
    let admin: Redis;
    let ledgers: RedisLedger[];
    let said: string[];
    let taken: [RedisLedger, Permit][];
    let key = 0;

    before(redisOrSkip);
    beforeEach(() => {
        [ledgers, said, taken] = [[], [], []];
        key++;
    });
    afterEach(async () => {
        for (const [ledger, permit] of taken) ledger.release(permit);
        for (const ledger of ledgers) ledger.close();
        admin?.disconnect();
        await redis.kill();
    });

    const start = async (...options: string[]) => {
        redis = await RedisServer.start(...options);
        admin = new Redis(redis.address);
        admin.on('error', () => {});
    };
    const open = (address = redis.address) => {
        const ledger = new RedisLedger({ address, key: `trouble-${key}`, log: (sentence) => said.push(sentence) });
        ledgers.push(ledger);
        return ledger;
    };
    const until = async (holds: () => boolean | Promise<boolean>, within = 20_000) => {
        const late = performance.now() + within;
        while (!(await holds())) {
            if (performance.now() > late) throw new Error(`Not within ${within} ms. Said: ${said.join(' ')}`);
            await pause(50);
        }
    };
    const ask = async (ledger: RedisLedger): Promise<Grant> => {
        const grant = await ledger.acquire('urgent');
        if ('permit' in grant) taken.push([ledger, grant.permit]);
        return grant;
    };
    const send = async (ledger: RedisLedger) => {
        let grant = { wait: 0 } as Grant;
        await until(async () => {
            grant = await ledger.acquire('urgent');
            return 'permit' in grant;
        });
        if ('permit' in grant) ledger.release(grant.permit);
    };
    const isShared = (ledger: RedisLedger) => () => ledger.state().sharing === 'redis';

    it('believes no reply that knows less than it has sent itself, and tells Redis again', async () => {
        await start();
        const [one, two] = [open(), open()];
        for (let at = 0; at < 20; at++) await send(at % 2 ? one : two);
        await admin.flushall();
        should(await ask(one)).have.property('wait');
        await send(one);
        await send(two);
        await until(() => (one.state().windows[0]?.used ?? 0) >= 22);
    });

    it('keeps a pause after a 429 that Redis has thrown away, for all', async () => {
        await start();
        const [one, two] = [open(), open()];
        await send(one);
        await send(two);
        one.hold(30_000, 300);
        await until(() => two.state().held > 0);
        await admin.flushall();
        for (const ledger of [one, two]) should(await ask(ledger)).have.property('wait');
        // One that begins now is told by those who know.
        await until(
            async () => Number(await admin.hget(`{missive:${`trouble-${key}`.slice(0, 16)}}:meta`, 'held')) > 0,
        );
        const three = open();
        await until(() => three.state().held > 0);
        should(await ask(three)).have.property('wait');
    });

    it('keeps a pause over an empty restart, and hands it on to another ledger', async () => {
        await start();
        const one = open();
        await send(one);
        one.hold(30_000);
        await redis.kill();
        await redis.begin();
        await until(isShared(one));
        one.state().held.should.be.above(10_000);
        one.spending().held.should.be.above(10_000);
        const two = open();
        two.recall(one.spending());
        should(await ask(two)).have.property('wait');
        two.state().held.should.be.above(10_000);
    });

    it('goes on where the clock of Redis is put back, and forgets nothing', async () => {
        await start();
        const one = open();
        for (let at = 0; at < 10; at++) await send(one);
        one.close();
        // As if all that had been an hour later.
        const base = `{missive:${`trouble-${key}`.slice(0, 16)}}`;
        for (const name of ['log', 'leases', 'clients'])
            for (const member of (await admin.zrange(`${base}:${name}`, '0', '-1')).map(String))
                await admin.zincrby(`${base}:${name}`, '3600000', member);
        const now = Date.now() + 3_600_000;
        await admin.hset(`${base}:meta`, { last: String(now), paced: String(now), born: String(now) });
        const two = open();
        await until(isShared(two));
        const patient = await two.acquire('patient');
        if ('permit' in patient) two.release(patient.permit);
        else patient.wait.should.be.belowOrEqual(1000);
        await send(two);
        should(two.state().windows[0]?.used).be.within(11, 12);
        Number(String(await admin.hget(`${base}:meta`, 'last'))).should.be.below(now - 3_000_000);
    });

    it('comes back where a fail-over left it with a replica', async () => {
        await start();
        const one = open();
        await send(one);
        await admin.replicaof('127.0.0.1', 1);
        await until(async () => {
            await ask(one);
            return said.some((each) => /takes no writes \(READONLY\)/.test(each));
        });
        await admin.replicaof('NO', 'ONE');
        await until(isShared(one));
        String(said.at(-1)).should.match(/Redis is back/);
    });

    it('says that the password is wrong', async () => {
        await start('--requirepass', 'right');
        const one = open(`redis://:wrong@127.0.0.1:${redis.port}/0`);
        await until(async () => {
            await ask(one);
            return said.length > 0;
        });
        String(said[0]).should.match(/refuses the user or the password \(WRONGPASS\)/);
        String(said[0]).should.not.match(/wrong/);
    });

    it('is shared by a user of Redis who may use no channel, and says so once', async () => {
        await start();
        await admin.call('ACL', 'SETUSER', 'quiet', 'on', '>pw', '~*', '+@all', 'resetchannels');
        const one = open(`redis://quiet:pw@127.0.0.1:${redis.port}/0`);
        await until(isShared(one));
        for (let at = 0; at < 20; at++) await send(one);
        one.state().sharing.should.equal('redis');
        (one.state().windows[0]?.used ?? 0).should.be.within(19, 21);
        said.length.should.equal(1);
        String(said[0]).should.match(/may not use the channel of the limiter \(NOPERM\)/);
    });

    const words: [string, RegExp][] = [
        ['BUSY Redis is busy running a script. You can only call SCRIPT KILL', /busy with a script of somebody/],
        ["ERR unknown command 'EVALSHA', with args beginning with:", /a command that is needed/],
        ['ERR max number of clients reached', /no more connections \(maxclients\)/],
        ['DENIED Redis is running in protected mode', /protected mode/],
        ['NOAUTH Authentication required.', /the user or the password/],
        ['CLUSTERDOWN Hash slot not served', /no writes at the moment/],
        ['MISCONF Errors writing to the AOF file', /no writes at the moment/],
        ['MOVED 866 10.0.0.1:6379', /part of a cluster/],
    ];
    for (const [error, wanted] of words)
        it(`says in words what “${error.split(' ', 2).join(' ')}” means`, () => {
            String(troubleOf(new Error(error))).should.match(wanted);
        });

    it('says that Redis has no memory left, and returns when it has', async () => {
        await start();
        const one = open();
        await send(one);
        await admin.config('SET', 'maxmemory', '1');
        await until(async () => {
            await ask(one);
            return said.some((each) => /no memory left \(OOM\)/.test(each));
        });
        await admin.config('SET', 'maxmemory', '0');
        await until(isShared(one));
    });

    it('says that Redis is still loading its data, and shares as soon as it has', async () => {
        const folder = mkdtempSync(path.join(tmpdir(), 'missive-loading-'));
        const stored = ['--dir', folder, '--dbfilename', 'dump.rdb'];
        await start(...stored);
        const many = Array.from({ length: 600 }, (_, at) => [`k${at}`, 'x'.repeat(500)]).flat();
        // It answers after every two keys, as it does so after so many bytes of its file.
        await admin.config('SET', 'rdbcompression', 'no');
        await admin.mset(...many);
        await admin.save();
        await redis.kill();
        await redis.beginLoading(
            ...stored,
            '--key-load-delay',
            // A program that has just started gives it ten seconds.
            '22000',
            '--loading-process-events-interval-bytes',
            '1024',
        );
        const one = open();
        await until(async () => {
            await ask(one);
            return said.length > 0;
        });
        String(said[0]).should.match(/still loading its data \(LOADING\)/);
        await until(isShared(one));
        rmSync(folder, { recursive: true });
    });

    it('warns of a Redis that may throw away what the limiter needs', async () => {
        await start('--maxmemory-policy', 'volatile-lru');
        const one = open();
        await until(isShared(one));
        await until(() => said.some((each) => /maxmemory-policy is volatile-lru/.test(each)));
        said.length = 0;
        await redis.kill();
        await redis.begin();
        const two = open();
        await until(isShared(two));
        await pause(300);
        said.filter((each) => /maxmemory/.test(each)).should.eql([]);
    });
});

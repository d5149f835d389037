import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Redis } from 'ioredis';
import should from 'should';
import { type Doubt, doubtOf, watchDoubts } from '../../src/runtime/redis/doubt';
import { linkTo } from '../../src/runtime/redis/links';
import { certificate } from '../support/certificate';
import { RedisServer, redisOrSkip } from '../support/redis';

const ask = `return redis.call('GET', KEYS[1])`;
const set = `return redis.call('SET', KEYS[1], ARGV[1])`;

describe('the connection to a Redis', function () {
    this.timeout(20_000);
    let folder: string;
    const servers: RedisServer[] = [];
    const start = async (...options: string[]) => {
        const server = await RedisServer.start('--dir', folder, ...options);
        servers.push(server);
        return server;
    };

    before(redisOrSkip);
    beforeEach(() => {
        folder = mkdtempSync(path.join(tmpdir(), 'missive-link-'));
    });
    afterEach(async () => {
        for (const server of servers.splice(0)) await server.kill();
        rmSync(folder, { recursive: true, force: true });
    });

    it('is waited for by many at once without a warning', async () => {
        const warnings: string[] = [];
        const warned = ({ message }: Error) => warnings.push(message);
        process.on('warning', warned);
        const server = await start();
        const { link, release } = linkTo(server.address);
        await link.ready(5000);
        await server.kill();
        while (link.isThere) await new Promise((resolve) => setTimeout(resolve, 10));
        const waiting = Array.from({ length: 30 }, () => link.ready(10_000));
        await server.begin('--dir', folder);
        await Promise.all(waiting);
        release();
        process.off('warning', warned);
        warnings.should.eql([]);
    });

    it('is one for all who ask for an address, and comes back within five seconds', async () => {
        const server = await start();
        const [one, other] = [linkTo(server.address), linkTo(server.address)];
        one.link.should.equal(other.link);
        await one.link.ready();
        await server.kill();
        await one.link.run(ask, 'k').should.be.rejectedWith(/Redis does not answer/);
        let told = false;
        one.link.surely(async () => {
            await one.link.run(set, 'k', 'v');
            told = true;
        });
        await server.begin('--dir', folder);
        const from = performance.now();
        while (!told) await new Promise((resolve) => setTimeout(resolve, 20));
        (performance.now() - from).should.be.below(5000);
        String(await other.link.run(ask, 'k')).should.equal('v');
        one.release();
        other.release();
    });

    it('says why Redis is of no use: a wrong password, data that is still being read', async () => {
        const guarded = await start('--requirepass', 'right');
        const wrong = linkTo(`redis://:wrong@127.0.0.1:${guarded.port}/0`);
        await wrong.link.ready(3000).should.be.rejectedWith(/refuses the user or the password \(WRONGPASS\)/);
        await wrong.link.run(ask, 'k').should.be.rejectedWith(/\(WRONGPASS\)/);
        wrong.release();

        const full = await start();
        const admin = new Redis(full.address);
        await admin.mset(Array.from({ length: 600 }, (_, at) => [`k${at}`, 'x']).flat());
        await admin.save();
        admin.disconnect();
        await full.kill();
        const slow = ['--key-load-delay', '5000', '--loading-process-events-interval-bytes', '1024'];
        await full.beginLoading('--dir', folder, ...slow);
        const { link, release } = linkTo(full.address);
        await link.ready(500).should.be.rejectedWith(/still loading its data \(LOADING\)/);
        await link.run(ask, 'k1').should.be.rejectedWith(/\(LOADING\)/);
        await link.ready(15_000);
        String(await link.run(ask, 'k1')).should.equal('x');
        release();
    });

    it('says where Redis throws data away, or writes nothing down', async () => {
        const doubts: (Doubt | undefined)[] = [];
        for (const [options, status] of [
            [['--appendonly', 'yes', '--maxmemory-policy', 'allkeys-lru'], 'Redis evicts'],
            [['--appendonly', 'no'], 'Redis is not persistent'],
            [['--appendonly', 'yes', '--maxmemory-policy', 'noeviction'], undefined],
        ] as const) {
            const server = await start(...options);
            const { link, release } = linkTo(server.address);
            await link.ready();
            should((await doubtOf(link))?.status).equal(status);
            await new Promise<void>((resolve) => {
                const off = watchDoubts(link, (doubt) => {
                    doubts.push(doubt);
                    resolve();
                });
                void off;
            });
            release();
        }
        doubts.map((doubt) => doubt?.status).should.eql(['Redis evicts', 'Redis is not persistent', undefined]);
    });

    it('is encrypted, with user, password and database, and refuses a certificate that nobody vouches for', async function () {
        const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
        writeFileSync(key, certificate.key);
        writeFileSync(cert, certificate.cert);
        const tls = await RedisServer.withTls({ key, cert }, '--dir', folder, '--requirepass', 'pass word');
        if (!tls) return this.skip();
        servers.push(tls);
        const address = (more = '') => `rediss://:pass%20word@localhost:${tls.tlsPort}/3${more}`;
        const stranger = linkTo(address());
        await stranger.link.ready(1500).should.be.rejectedWith(/Redis/);
        stranger.release();
        const { link, release } = linkTo(address(`?ca=${encodeURIComponent(cert)}`));
        await link.ready();
        await link.run(set, 'k', 'v');
        String(await link.run(ask, 'k')).should.equal('v');
        release();
        const plain = new Redis(`redis://:pass%20word@127.0.0.1:${tls.port}/3`);
        String(await plain.get('k')).should.equal('v');
        plain.disconnect();
    });
});

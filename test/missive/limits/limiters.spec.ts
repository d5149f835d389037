import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import FakeTimers from '@sinonjs/fake-timers';
import should from 'should';
import { acquire } from '../../../src/missive/limits/limiters';

const address = 'https://limiters.test/v1';

describe('The limiters', () => {
    let clock: FakeTimers.Clock;
    beforeEach(() => {
        clock = FakeTimers.install({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
    });
    afterEach(() => {
        clock.tick(16 * 60_000);
        clock.uninstall();
    });

    it('leaves the settings as they are for a guest, such as a menu that is being loaded', () => {
        const deployed = acquire(address, 'one', { policy: 'fast', instances: 2 });
        const guest = acquire(address, 'one');
        guest.limiter.policy.should.equal('fast');
        guest.limiter.state().sharing.should.equal('parted');
        guest.release();
        deployed.release();
    });

    it('are one for an address and a token', () => {
        const shares = [acquire(address, 'one'), acquire(address, 'one')];
        should(shares[0]?.limiter).equal(shares[1]?.limiter);
        for (const share of shares) share.release();
    });

    it('are others for another token and for another address', () => {
        const shares = [acquire(address, 'one'), acquire(address, 'two'), acquire(`${address}2`, 'one')];
        new Set(shares.map((share) => share.limiter)).size.should.equal(3);
        for (const share of shares) share.release();
    });

    it('take several spellings of an address and of a token for the same', () => {
        const spellings = ['https://LIMITERS.test/v1/', ' https://limiters.test:443/v1', 'https://limiters.test/v1//'];
        const shares = [acquire(address, 'one'), ...spellings.map((text) => acquire(text, ' one\n'))];
        new Set(shares.map((share) => share.limiter)).size.should.equal(1);
        for (const share of shares) share.release();
    });

    it('take whatever somebody entered as an address', () => {
        acquire('no address', 'one').release();
    });

    it('are kept for sixteen minutes after the last share, so that a deploy forgets nothing', () => {
        const first = acquire(address, 'one');
        first.release();
        clock.tick(16 * 60_000 - 1);
        const second = acquire(address, 'one', {});
        should(second.limiter).equal(first.limiter);
        clock.tick(60 * 60_000);
        const third = acquire(address, 'one');
        should(third.limiter).equal(first.limiter);
        second.release();
        third.release();
        clock.tick(16 * 60_000);
        const fourth = acquire(address, 'one');
        should(fourth.limiter).not.equal(first.limiter);
        fourth.release();
    });

    it('are given up once only by a share', () => {
        const [first, second] = [acquire(address, 'one'), acquire(address, 'one')];
        first.release();
        first.release();
        clock.tick(60 * 60_000);
        const third = acquire(address, 'one');
        should(third.limiter).equal(second.limiter);
        second.release();
        third.release();
    });

    it('are registered without the token', () => {
        const share = acquire(address, 'secret-token-of-the-test');
        const slot = Symbol.for('@missive-community/node-red-missive.limiters.v1');
        const registry: unknown = Reflect.get(globalThis, slot);
        if (!(registry instanceof Map)) throw new Error('No registry');
        for (const key of registry.keys()) key.should.match(/^[0-9a-f]{64}$/);
        share.release();
    });

    it('follow the policy of whoever came last, and say so where somebody else had another', () => {
        const said: string[] = [];
        const log = (sentence: string) => said.push(sentence);
        const first = acquire(address, 'one', { policy: 'steady' }, log);
        const second = acquire(address, 'one', { policy: 'fast' }, log);
        first.limiter.policy.should.equal('fast');
        const third = acquire(address, 'one', { policy: 'fast' }, log);
        said.length.should.equal(1);
        String(said[0]).should.match(/"steady".*"fast"/);
        for (const share of [first, second, third]) share.release();
        // After a deploy nobody is left whose policy it was.
        const deployed = acquire(address, 'one', {}, log);
        deployed.limiter.policy.should.equal('balanced');
        said.length.should.equal(1);
        deployed.release();
    });

    it('part the limits where several programs use the token, and keep what was spent when that changes', async () => {
        const first = acquire(address, 'one', { instances: 2 });
        first.limiter.state().should.match({
            sharing: 'parted',
            instances: 2,
            windows: [{ limit: 150 }, { limit: 450 }],
        });
        const done = first.limiter.run(async () => ({ value: 1 }), { node: 'a' });
        await clock.tickAsync(100);
        await done;
        const second = acquire(address, 'one', {});
        should(second.limiter).equal(first.limiter);
        second.limiter.state().should.match({ sharing: 'alone', windows: [{ limit: 300, used: 1 }, { used: 1 }] });
        for (const share of [first, second]) share.release();
    });

    it('let the process end', () => {
        const module = resolve(__dirname, '../../../src/missive/limits/limiters.ts');
        const script = `
            const { acquire } = require(${JSON.stringify(module)});
            const share = acquire('https://limiters.test', 'one');
            acquire('https://limiters.test', 'two').release();
            share.limiter.run(async () => ({ value: 'done' }), { node: 'a' }).then(console.log);`;
        const out = execFileSync(process.execPath, ['--require', 'tsx/cjs', '-e', script], {
            cwd: resolve(__dirname, '../../..'),
            timeout: 9000,
            encoding: 'utf8',
        });
        out.trim().should.equal('done');
    });
});

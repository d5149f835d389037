import {
    chmodSync,
    existsSync,
    mkdirSync,
    mkdtempSync,
    readdirSync,
    readFileSync,
    rmSync,
    utimesSync,
    writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import should from 'should';
import type { Limiter } from '../../../src/missive/limits/limiter';
import { acquire, type Share } from '../../../src/missive/limits/limiters';

const slot = Symbol.for('@missive-community/node-red-missive.limiters.v1');
const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
const address = 'https://files.test/v1';

describe('What was spent', () => {
    let folder: string;
    let said: string[];
    let shares: Share[];
    /** Ends what still waits after a test. */
    let stopped: AbortController;

    beforeEach(() => {
        folder = path.join(mkdtempSync(path.join(tmpdir(), 'missive-spent-')), 'missive');
        said = [];
        shares = [];
        stopped = new AbortController();
    });
    afterEach(() => {
        stopped.abort();
        for (const share of shares) share.release();
        forget();
        rmSync(path.dirname(folder), { recursive: true, force: true });
    });

    /** As after a restart: the process knows nothing any more. */
    const forget = () => (Reflect.get(globalThis, slot) as Map<string, unknown>).clear();
    const start = (token = 'secret-token-of-the-test'): Limiter => {
        const share = acquire(address, token, { folder }, (sentence) => said.push(sentence));
        shares.push(share);
        return share.limiter;
    };
    const stop = () => {
        for (const share of shares.splice(0)) share.release();
        forget();
    };
    const send = (limiter: Limiter, ms = 0) =>
        limiter.run(
            async () => {
                await pause(ms);
                return { value: undefined };
            },
            { node: 'a', priority: 'high', signal: stopped.signal },
        );
    const used = (limiter: Limiter) => limiter.state().windows.map((window) => window.used);
    const file = () => path.join(folder, String(readdirSync(folder).find((name) => name.endsWith('.json'))));

    it('still counts after a restart', async () => {
        const limiter = start();
        for (let at = 0; at < 20; at++) await send(limiter);
        stop();
        used(start()).should.eql([20, 20]);
        said.should.eql([]);
    });

    it('holds neither token nor address', async () => {
        await send(start());
        stop();
        const text = readFileSync(file(), 'utf8');
        text.should.not.match(/secret|files\.test/);
        path.basename(file()).should.match(/^limiter-[0-9a-f]{16}\.json$/);
    });

    it('counts for its own token alone', async () => {
        await send(start());
        stop();
        used(start('another')).should.eql([0, 0]);
    });

    it('is written on the way, for a process that is killed: then a few more are counted', async () => {
        const limiter = start();
        for (let at = 0; at < 3; at++) await send(limiter);
        await pause(1300);
        forget();
        used(start()).should.eql([13, 13]);
    });

    it('is written once a second at most, whatever is sent', async () => {
        const limiter = start();
        for (let at = 0; at < 100; at++) await send(limiter);
        await pause(300);
        existsSync(folder).should.be.false();
        await pause(1000);
        readdirSync(folder).length.should.equal(1);
    });

    it('includes what is on its way', async () => {
        const running = send(start(), 300);
        stop();
        used(start()).should.eql([1, 1]);
        await running;
    });

    it('includes a hold', async () => {
        const limiter = start();
        await limiter.run(async ({ number }) => (number === 1 ? { again: 100, hold: true } : { value: 1 }), {
            node: 'a',
        });
        limiter.ledger.hold(60_000);
        stop();
        start().state().held.should.be.within(55_000, 60_000);
    });

    for (const [what, text] of [
        ['is cut off', '{"finished":[17'],
        ['is empty', ''],
        ['is something else', '[1,2]'],
        ['has no numbers', '{"finished":["x"],"inFlight":0,"heldUntil":0}'],
    ] as const)
        it(`that ${what} makes a warning and a cautious start`, async () => {
            await send(start());
            stop();
            writeFileSync(file(), text);
            const limiter = start();
            said.length.should.equal(1);
            String(said[0]).should.match(/\(.+\), so the queue begins cautiously: .*limiter-/);
            await send(limiter);
            for (let at = 0; at < 50; at++) send(limiter).catch(() => {});
            while ((used(limiter)[0] ?? 0) < 10) await pause(20);
            await pause(200);
            // A tenth of the minute, less what is left free on top.
            used(limiter)[0]?.should.be.within(10, 30);
        });

    it('that nobody may read or write makes a warning', async () => {
        mkdirSync(folder, { recursive: true });
        await send(start());
        stop();
        const place = file();
        rmSync(place);
        mkdirSync(place);
        const limiter = start();
        await send(limiter);
        stop();
        said.length.should.equal(2);
        String(said[1]).should.match(/cannot be kept for the next start/);
        chmodSync(place, 0o700);
    });

    it('counts nothing twice and nothing from the future where the clock was put back', async () => {
        await send(start());
        stop();
        const content = JSON.parse(readFileSync(file(), 'utf8'));
        const later = Date.now() + 3600_000;
        writeFileSync(file(), JSON.stringify({ ...content, finished: [later, later], heldUntil: later }));
        const limiter = start();
        used(limiter).should.eql([2, 2]);
        limiter.state().held.should.be.belowOrEqual(900_000);
    });

    it('of a token that is not used any more is thrown away after a day', async () => {
        await send(start());
        stop();
        const gone = path.join(folder, 'limiter-0123456789abcdef.json');
        writeFileSync(gone, '{}');
        utimesSync(gone, 1, 1);
        start();
        existsSync(gone).should.be.false();
        should(existsSync(file())).be.true();
    });
});

import { EventEmitter } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NodeAPI } from 'node-red';
import should from 'should';
import type { Inbox, Recipient } from '../../../src/runtime/inbox/inbox';
import { Lastings } from '../../../src/runtime/webhooks/memory/lasting';
import { memoryOf } from '../../../src/runtime/webhooks/memory/memory-of';
import { RedisServer, redisOrSkip } from '../../support/redis';

const none: Recipient = { emit: () => {}, stopped: () => {}, warn: () => {} };

describe('What is kept in a Redis that the account has no more', function () {
    this.timeout(30_000);
    let one: RedisServer;
    let other: RedisServer;
    let folder: string;
    let warned: string[];
    let count = 0;
    let node = '';
    let RED: NodeAPI;
    const closing: (() => void)[] = [];

    before(async function () {
        redisOrSkip.call(this);
        [one, other] = await Promise.all([RedisServer.start(), RedisServer.start('--requirepass', 'top:secret')]);
    });
    after(() => Promise.all([one?.kill(), other?.kill()]));
    beforeEach(async () => {
        folder = await mkdtemp(path.join(tmpdir(), 'missive-former-'));
        warned = [];
        const log = { warn: (text: string) => warned.push(text) };
        const settings = { userDir: folder, get: () => undefined };
        RED = { _: String, settings, log, events: new EventEmitter() } as unknown as NodeAPI;
        node = `n${count++}`;
    });
    afterEach(async () => {
        for (const close of closing.splice(0)) close();
        await rm(folder, { recursive: true, force: true });
    });

    const locked = () => `redis://:top%3Asecret@127.0.0.1:${other.port}/0`;

    /** A Node-RED from its start on; each `deploy` makes the node anew. */
    const start = () => {
        const lastings = new Lastings();
        let stop = async () => {};
        const deploy = async (redis: string) => {
            await stop();
            const wanted = { node, key: ` ${node}`, keeps: true, changes: false, rounds: 3, mine: () => true, redis };
            const memory = memoryOf(RED, lastings.of(node), wanted);
            const sent: string[] = [];
            const recipient = { ...none, emit: ({ id }: { id: string }) => sent.push(id) };
            const inbox = memory.inbox as Inbox;
            await inbox.join(recipient);
            stop = async () => {
                await inbox.leave(recipient);
                memory.close?.();
                stop = async () => {};
            };
            closing.push(() => void stop());
            await sleep(50);
            return { inbox, sent };
        };
        return { deploy, stop: () => stop() };
    };
    const put = (inbox: Inbox, id: string) =>
        inbox.put({ id, at: Date.now(), body: Buffer.from(id), print: `key:${id}`, conversation: 'c', facts: {} });

    /** What went into the flow, once these have, and a moment for more. */
    const came = async (sent: readonly string[], ...ids: string[]) => {
        for (let at = 0; at < 1000 && sent.length < ids.length; at += 1) await sleep(10);
        await sleep(50);
        sent.should.eql(ids);
    };

    it('is fetched into files at a start without the address', async () => {
        const before = start();
        const { inbox } = await before.deploy(one.address);
        for (const id of ['a', 'b']) await put(inbox, id);
        await before.stop();
        // Nobody has it in a flow any more.
        await inbox.discard();
        const { sent, inbox: files } = await start().deploy('');
        await came(sent, 'a');
        files.size.should.equal(2);
        await files.settle('a', 'done');
        await came(sent, 'a', 'b');
        warned.should.eql([]);
        readdirSync(path.join(folder, 'missive'))
            .filter((name) => name.startsWith('redis-'))
            .should.eql([]);
    });

    it('is fetched into another Redis, by a deploy and at a start', async () => {
        const before = start();
        const { inbox } = await before.deploy(locked());
        for (const id of ['a', 'b']) await put(inbox, id);
        const moved = await before.deploy(one.address);
        await came(moved.sent, 'a');
        moved.inbox.size.should.equal(2);
        await before.stop();
        await moved.inbox.discard();
        const { sent, inbox: last } = await start().deploy(locked());
        await came(sent, 'a');
        await last.settle('a', 'done');
        await came(sent, 'a', 'b');
        await last.settle('b', 'done');
        warned.should.eql([]);
    });

    it('is told of where nobody has its password, which lies in no file, and is fetched once the address was there again', async () => {
        const before = start();
        const { inbox } = await before.deploy(locked());
        await put(inbox, 'a');
        await before.stop();
        await inbox.discard();
        const missive = path.join(folder, 'missive');
        for (const name of readdirSync(missive))
            readFileSync(path.join(missive, name), 'utf8').should.not.match(/secret/);
        const later = start();
        (await later.deploy('')).sent.should.eql([]);
        warned.should.have.length(1);
        should(warned[0]).containEql(`redis://127.0.0.1:${other.port}/0`).and.not.containEql('secret');
        await came((await later.deploy(locked())).sent, 'a');
        const { sent } = await later.deploy('');
        await came(sent, 'a');
        existsSync(path.join(missive, `redis-${node}.log`)).should.be.false();
    });

    it('leaves no word of a Redis in which nothing is kept', async () => {
        const before = start();
        await before.deploy(locked());
        await before.stop();
        await start().deploy('');
        warned.should.eql([]);
    });

    it('says so where that Redis does not answer, and goes on', async () => {
        const gone = await RedisServer.start();
        const before = start();
        const { inbox } = await before.deploy(gone.address);
        await put(inbox, 'a');
        await before.stop();
        await gone.kill();
        const { inbox: files } = await start().deploy('');
        files.size.should.equal(0);
        should(warned[0]).match(/stays there for now/);
        await put(files, 'x');
    });
});

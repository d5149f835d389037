import { mkdir, mkdtemp, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import should from 'should';
import { held } from '../../../src/runtime/held';
import type { Bounds } from '../../../src/runtime/inbox/bounds';
import { FileInbox } from '../../../src/runtime/inbox/file-inbox';
import { InboxFull, type Recipient } from '../../../src/runtime/inbox/inbox';

describe('an inbox', () => {
    let folder: string;
    let file: string;
    let inbox: FileInbox;
    let sent: string[];
    let stopped: string[];
    let warnings: string[];
    let recipient: Recipient;
    let restored: string[];

    const open = async (bounds: Partial<Bounds> = {}) => {
        restored = [];
        inbox = new FileInbox(file, (print) => restored.push(print), { delay: () => 5, grace: 5, ...bounds });
        await inbox.join(recipient);
    };
    /** As after kill -9: another inbox reads the file that this one left. */
    const restart = async (bounds: Partial<Bounds> = {}) => {
        await inbox.leave(recipient);
        sent = [];
        await open(bounds);
        await sleep(30);
    };
    const put = (id: string, conversation?: string, size = 10) =>
        inbox.put({ id, at: Date.now(), body: Buffer.alloc(size, 'x'), conversation, print: `key:${id}`, facts: {} });

    /** Waits until so many were sent, and a moment for one too many. */
    const sentBy = async (count: number) => {
        for (let i = 0; i < 400 && sent.length < count; i += 1) await sleep(5);
        await sleep(10);
        return sent;
    };

    beforeEach(async () => {
        folder = await mkdtemp(path.join(tmpdir(), 'missive-inbox-'));
        file = path.join(folder, 'it.log');
        sent = [];
        stopped = [];
        warnings = [];
        recipient = {
            emit: ({ id }, redelivered) => sent.push(redelivered ? `${id} again` : id),
            stopped: (kept) => kept && stopped.push(kept.id),
            warn: (text) => warnings.push(text),
        };
        await open();
    });
    afterEach(async () => {
        await inbox.leave(recipient);
        await rm(folder, { recursive: true });
    });

    it('sends a delivery when it is on the disk, and forgets it when it is done', async () => {
        await put('a');
        sent.should.eql(['a']);
        (await readFile(file)).includes('"id":"a"').should.be.true();
        await inbox.settle('a', 'done');
        inbox.size.should.equal(0);
        await restart();
        sent.should.eql([]);
        restored.should.eql(['key:a']);
    });

    it('sends again after a restart what was not done, marked, in its order', async () => {
        for (const id of ['a', 'b', 'c', 'd']) await put(id);
        await inbox.settle('b', 'done');
        await restart();
        (await sentBy(3)).should.eql(['a again', 'c again', 'd again']);
        restored.sort().should.eql(['key:a', 'key:b', 'key:c', 'key:d']);
        for (const id of ['a', 'c', 'd']) await inbox.settle(id, 'done');
        await restart();
        sent.should.eql([]);
    });

    it('sends those of one conversation one after another, of others at once', async () => {
        await Promise.all([put('a1', 'a'), put('a2', 'a'), put('b1', 'b'), put('a3', 'a')]);
        sent.should.eql(['a1', 'b1']);
        await inbox.settle('a1', 'done');
        (await sentBy(3)).should.eql(['a1', 'b1', 'a2']);
        await restart();
        (await sentBy(2)).should.eql(['a2 again', 'b1 again']);
        await inbox.settle('a2', 'done');
        (await sentBy(3)).should.eql(['a2 again', 'b1 again', 'a3 again']);
    });

    it('sends a failed one again, before the next of its conversation, and stops it after five failures', async () => {
        await put('a', 'c');
        await put('b', 'c');
        for (let i = 0; i < 5; i += 1) {
            await inbox.settle('a', 'failed');
            await sentBy(i + 2);
        }
        sent.should.eql(['a', 'a again', 'a again', 'a again', 'a again', 'b']);
        stopped.should.eql(['a']);
        inbox.stoppedCount.should.equal(1);
        await inbox.settle('b', 'done');
        await restart();
        sent.should.eql([]);
        inbox.stoppedCount.should.equal(1);
    });

    it('gives a stopped one its tries again after a deploy', async () => {
        await put('a');
        for (let i = 0; i < 5; i += 1) {
            await inbox.settle('a', 'failed');
            if (i < 4) await sentBy(i + 2);
        }
        await inbox.leave(recipient);
        sent = [];
        await inbox.join(recipient);
        inbox.deployed(() => false);
        (await sentBy(1)).should.eql(['a again']);
        await inbox.settle('a', 'done');
        inbox.size.should.equal(0);
    });

    it('sends again after a deploy what may be lost by it, unless it is done in the meantime', async () => {
        for (const id of ['a', 'b', 'c']) await put(id);
        await inbox.leave(recipient);
        sent = [];
        await inbox.join(recipient);
        inbox.deployed((id) => id !== 'c');
        await inbox.settle('a', 'done');
        (await sentBy(1)).should.eql(['b again']);
    });

    it('waits for what a node of the package has in its hands, however long that takes', async () => {
        await restart({ silence: 20 });
        await put('a');
        await put('b');
        const passOn = held.take('a', { id: 'create-draft' });
        inbox.deployed(() => true);
        await sleep(100);
        inbox.silentFor(90).should.equal(0);
        sent.filter((each) => each.startsWith('a')).should.eql(['a']);
        sent.should.containEql('b again');
        passOn();
        await sleep(60);
        sent.should.containEql('a again');
    });

    it('sends again soon what a node had that was stopped, unless another one still has it', async () => {
        await put('a');
        await put('b');
        const other = { id: 'slow', type: 'delay' };
        held.came('b', other);
        held.take('a', { id: 'create-draft' })(true);
        held.take('b', { id: 'create-draft' })(true);
        (await sentBy(3)).should.eql(['a', 'b', 'a again']);
        await sleep(40);
        sent.length.should.equal(3);
        held.went('b', other);
        (await sentBy(4)).should.eql(['a', 'b', 'a again', 'b again']);
    });

    it('knows what the flow has had for long', async () => {
        await put('a');
        await put('b');
        await sleep(20);
        inbox.silentFor(10).should.equal(2);
        inbox.silentFor(10_000).should.equal(0);
        await inbox.settle('a', 'done');
        inbox.silentFor(10).should.equal(1);
    });

    it('takes silence for a failure', async () => {
        await restart({ silence: 10 });
        await put('a');
        await sentBy(2);
        sent.slice(0, 2).should.eql(['a', 'a again']);
        warnings[0]?.should.match(/not reported done/);
    });

    it('stops what was in the flow when Node-RED ended, again and again', async () => {
        await put('a');
        for (let i = 0; i < 3; i += 1) {
            await restart({ tries: 4 });
            (await sentBy(1)).should.eql(['a again']);
        }
        await restart({ tries: 4 });
        sent.should.eql([]);
        inbox.stoppedCount.should.equal(1);
    });

    it('refuses what is too many or too much, and keeps the rest', async () => {
        await restart({ deliveries: 2, bytes: 100 });
        await put('a', undefined, 60);
        await should(put('b', undefined, 60)).be.rejectedWith(InboxFull);
        await put('c');
        await should(put('d')).be.rejectedWith(InboxFull);
        await inbox.settle('a', 'done');
        await put('e');
        sent.should.eql(['a', 'c', 'e']);
    });

    it('forgets what is given back', async () => {
        await put('a');
        await inbox.giveBack('a');
        await restart();
        sent.should.eql([]);
        restored.should.eql([]);
    });

    it('warns of a torn tail and loses nothing before it', async () => {
        await put('a');
        await inbox.leave(recipient);
        await writeFile(file, Buffer.concat([await readFile(file), Buffer.from([0, 0x4d, 0x4a, 1, 0, 0, 1])]));
        await restart();
        (await sentBy(1)).should.eql(['a again']);
        warnings[0]?.should.match(/^7 bytes/);
        await put('b');
        await restart();
        (await sentBy(2)).should.eql(['a again', 'b again']);
    });

    it('rejects where the disk fails, keeps nothing of that in memory, and works when the disk does', async () => {
        await inbox.leave(recipient);
        await rm(folder, { recursive: true });
        await writeFile(folder, 'no folder');
        await inbox.join(recipient);
        await should(put('a')).be.rejected();
        inbox.size.should.equal(0);
        sent.should.eql([]);
        await rm(folder);
        await put('b');
        sent.should.eql(['b']);
        await restart();
        sent.should.eql(['b again']);
    });

    it('sends what was kept as soon as a disk that failed at the start can be read', async () => {
        await put('a');
        await inbox.leave(recipient);
        await rename(file, `${file}.away`);
        await mkdir(file);
        inbox = new FileInbox(file, () => {}, { grace: 5 });
        sent = [];
        await should(inbox.join(recipient)).be.rejected();
        await rmdir(file);
        await rename(`${file}.away`, file);
        await put('b');
        (await sentBy(2)).sort().should.eql(['a again', 'b']);
    });

    it('whose folder somebody takes away while it is open is there again, with all that it keeps', async () => {
        await put('a');
        await rm(folder, { recursive: true });
        await sleep(1_100); // it looks once a second
        await put('b');
        await restart();
        sent.sort().should.eql(['a again', 'b again']);
    });

    it('that another Node-RED has by now writes nothing more, and reads what that one has made of it', async () => {
        const size = 2 * 1024 * 1024;
        for (const id of ['a', 'b', 'c']) await put(id, undefined, size);
        const late = put('late', undefined, size);
        const done = inbox.settle('a', 'done');
        inbox.abandon();
        await Promise.all([late, done].map((each) => each.should.be.rejectedWith(/Another Node-RED/)));
        inbox.answered('b', 'body:b');
        await inbox.settle('b', 'done');
        const other = new FileInbox(file);
        await other.open();
        other.size.should.equal(3);
        await other.settle('a', 'done');
        await other.put({
            id: 'd',
            at: 1,
            body: Buffer.from('{}'),
            conversation: undefined,
            print: 'key:d',
            facts: {},
        });
        sent = [];
        await inbox.join(recipient);
        (await sentBy(3)).sort().should.eql(['b again', 'c again', 'd again']);
        await other.leave(recipient);
    });

    it('that another Node-RED has taken while this one stood still makes no call and writes nothing', async () => {
        let mine = true;
        const own = new FileInbox(
            file,
            () => {},
            {},
            undefined,
            () => mine,
        );
        await own.join(recipient);
        await own.put({ id: 'a', at: 1, body: Buffer.from('{}'), conversation: undefined, print: 'key:a', facts: {} });
        const before = await readFile(file);
        mine = false;
        await should(held.calls('a')?.calls.begin('draft')).be.rejectedWith(/another Node-RED has it/);
        await own.settle('a', 'done').should.be.rejectedWith(/Another Node-RED/);
        (await readFile(file)).equals(before).should.be.true();
        await own.leave(recipient);
    });

    it('that is taken while it is being read is not read to its end', async () => {
        await put('a');
        await inbox.leave(recipient);
        const slow = new FileInbox(
            file,
            () => {},
            {},
            () => sleep(20),
        );
        const reading = slow.join(recipient);
        slow.abandon();
        await reading.should.be.rejectedWith(/meanwhile/);
        sent = [];
        await slow.join(recipient);
        (await sentBy(1)).should.eql(['a again']);
        slow.size.should.equal(1);
        await slow.leave(recipient);
    });

    it('keeps a thousand that come at once', async () => {
        await Promise.all(Array.from({ length: 1000 }, (_, n) => put(`${n}`, undefined, 3000)));
        sent.length.should.equal(1000);
    });

    it('lets go of its file when it is empty, and not before', async () => {
        await put('a');
        (await inbox.discard()).should.be.false();
        await inbox.settle('a', 'done');
        (await inbox.discard()).should.be.true();
        await should(readFile(file)).be.rejected();
    });
});

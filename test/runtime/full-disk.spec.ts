import fs, { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mock } from 'node:test';
import should from 'should';
import { writeInside } from '../../src/missive/files/file-write';
import { PinnedEvents } from '../../src/runtime/activity/pinned';

/** As Node.js says it: without a path. */
const full = () => Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });

describe('a disk that is full', () => {
    let folder: string;
    beforeEach(() => {
        folder = mkdtempSync(path.join(tmpdir(), 'missive-full-'));
    });
    afterEach(() => {
        mock.restoreAll();
        rmSync(folder, { recursive: true });
    });

    it('leaves no half of a file in the folder for files, and is told with the path', async () => {
        const handle = await open(path.join(folder, 'x'), 'w');
        mock.method(Object.getPrototypeOf(handle), 'writeFile', () => Promise.reject(full()));
        await handle.close();
        const error = await writeInside(folder, 'a/', 'b.pdf', Buffer.from('all of it')).catch((thrown) => thrown);
        should([
            error.code,
            error.message.includes('ENOSPC'),
            error.message.includes(path.join(folder, 'a', 'b.pdf')),
        ]).eql(['ERR_MISSIVE_INPUT', true, true]);
        readdirSync(path.join(folder, 'a')).should.eql([]);
        mock.restoreAll();
        (await writeInside(folder, 'a/', 'b.pdf', Buffer.from('all of it'))).should.equal('a/b.pdf');
    });

    it('pins nothing, and is told with the path', () => {
        const file = path.join(folder, 'pinned.json');
        const pinned = new PinnedEvents(file);
        mock.method(fs, 'writeFileSync', () => {
            throw full();
        });
        should(() => pinned.pin({ node: 'n', name: 'x', payload: {} })).throw(new RegExp(`${file}: ENOSPC`));
        pinned.all().should.eql([]);
    });
});

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import should from 'should';
import { MissiveError } from '../../../src/missive/errors';
import { getAttachment, type Wanted } from '../../../src/missive/files/got-attachment';
import type { Missive } from '../../../src/missive/operations/operation';
import { stop } from '../../support/client';
import { listening } from '../../support/listening';

describe('an attachment of a message', () => {
    let folder: string;
    let server: Server;
    let home: string;
    let asked: string[];

    before(async () => {
        server = createServer((request, response) => {
            asked.push(request.url ?? '');
            if (request.url?.startsWith('/v1/gone')) response.writeHead(410).end();
            else if (request.url === '/v1/announced') {
                response.writeHead(200, { 'content-length': String(60 * 1024 * 1024) });
                response.write('x');
            } else if (request.url === '/v1/endless') {
                response.writeHead(200);
                const more = () => {
                    while (!response.destroyed && response.write(Buffer.alloc(1024 * 1024)));
                };
                response.on('drain', more);
                more();
            } else response.end(`file ${request.url}`);
        });
        home = `http://127.0.0.1:${await listening(server)}/v1`;
    });
    after(() => stop(server));
    beforeEach(() => {
        asked = [];
        folder = mkdtempSync(path.join(tmpdir(), 'missive-got-'));
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    /** A message whose attachments are these. */
    const get = (wanted: Wanted, attachments: object[] = []) =>
        getAttachment(wanted, {
            send: async () => ({ status: 200, attempts: 1, waited: 0, body: { messages: { id: 'm', attachments } } }),
            signal: new AbortController().signal,
            places: { folder: () => folder, home: async () => home },
        } as unknown as Missive);
    const error = async (wanted: Wanted, attachments?: object[]) => {
        const found = await get(wanted, attachments).then(
            () => undefined,
            (reason: unknown) => reason,
        );
        if (!(found instanceof MissiveError)) throw new Error('It was fetched.');
        return found;
    };

    it('that is gone fails with its name and what to do, and never with its link', async () => {
        const found = await error({ url: `${home}/gone?signature=very-secret`, filename: 'offer.pdf' });
        found.message.should.match(/offer\.pdf/);
        found.message.should.match(/410/);
        found.message.should.not.match(/very-secret|127\.0\.0\.1/);
        asked.should.have.length(1);
    });

    it('whose link has expired is fetched by a fresh one where its message is named', async () => {
        const fresh = [{ id: 'a', url: `${home}/fresh`, filename: 'offer.pdf' }];
        const { payload } = await get({ url: `${home}/gone`, message: 'm', id: 'a' }, fresh);
        String(payload).should.equal('file /v1/fresh');
        asked.should.eql(['/v1/fresh']);
    });

    it('that is larger than is fetched fails, whether that is announced or not', async function () {
        this.timeout(30_000);
        for (const place of ['announced', 'endless']) {
            const found = await error({ url: `${home}/${place}`, filename: 'film.mp4', path: 'films/' });
            found.should.match({ code: 'ERR_MISSIVE_INPUT', message: /film\.mp4.*larger than 50\.00 MB/ });
        }
        readdirSync(folder).should.eql([]);
    });

    it('keeps to the folder whatever it is called', async () => {
        const names = {
            '../../evil.sh': 'in/evil.sh',
            '..\\..\\evil.sh': 'in/evil (2).sh',
            '/etc/passwd': 'in/passwd',
            '..': 'in/attachment',
            'a\u202Etxt.exe': 'in/atxt.exe',
        };
        for (const [filename, expected] of Object.entries(names)) {
            const { payload } = await get({ url: `${home}/x`, filename, path: 'in/' });
            should(payload).match({ path: expected });
        }
        readdirSync(folder).should.eql(['in']);
    });

    it('never writes over another one of its name, also where five come at once', async () => {
        const all = await Promise.all(
            [1, 2, 3, 4, 5].map((number) => get({ url: `${home}/${number}`, filename: 'photo.jpg', path: 'photos/' })),
        );
        const paths = all.map(({ payload }) => (payload as { path: string }).path);
        new Set(paths).size.should.equal(5);
        for (const [at, each] of paths.entries())
            readFileSync(path.join(folder, each), 'utf8').should.equal(`file /v1/${at + 1}`);
    });
});

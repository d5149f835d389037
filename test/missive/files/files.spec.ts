import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import should from 'should';
import { sourceOf } from '../../../src/missive/attached';
import { download } from '../../../src/missive/files/file-link';
import { readInside } from '../../../src/missive/files/file-path';
import { type Places, withFiles } from '../../../src/missive/files/files';
import { isPrivate, publicLookup } from '../../../src/missive/files/private-address';
import type { Attachment } from '../../../src/missive/operations/attachments';
import { attachments } from '../../../src/missive/operations/fields';
import { stop } from '../../support/client';
import { listening } from '../../support/listening';

const fields = { attachments: attachments({ label: 'Attachments', help: '' }) };
const megabyte = 1024 * 1024;
const base64 = (text: string) => Buffer.from(text).toString('base64');

/** Fetches files as a node and the writing of its request would. */
const fetched = async (
    value: unknown,
    { folder = '/no/such/folder', ...places }: Partial<Omit<Places, 'folder'>> & { folder?: string } = {},
) => {
    const input = { attachments: fields.attachments.parse(value) };
    const home = async () => 'https://public.missiveapp.com/v1';
    const { attachments: found } = await withFiles(fields, input, { folder: () => folder, home, ...places });
    const read: unknown[] = [];
    for (const file of found ?? []) {
        const source = sourceOf(file);
        if (!source || Buffer.isBuffer(source)) read.push(file);
        else
            read.push({
                filename: (file as Attachment).filename,
                base64_data: (await source.read()).toString('base64'),
            });
    }
    return read;
};

describe('files by their path', () => {
    const base = mkdtempSync(path.join(tmpdir(), 'missive-files-'));
    const folder = path.join(base, 'files');
    after(() => rmSync(base, { recursive: true }));

    before(() => {
        for (const each of ['files/offers', 'files/.hidden', 'files2', 'other'])
            mkdirSync(path.join(base, each), { recursive: true });
        const files = [
            ...['files/a.txt', 'files/offers/b.txt', 'files/.env', 'files/.hidden/a.txt'],
            ...['files2/a.txt', 'other/secret.txt', 'settings.js'],
        ];
        for (const each of files) writeFileSync(path.join(base, each), 'hello');
        symlinkSync(path.join(base, 'other'), path.join(folder, 'out'));
        symlinkSync(path.join(base, 'other/secret.txt'), path.join(folder, 'secret.txt'));
        symlinkSync(path.join(folder, '.env'), path.join(folder, 'offers/c.txt'));
        symlinkSync('/dev/zero', path.join(folder, 'zero'));
        symlinkSync(path.join(folder, 'offers'), path.join(folder, 'same'));
        symlinkSync(folder, path.join(base, 'linked'));
        writeFileSync(path.join(folder, 'big.bin'), '');
        truncateSync(path.join(folder, 'big.bin'), 9 * megabyte);
        writeFileSync(path.join(folder, 'half.bin'), Buffer.alloc(4 * megabyte));
    });

    const good: [string, unknown, string, string?][] = [
        ['relative to the folder', { path: 'offers/b.txt' }, 'b.txt'],
        ['absolute', { path: path.join(folder, 'a.txt') }, 'a.txt'],
        ['through a link that stays inside', { path: 'same/b.txt' }, 'b.txt'],
        ['with dots that stay inside', { path: 'offers/../a.txt' }, 'a.txt'],
        ['under another name', { path: 'a.txt', filename: 'Offer.txt' }, 'Offer.txt'],
        ['in a folder that is a link', { path: path.join(base, 'linked/a.txt') }, 'a.txt', path.join(base, 'linked')],
    ];
    for (const [name, file, filename, at = folder] of good)
        it(`are read ${name}`, async () => {
            should(await fetched(file, { folder: at })).eql([{ filename, base64_data: base64('hello') }]);
        });

    const bad: [string, string, RegExp][] = [
        [
            'outside',
            path.join(base, 'other/secret.txt'),
            /“secret\.txt” is outside of the folder for files: .*files\. Put it there/,
        ],
        ['outside by dots', '../other/secret.txt', /is outside/],
        ['in a folder whose name only begins alike', path.join(base, 'files2/a.txt'), /is outside/],
        ['settings beside the folder', '../settings.js', /is outside/],
        ['a device by a link', 'zero', /is outside/],
        ['outside by a link to a file', 'secret.txt', /is outside/],
        ['outside by a link to a folder', 'out/secret.txt', /is outside/],
        ['outside and not there', '/no/such/file', /is outside/],
        ['not there', 'nothing.txt', /no file “nothing\.txt” at its path/],
        ['a folder', 'offers', /is a folder or a device/],
        ['the folder itself', '.', /is outside/],
        ['with a null byte', 'a\0.txt', /cannot be read/],
        ['hidden', '.env', /is hidden/],
        ['hidden, by a link with another name', 'offers/c.txt', /is hidden/],
        ['in a hidden folder', '.hidden/a.txt', /is hidden/],
    ];
    for (const [name, file, reason] of bad)
        it(`are not read where the path is ${name}`, async () => {
            await fetched({ path: file }, { folder }).should.be.rejectedWith({
                code: 'ERR_MISSIVE_INPUT',
                message: reason,
            });
        });

    it('name no text that came into the wrong field', async () => {
        await fetched({ path: `Dear Ann, ${'a'.repeat(300)}` }, { folder }).should.be.rejectedWith({
            code: 'ERR_MISSIVE_INPUT',
            message: /“text of 310 characters” cannot be read/,
        });
    });

    describe('that are something else by the time they are opened', () => {
        const swaps: [string, (place: string) => void, RegExp][] = [
            ['a pipe that nobody writes into', (place) => execFileSync('mkfifo', [place]), /is a folder or a device/],
            ['a link that leads out', (place) => symlinkSync(path.join(base, 'settings.js'), place), /cannot be read/],
            ['a folder', (place) => mkdirSync(place), /is a folder or a device/],
            ['gone', () => {}, /There is no file/],
        ];
        for (const [name, swap, reason] of swaps)
            it(`are refused where it is ${name}`, async function () {
                if (process.platform === 'win32') this.skip();
                const place = path.join(folder, 'fleeting');
                writeFileSync(place, 'hello');
                let times = 0;
                const measured = () => {
                    if (times++ > 0) return;
                    rmSync(place);
                    swap(place);
                };
                await readInside(folder, 'fleeting', measured).should.be.rejectedWith({
                    code: 'ERR_MISSIVE_INPUT',
                    message: reason,
                });
                rmSync(place, { recursive: true, force: true });
            });

        it('are refused where their folder is a link that leads out', async () => {
            mkdirSync(path.join(folder, 'moved'));
            writeFileSync(path.join(folder, 'moved/secret.txt'), 'hello');
            let times = 0;
            const measured = () => {
                if (times++ > 0) return;
                renameSync(path.join(folder, 'moved'), path.join(folder, 'was-moved'));
                symlinkSync(path.join(base, 'other'), path.join(folder, 'moved'));
            };
            await readInside(folder, 'moved/secret.txt', measured).should.be.rejectedWith(/is outside/);
        });
    });

    it('say where to put them where the folder is not there', async () => {
        const missing = path.join(base, 'nowhere');
        await fetched({ path: 'a.txt' }, { folder: missing }).should.be.rejectedWith({
            code: 'ERR_MISSIVE_INPUT',
            message: /folder for files is not there: .*nowhere\. Make it and put the files to attach into it/,
        });
    });

    it('are never read from elsewhere, while a link is moved to and fro', async () => {
        const swapped = path.join(folder, 'swapped');
        const [inside, out] = [path.join(folder, 'offers'), path.join(base, 'other')];
        writeFileSync(path.join(inside, 'secret.txt'), 'inside');
        let going = true;
        const swapping = (async () => {
            for (let turn = 0; going; turn++) {
                rmSync(swapped, { force: true });
                symlinkSync(turn % 2 ? inside : out, swapped);
                await new Promise((resolve) => setImmediate(resolve));
            }
        })();
        const read = await Promise.all(
            Array.from({ length: 300 }, () =>
                fetched({ path: 'swapped/secret.txt' }, { folder }).catch(({ code }) => code),
            ),
        );
        going = false;
        await swapping;
        for (const each of read)
            if (each !== 'ERR_MISSIVE_INPUT') should(each).match([{ base64_data: base64('inside') }]);
    });

    it('are measured before they are read', async () => {
        await fetched({ path: 'big.bin' }, { folder }).should.be.rejectedWith({
            code: 'ERR_MISSIVE_INPUT',
            message: /more than the 10 MB .* largest is “big\.bin” with 9\.00 MB/,
        });
    });

    it('are measured together with all others', async () => {
        const half = { filename: 'other.bin', content: Buffer.alloc(3.6 * megabyte) };
        await fetched([{ path: 'half.bin' }, half], { folder }).should.be.rejectedWith(/“half\.bin” with 4\.00 MB/);
        should(await fetched([{ path: 'half.bin' }, { path: 'a.txt' }], { folder })).have.length(2);
    });
});

describe('files by their link', () => {
    let server: Server;
    let home: string;
    const seen: IncomingMessage[] = [];
    const pages: Record<string, (response: ServerResponse) => void> = {};

    before(async () => {
        server = createServer((request, response) => {
            seen.push(request);
            const page = pages[request.url ?? ''];
            if (page) page(response);
            else response.writeHead(404).end();
        });
        home = `http://127.0.0.1:${await listening(server)}`;
    });
    beforeEach(() => {
        seen.length = 0;
    });
    after(() => stop(server));

    const linked = (url: string, filename?: string) =>
        fetched({ url, ...(filename && { filename }) }, { home: async () => `${home}/v1` });

    it('are fetched without a token', async () => {
        pages['/files/a%20b.txt?signature=x'] = (response) => response.end('hello');
        const file = { id: 'f1', url: `${home}/files/a%20b.txt?signature=x`, media_type: 'text', size: 5 };
        const found = await fetched([{ ...file, filename: 'Offer.txt' }, file], { home: async () => `${home}/v1` });
        should(found).eql([
            { filename: 'Offer.txt', base64_data: base64('hello') },
            { filename: 'a b.txt', base64_data: base64('hello') },
        ]);
        should(seen[0]?.headers).not.have.property('authorization');
    });

    it('are given three seconds for each address of their server, and ten in all', async () => {
        const asked: Record<string, unknown>[] = [];
        const net: { connect: (options: Record<string, unknown>) => unknown } = require('node:net');
        const connectAsBefore = net.connect;
        net.connect = (options) => {
            asked.push(options);
            return connectAsBefore(options);
        };
        try {
            pages['/slow-line'] = (response) => response.end('hello');
            await linked(`${home}/slow-line`, 'a.txt');
        } finally {
            net.connect = connectAsBefore;
        }
        should(asked).have.length(1);
        should(asked[0]).match({ autoSelectFamily: true, autoSelectFamilyAttemptTimeout: 3000 });
    });

    const gzip = gzipSync('hello');
    const encoded: [string, string, Buffer][] = [
        ['gzip', 'gzip', gzip],
        ['gzip in capitals', 'GZIP', gzip],
        ['deflate', 'deflate', deflateSync('hello')],
        ['deflate as most send it', 'deflate', deflateRawSync('hello')],
        ['what is called gzip and is none', 'gzip', Buffer.from('hello')],
        ['brotli', 'br', brotliCompressSync('hello')],
        ['one in another', 'gzip, br', brotliCompressSync(gzip)],
        ['identity', 'identity', Buffer.from('hello')],
    ];
    for (const [name, encoding, bytes] of encoded)
        it(`are what they are where they come in ${name}`, async () => {
            pages['/encoded.pdf'] = (response) =>
                response
                    .writeHead(200, { 'content-encoding': encoding, 'content-length': String(bytes.length) })
                    .end(bytes);
            should(await linked(`${home}/encoded.pdf`)).eql([
                { filename: 'encoded.pdf', base64_data: base64('hello') },
            ]);
            should(seen[0]?.headers).have.property('accept-encoding', 'identity');
        });

    it('stay packed where the file itself is', async () => {
        const headers = { 'content-encoding': 'x-gzip', 'content-type': 'application/x-gzip' };
        pages['/a.csv.gz'] = (response) => response.writeHead(200, headers).end(gzip);
        should(await linked(`${home}/a.csv.gz`)).eql([{ filename: 'a.csv.gz', base64_data: gzip.toString('base64') }]);
    });

    it('stay packed where their name says so', async () => {
        const headers = { 'content-encoding': 'gzip', 'content-type': 'application/x-tar' };
        pages['/a.tar.gz'] = (response) => response.writeHead(200, headers).end(gzip);
        should(await linked(`${home}/a.tar.gz`)).eql([{ filename: 'a.tar.gz', base64_data: gzip.toString('base64') }]);
    });

    it('are refused in an encoding that nobody knows', async () => {
        pages['/odd'] = (response) => response.writeHead(200, { 'content-encoding': 'compress' }).end('x');
        await linked(`${home}/odd`).should.be.rejectedWith({ code: 'ERR_MISSIVE_INPUT', message: /cannot be read/ });
    });

    it('are an error where they are cut off', async () => {
        const headers = { 'content-encoding': 'gzip' };
        pages['/cut'] = (response) => response.writeHead(200, headers).end(gzip.subarray(0, 15));
        await linked(`${home}/cut`).should.be.rejectedWith({ code: 'ERR_MISSIVE_NETWORK' });
    });

    it('are counted as they come out', async () => {
        const bomb = gzipSync(Buffer.alloc(100 * megabyte));
        pages['/bomb'] = (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
        await linked(`${home}/bomb`, 'b').should.be.rejectedWith({ code: 'ERR_MISSIVE_INPUT', message: /the 10 MB/ });
    });

    it('follow a redirect', async () => {
        pages['/moved'] = (response) => response.writeHead(302, { location: '/here' }).end();
        pages['/here'] = (response) => response.end('hello');
        should(await linked(`${home}/moved`, 'a')).eql([{ filename: 'a', base64_data: base64('hello') }]);
    });

    const redirects: [string, string, RegExp][] = [
        ['a private address', 'https://10.0.0.5/x', /leads to a private address/],
        ['the data of a cloud’s machine', 'http://169.254.169.254/latest', /does not begin with https/],
        ['a file', 'file:///etc/passwd', /does not begin with https/],
        ['itself', '/round', /leads on and on/],
    ];
    for (const [name, location, reason] of redirects)
        it(`follow no redirect to ${name}`, async () => {
            pages['/round'] = (response) => response.writeHead(302, { location }).end();
            await linked(`${home}/round`, 'a').should.be.rejectedWith({ code: 'ERR_MISSIVE_INPUT', message: reason });
        });

    const bad: [string, string, RegExp][] = [
        ['plain http', 'http://example.com/a', /does not begin with https/],
        ['another server of this computer', 'http://127.0.0.1:9/a', /does not begin with https/],
        ['this computer by https', 'https://127.0.0.1/a', /private address/],
        ['this computer in other digits', 'https://0x7f.1/a', /private address/],
        ['this computer by name', 'https://localhost/a', /private address/],
        ['this computer in IPv6', 'https://[::1]/a', /private address/],
        ['this computer as IPv4 in IPv6', 'https://[::ffff:127.0.0.1]/a', /private address/],
        ['the network', 'https://192.168.1.1/a', /private address/],
        ['a cloud’s data', 'https://169.254.169.254/a', /private address/],
        ['a link with a password', 'https://a:b@x.example/a', /holds a user name/],
        ['no web address', 'offer.pdf', /is no web address/],
        ['a file of this computer', 'file:///etc/passwd', /does not begin with https/],
    ];
    for (const [name, url, reason] of bad)
        it(`are not fetched from ${name}`, async () => {
            await linked(url, 'a.pdf').should.be.rejectedWith({ code: 'ERR_MISSIVE_INPUT', message: reason });
            seen.should.be.empty();
        });

    it('are not fetched from the practice inbox by an account that is Missive’s', async () => {
        await fetched({ url: `${home}/here` }).should.be.rejectedWith(/does not begin with https/);
    });

    it('say what to do where the link has expired', async () => {
        pages['/old?signature=s3cret'] = (response) => response.writeHead(403).end();
        await linked(`${home}/old?signature=s3cret`, 'a.pdf').should.be.rejectedWith({
            code: 'ERR_MISSIVE_INPUT',
            message: /^(?!.*s3cret).*“a\.pdf” could not be fetched \(403\)\. Links of attachments expire/,
        });
    });

    it('are asked for again after a failure that may pass', async () => {
        const status = [503, 429];
        pages['/late'] = (response) =>
            seen.length < 3 ? response.writeHead(status[seen.length - 1] ?? 503).end() : response.end('hello');
        should(await linked(`${home}/late`)).eql([{ filename: 'late', base64_data: base64('hello') }]);
    });

    it('tell a failing server and a broken connection', async () => {
        pages['/failed'] = (response) => response.writeHead(500).end();
        pages['/broken'] = (response) => response.socket?.destroy();
        await linked(`${home}/failed`).should.be.rejectedWith({ code: 'ERR_MISSIVE_SERVER', delivered: 'no' });
        seen.should.have.length(3);
        await linked(`${home}/broken`).should.be.rejectedWith({ code: 'ERR_MISSIVE_NETWORK', delivered: 'no' });
    });

    it('are given up as soon as they are too large', async () => {
        let written = 0;
        pages['/endless'] = (response) => {
            const more = () => {
                while (!response.destroyed && response.write(Buffer.alloc(megabyte))) written += 1;
                if (!response.destroyed) response.once('drain', more);
            };
            more();
        };
        pages['/large'] = (response) =>
            response.writeHead(200, { 'content-length': String(50 * megabyte) }).flushHeaders();
        await linked(`${home}/endless`, 'e').should.be.rejectedWith(/more than the 10 MB .* “e”/);
        written.should.be.below(40);
        await linked(`${home}/large`, 'l').should.be.rejectedWith(/“l” with 50\.00 MB/);
    });

    it('are given up when they take too long, or the node is stopped', async () => {
        pages['/slow'] = (response) => response.writeHead(200).flushHeaders();
        const link = { url: `${home}/slow`, filename: 'a' };
        const options = { home, fits: () => {}, patience: 50 };
        await download(link, options).should.be.rejectedWith({ code: 'ERR_MISSIVE_NETWORK', reason: 'time-out' });
        const signal = AbortSignal.timeout(50);
        await download(link, { home, fits: () => {}, signal }).should.be.rejectedWith({ code: 'ERR_MISSIVE_CLOSED' });
    });
});

describe('files by their link, through a proxy', () => {
    it('say what it answered where it lets nobody through', async () => {
        const proxy = createServer();
        proxy.on('connect', (_, socket) => {
            socket.on('error', () => {}).end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
        });
        const before = { ...process.env };
        const names = ['HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'no_proxy'];
        for (const name of names) delete process.env[name];
        process.env.HTTPS_PROXY = `http://127.0.0.1:${await listening(proxy)}`;
        try {
            const link = { url: 'https://files.example/a.pdf', filename: 'a.pdf' };
            await download(link, { home: 'https://public.missiveapp.com/v1', fits: () => {} }).should.be.rejectedWith({
                ...{ code: 'ERR_MISSIVE_NETWORK', reason: 'proxy answered 407' },
                message: 'The file “a.pdf” could not be fetched (proxy answered 407).',
            });
        } finally {
            for (const name of names)
                if (before[name] === undefined) delete process.env[name];
                else process.env[name] = before[name];
            await stop(proxy);
        }
    });
});

describe('private addresses', () => {
    it('are told from public ones', () => {
        const closed = [
            '127.0.0.1',
            '10.1.2.3',
            '172.31.0.1',
            '192.168.0.1',
            '169.254.169.254',
            '0.0.0.0',
            '100.64.0.1',
        ];
        const closed6 = [
            '::1',
            '::',
            'fe80::1',
            'fd00::1',
            '::ffff:10.0.0.1',
            'ff02::1',
            '64:ff9b::a00:1',
            '2002:a00:1::',
        ];
        for (const ip of [...closed, ...closed6]) isPrivate(ip).should.be.true(ip);
        for (const ip of ['8.8.8.8', '172.32.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])
            isPrivate(ip).should.be.false(ip);
    });

    it('are not what a name may lead to', async () => {
        const found = (all: boolean) =>
            new Promise((resolve) => publicLookup('localhost', { all }, (error, address) => resolve(error ?? address)));
        for (const all of [true, false]) should(await found(all)).match({ code: 'MISSIVE_PRIVATE_ADDRESS' });
    });
});

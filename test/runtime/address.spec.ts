import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { NodeAPI } from 'node-red';
import should from 'should';
import type { Account } from '../../src/runtime/account';
import { baseIn, fullPath, isEditorPath, localAddress, pathOf } from '../../src/runtime/address';
import { publicAddress } from '../../src/runtime/rules/self-registration';

/** As much of Node-RED as these functions look at. */
const red = (settings: object, server?: unknown) => ({ settings, server }) as unknown as NodeAPI;
const at = (address: unknown) => ({ address: () => address });

describe('address', () => {
    for (const text of [
        'in/missive',
        '/in/missive',
        'in/missive/',
        '//in///missive//',
        '/in/missive?a=/b',
        '/in/missive#x',
        '/x/../in/./missive',
        '/../%2e/in/missive/.',
    ])
        it(`${text} is /in/missive`, () => pathOf(text).should.equal('/in/missive'));

    it('is decoded where it can be', () => {
        pathOf('%C3%A9t%c3%a9/a%20b').should.equal('/été/a b');
        pathOf('a%2Fb').should.equal('/a%2Fb');
        pathOf('100%').should.equal('/100%');
        pathOf('').should.equal('/');
    });

    it('has httpNodeRoot in front', () => {
        fullPath(red({ httpNodeRoot: '/api/' }), '/missive').should.equal('/api/missive');
        fullPath(red({}), '/missive').should.equal('/missive');
    });

    it("is the editor's where the editor would answer first", () => {
        const editors = (path: string, settings: object) => isEditorPath(red(settings), path);
        for (const path of ['/flows', '/Flow', '/flows/state', '/nodes', '/auth/token', '/inject/1', '/library/a/b'])
            editors(path, {}).should.be.true();
        for (const path of ['/missive', '/flows/missive', '/inject', '/settings', '/nodes2'])
            editors(path, {}).should.be.false();
        editors('/flows', { httpAdminRoot: '/admin' }).should.be.false();
        editors('/flows', { httpAdminRoot: false }).should.be.false();
        editors('/admin/flows', { httpAdminRoot: '/admin' }).should.be.true();
        editors('/flows', { httpAdminRoot: '/red', httpNodeRoot: '/red' }).should.be.true();
        editors('/flows', { httpAdminRoot: '/', httpNodeRoot: '/api' }).should.be.false();
    });

    it('is reached on this machine, whatever Node-RED listens on', () => {
        const settings = { httpNodeRoot: '/api' };
        const address = (own: unknown) => localAddress(red(settings, own), '/été');
        const expected = (host: string) => `http://${host}:1880/api/%C3%A9t%C3%A9`;
        String(address(at({ address: '::', port: 1880 }))).should.equal(expected('127.0.0.1'));
        String(address(at({ address: '0.0.0.0', port: 1880 }))).should.equal(expected('127.0.0.1'));
        String(address(at({ address: '192.0.2.1', port: 1880 }))).should.equal(expected('192.0.2.1'));
        String(address(at({ address: '::1', port: 1880 }))).should.equal(expected('[::1]'));
    });

    it('is https where Node-RED is', () => {
        const own = at({ address: '::', port: 1 });
        String(localAddress(red({ https: {} }, own), '/m')).should.equal('https://127.0.0.1:1/m');
        const server = Object.assign(createTlsServer(), own);
        String(localAddress(red({}, server), '/m')).should.equal('https://127.0.0.1:1/m');
    });

    it('is public where the base address is one: with a port, a path, slashes, a host alone', () => {
        for (const [text, base] of Object.entries({
            'https://flows.example/': 'https://flows.example',
            ' https://flows.example/a/b// ': 'https://flows.example/a/b',
            'HTTPS://Flows.example:8443': 'HTTPS://Flows.example:8443',
            'https://[2001:db8::1]:1880/': 'https://[2001:db8::1]:1880',
            'flows.example': 'https://flows.example',
            'flows.example:8443/red/': 'https://flows.example:8443/red',
            '//flows.example': 'https://flows.example',
            '[2001:db8::1]': 'https://[2001:db8::1]',
            'été.example': 'https://été.example',
        }))
            baseIn(text).should.equal(base);
        const none = ['', '/', 'flows', 'ftp://x.example', 'https://', 'https:///x.example', 'https://x.example/?a=b'];
        const more = [
            'https://x.example#a',
            'x.example?a',
            'https://x .example',
            'a@b.example',
            'x.example:port',
            '$' + '{BASE}',
        ];
        for (const text of [...none, ...more]) baseIn(text).should.equal('', text);
    });

    it('is public as the node says, else as the environment does; what is none is named', () => {
        const missive = {} as Account;
        const of = (own: unknown, settings: object = {}) => publicAddress(red(settings), missive, own, 'in/été');
        const before = process.env.MISSIVE_WEBHOOK_BASE_URL;
        try {
            delete process.env.MISSIVE_WEBHOOK_BASE_URL;
            should(of('')).be.undefined();
            process.env.MISSIVE_WEBHOOK_BASE_URL = 'env.example/red/';
            for (const httpNodeRoot of ['api', '/api', '/api/', 'api/'])
                should(of(' ', { httpNodeRoot })).equal('https://env.example/red/api/in/%C3%A9t%C3%A9');
            should(of('https://own.example/')).equal('https://own.example/in/%C3%A9t%C3%A9');
            const practice = { sandbox: {} } as Account;
            const served = red({ httpNodeRoot: '/api' }, at({ address: '::', port: 1880 }));
            const inside = (own: string) => publicAddress(served, practice, own, 'in');
            for (const own of ['', 'https://own.example', 'no address'])
                should(inside(own)).equal('http://127.0.0.1:1880/api/in');
            should(inside('http://127.0.0.1:8080/host')).equal('http://127.0.0.1:8080/host/api/in');
            should(() => of('https://own.example/?x=1')).throw(/“https:\/\/own\.example\/\?x=1”/);
        } finally {
            if (before === undefined) delete process.env.MISSIVE_WEBHOOK_BASE_URL;
            else process.env.MISSIVE_WEBHOOK_BASE_URL = before;
        }
    });

    it('is none while Node-RED is not listening', () => {
        for (const server of [undefined, {}, at(null), at('/tmp/socket'), createServer()])
            (localAddress(red({}, server), '/m') === undefined).should.be.true();
    });
});

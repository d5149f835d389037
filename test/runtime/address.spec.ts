import 'should';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { NodeAPI } from 'node-red';
import { fullPath, isEditorPath, localAddress, pathOf } from '../../src/runtime/address';

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

    it('is none while Node-RED is not listening', () => {
        for (const server of [undefined, {}, at(null), at('/tmp/socket'), createServer()])
            (localAddress(red({}, server), '/m') === undefined).should.be.true();
    });
});

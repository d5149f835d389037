import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import should from 'should';
import { isEditorPath, ownAdminPaths, pathOf } from '../../src/runtime/address';
import { type NodeRed, startNodeRed } from '../support/node-red';

const place = { z: 'tab', x: 100, y: 100 };

describe('the door of webhook in', function () {
    this.timeout(60_000);
    let nodeRed: NodeRed;
    /** Where the log of the flows that run begins. */
    let from = 0;
    /** The node of the flows that run: a new id, so that Node-RED has no secret of the last ones for it. */
    let own = '';
    let number = 0;

    const flows = (more: Record<string, unknown>, account: Record<string, unknown> = {}) => {
        own = `in${number++}`;
        return [
            { id: 'tab', type: 'tab' },
            { id: 'acc', type: 'missive-config', url: 'http://127.0.0.1:9/v1', ...account },
            {
                ...place,
                id: own,
                type: 'missive-webhook-in',
                path: 'door',
                events: [],
                wires: [['seen']],
                ...more,
            },
            {
                ...place,
                id: 'seen',
                type: 'debug',
                active: true,
                console: true,
                tosidebar: false,
                targetType: 'msg',
                complete: 'topic',
            },
        ];
    };
    const deliver = async (payload: object, secret?: string) => {
        const body = JSON.stringify(payload);
        const signature = secret && `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
        const headers = signature ? { 'x-hook-signature': signature } : {};
        return (await fetch(`${nodeRed.url}/door`, { method: 'POST', body, headers })).status;
    };
    /** What Node-RED leaves of a variable that is not set. */
    const unset = `$${'{HOOK_SECRET}'}`;
    const mail = (conversation: object = {}) => ({
        rule: { id: 'r', type: 'incoming_email' },
        conversation: { id: `c${number++}`, ...conversation },
    });
    const start = async (list: { id: string }[], secret?: string) => {
        from = nodeRed.log().length;
        const withSecret = (node: { id: string }) =>
            secret && node.id === own ? { ...node, credentials: { secret } } : node;
        await nodeRed.deploy(list.map(withSecret));
    };
    const log = () => nodeRed.log().slice(from);
    const logged = async (pattern: RegExp) => {
        while (!pattern.test(log())) await sleep(20);
    };

    before(async () => {
        nodeRed = await startNodeRed({ env: { HOOK_SECRET_THAT_IS_SET: 'real', BLANK: '' } });
    });
    after(() => nodeRed?.stop());

    it('stays shut where the account that may hold the secret is gone, switched off or has lost its credentials', async () => {
        for (const list of [
            () => flows({ account: 'gone' }),
            () => flows({ account: 'acc' }, { d: true }),
            () => flows({ account: 'acc' }),
        ]) {
            await start(list());
            should(await deliver(mail())).equal(503);
            should(await deliver({})).equal(200, 'the check on saving a rule');
        }
        await logged(/account of this node is missing/);
        should(log()).not.match(/incoming_email/);
        // Its rule may live in Missive, and comes again with the account.
        await start(flows({ account: 'gone', mode: 'hook' }));
        should(await deliver(mail())).equal(503);
        await start(flows({ account: 'gone' }), 'own');
        should(await deliver(mail(), 'own')).equal(200, 'its own secret counts alone');
        should(await deliver(mail(), 'other')).equal(401);
    });

    it('stays shut where a secret was saved and is not there, or is a variable that is not set', async () => {
        await start(flows({ secured: true }));
        should(await deliver(mail())).equal(401);
        await logged(/secret that was once saved is not there/);
        await start(flows({}), unset);
        should(await deliver(mail(), unset)).equal(401);
        should(await deliver(mail())).equal(401);
        await start(flows({}), `$${'{HOOK_SECRET_THAT_IS_SET}'}`);
        should(await deliver(mail(), 'real')).equal(200);
        await start(flows({}));
        should(await deliver(mail())).equal(200, 'no secret was ever set');
    });

    it('stays shut where a variable that names the secret or the account is blank, no text or in the older spelling', async () => {
        const variable = (name: string) => `$${`{${name}}`}`;
        const withEnv = (list: { id: string }[], ...env: object[]) => [
            ...list.map((each) => ('type' in each && each.type === 'tab' ? { ...each, env } : each)),
        ];
        const env = (value: unknown, type = 'str') => ({ name: 'GIVEN', type, value });
        for (const value of [env(''), env('  '), env('true', 'bool'), env('{"a":1}', 'json')]) {
            await start(withEnv(flows({}), value), variable('GIVEN'));
            should(await deliver(mail())).equal(401, JSON.stringify(value));
        }
        await start(withEnv(flows({}), env('12345', 'num')), variable('GIVEN'));
        should([await deliver(mail()), await deliver(mail(), '12345')]).eql([401, 200]);
        await start(flows({}), '$(NOT_SET)');
        should([await deliver(mail()), await deliver(mail(), '$(NOT_SET)')]).eql([401, 401]);
        for (const list of [
            withEnv(flows({ account: variable('GIVEN') }), env('')),
            withEnv(flows({ account: variable('GIVEN') }), env('nobody')),
            flows({ account: variable('GIVEN') }),
        ]) {
            await start(list);
            should(await deliver(mail())).equal(503);
        }
    });

    it('stays shut where the token of the account is a variable that is not set', async () => {
        const account = (credentials: object) =>
            flows({ account: 'acc' }).map((each) => (each.id === 'acc' ? { ...each, credentials } : each));
        await start(account({ token: unset }));
        should(await deliver(mail())).equal(503);
        await start(account({ token: unset, webhookSecret: unset }));
        should([await deliver(mail()), await deliver(mail(), unset)]).eql([401, 401]);
        await start(account({ token: 't', webhookSecret: '' }));
        should(await deliver(mail())).equal(200, 'no secret was ever set');
    });

    it('lets nothing pass by a filter that is a variable which is blank or not set', async () => {
        const team = { team: { id: 't', name: 'Workshop' }, organization: { id: 'o', name: 'x' } };
        await start(flows({}));
        const begun = nodeRed.log().length;
        for (const name of ['BLANK', 'NOT_SET'])
            for (const list of ['teams', 'organizations', 'labels', 'senders', 'events'])
                for (const filter of [`$${`{${name}}`}`, [`$${`{${name}}`}`]]) {
                    await start(flows({ [list]: filter }));
                    should(await deliver(mail(team))).equal(200);
                }
        await start(flows({ teams: '' }));
        should(await deliver(mail(team))).equal(200);
        await logged(/incoming_email/);
        should(
            nodeRed
                .log()
                .slice(begun)
                .match(/incoming_email/g),
        ).have.length(1);
    });

    it('lets pass what filters name, tells names that nobody knows, and counts what stays out', async () => {
        const practice = { connection: 'sandbox', url: '' };
        await start(flows({ account: 'acc', teams: ['Workshop'] }, practice), 's');
        const team = (id: string, name: string) => ({ team: { id, name } });
        // The names are looked up when the flows run.
        for (let tries = 0; tries < 50 && !/incoming_email/.test(log()); tries++) {
            should(await deliver(mail(team('1f0a5c3e-b3c3-4696-a022-3f99b58b0d61', 'Renamed')), 's')).equal(200);
            await sleep(100);
        }
        log().should.match(/incoming_email/);
        await start(flows({ account: 'acc', teams: 'Worksop' }, practice), 's');
        await logged(/Worksop.*There are/);
        should(await deliver(mail(team('x', 'Worksop')), 's')).equal(200);
        should(log()).not.match(/incoming_email/);
    });

    it('answers a webhook at the package’s own routes with no success, and the editor as before', async () => {
        const post = (at: string, headers: Record<string, string> = {}, body: unknown = mail()) =>
            fetch(`${nodeRed.url}${at}`, {
                method: 'POST',
                body: JSON.stringify(body),
                headers: { 'content-type': 'application/json', ...headers },
            }).then(({ status }) => status);
        for (const at of ['missive/test', 'MISSIVE//Choices/team/', 'x/../missive/sandbox/%72eset']) {
            await start(flows({ path: at }));
            for (const called of [`/${at}`, '/missive/test', '/missive/choices/team', '/missive/sandbox/reset']) {
                should(await post(called)).be.aboveOrEqual(400, called);
                should(await post(called, { 'x-hook-signature': 'sha256=0' }, {})).be.aboveOrEqual(400, called);
            }
            // As on saving a rule.
            should(await post(`/${at}`, {}, {})).be.aboveOrEqual(400, at);
        }
        should(await post('/missive/sandbox/reset', {}, {})).equal(404);
        should(await post('/missive/sandbox/reset', { 'x-requested-with': 'XMLHttpRequest' }, {})).equal(200);
        await start(flows({}));
        should(await post('/missive/sandbox/reset', {}, {})).equal(200);
    });

    it('refuses the paths of the package’s own routes, all of them', () => {
        const folder = path.resolve(__dirname, '../../src/runtime/admin');
        const texts = readdirSync(folder).map((file) => readFileSync(path.join(folder, file), 'utf8'));
        const routes = texts.flatMap((text) =>
            [...text.matchAll(/['"`](\/missive\/[\w/]+)/g)].map(([, at]) => String(at)),
        );
        routes.length.should.be.above(8);
        for (const route of routes) should(ownAdminPaths.test(route)).be.true(route);
        const red = (settings: object) => ({ settings }) as never;
        isEditorPath(red({}), '/missive/sandbox/reset').should.be.true();
        isEditorPath(red({}), '/missive/choices/team').should.be.true();
        isEditorPath(red({}), '/missive/in').should.be.false();
        isEditorPath(red({ httpAdminRoot: '/admin' }), '/missive/test').should.be.false();
        isEditorPath(red({ httpAdminRoot: false }), '/missive/test').should.be.false();
        for (const path of ['MISSIVE//Test/', 'x/../missive/test', './missive/%74est', 'missive/test?a=b'])
            isEditorPath(red({}), pathOf(path)).should.be.true(path);
        isEditorPath(red({ httpAdminRoot: '/Admin/' }), '/admin/missive/test').should.be.true();
        isEditorPath(red({ httpAdminRoot: '/a', httpNodeRoot: '/A' }), '/missive/test').should.be.true();
        isEditorPath(red({ httpAdminRoot: '/a' }), '/ab/missive/test').should.be.false();
        const form = readFileSync(path.resolve(__dirname, '../../src/editor/browser/own/paths.js'), 'utf8');
        should(form).containEql(String(ownAdminPaths));
    });
});

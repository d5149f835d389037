import { once } from 'node:events';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import should from 'should';
import { isSigned } from '../../../src/missive/events/signature';
import { matches, type Rule } from '../../../src/sandbox/events/rules';
import { certificate } from '../../support/certificate';
import { closeAll, practice, receiver, seeded } from '../asking';

const letter = { name: 'Nadia', address: 'nadia@mail.example', subject: 'Order 77', body: 'Hello,\n\nwhere is it?' };
const rule = { id: 'node1', description: 'webhook-in', types: [] as string[], secret: 's3cret' };

describe('sandbox: webhooks', () => {
    afterEach(closeAll);

    it('sends a signed delivery of compact JSON, with the message but not its body', async () => {
        const { sandbox } = await practice();
        const { received, url } = await receiver(200);
        sandbox.watch({ ...rule, url: () => url });
        const { conversation, message, deliveries } = await sandbox.customerWrites(letter);
        const [delivery] = received;
        should(delivery?.headers['content-type']).equal('application/json');
        should(isSigned('s3cret', delivery?.body ?? Buffer.alloc(0), delivery?.headers['x-hook-signature'])).be.true();
        should(delivery?.body.toString()).equal(JSON.stringify(delivery?.json));
        should(delivery?.json.rule).eql({ id: 'node1', description: 'webhook-in', type: 'incoming_email' });
        should(delivery?.json.conversation.id).equal(conversation);
        should(delivery?.json.conversation).not.have.property('last_activity_at');
        should(delivery?.json.message.id).equal(message);
        should(delivery?.json.message).not.have.property('body');
        should(deliveries[0]).have.properties({ state: 'delivered', status: 200, type: 'incoming_email' });
    });

    it('repeats a failed delivery byte for byte, five times at most', async () => {
        const { sandbox } = await practice({ retryDelays: [1, 1, 1, 1, 1, 1, 1] });
        const { received, url } = await receiver(503);
        sandbox.watch({ ...rule, url: () => url });
        const { deliveries } = await sandbox.customerWrites(letter);
        await sandbox.settled();
        should(received).have.length(6);
        should(new Set(received.map(({ body }) => body.toString('hex'))).size).equal(1);
        should(new Set(received.map(({ headers }) => headers['x-hook-signature'])).size).equal(1);
        should(deliveries[0]?.state).equal('failed');
        should(deliveries[0]?.attempts.map(({ status }) => status)).eql([503, 503, 503, 503, 503, 503]);
    });

    it('gives up waiting for an answer, and tries again', async () => {
        const { sandbox } = await practice({ retryDelays: [1], webhookTimeout: 20 });
        const silent = createServer(() => undefined).listen(0, '127.0.0.1');
        await once(silent, 'listening');
        const { port } = silent.address() as AddressInfo;
        sandbox.watch({ ...rule, url: () => `http://127.0.0.1:${port}/` });
        const { deliveries } = await sandbox.customerWrites(letter);
        await sandbox.settled();
        silent.closeAllConnections();
        silent.close();
        should(deliveries[0]?.attempts.map(({ error }) => error)).eql([
            'No answer within 0.02 s',
            'No answer within 0.02 s',
        ]);
    });

    it('repeats to the rule as it is by then, and not at all once the rule is gone', async () => {
        const { sandbox } = await practice({ retryDelays: [1] });
        const [failing, working] = [await receiver(503), await receiver(200)];
        const remove = sandbox.watch({ ...rule, url: () => failing.url });
        const first = sandbox.customerWrites(letter);
        const again = sandbox.watch({ ...rule, url: () => working.url });
        remove();
        should((await first).deliveries).have.length(1);
        await sandbox.settled();
        should([failing.received.length, working.received.length]).eql([1, 1]);
        const { deliveries } = await (async () => {
            again();
            const third = sandbox.watch({ ...rule, url: () => failing.url });
            const happening = sandbox.customerWrites(letter);
            third();
            return happening;
        })();
        await sandbox.settled();
        should(deliveries[0]).have.property('state', 'failed');
        should(deliveries[0]?.attempts).have.length(1);
    });

    it('signs nothing where the rule has no secret', async () => {
        const { sandbox } = await practice();
        const { received, url } = await receiver(200);
        sandbox.watch({ ...rule, secret: '', url: () => url });
        await sandbox.customerWrites(letter);
        should(received[0]?.headers).not.have.property('x-hook-signature');
    });

    it('switches a rule off after more than 50 failures in a row, until it is added anew', async () => {
        const { sandbox } = await practice({ retryDelays: [] });
        const { received, url } = await receiver(500);
        const add = () => sandbox.watch({ ...rule, url: () => url });
        add();
        for (let round = 0; round < 52; round += 1) await sandbox.customerWrites(letter);
        should(received).have.length(51);
        should(sandbox.snapshot().rules[0]).have.properties({ off: true, failures: 51 });
        add();
        await sandbox.customerWrites(letter);
        should(received).have.length(52);
    });

    it('delivers on this machine only', async () => {
        const { sandbox } = await practice({ retryDelays: [] });
        sandbox.watch({ ...rule, url: () => 'https://203.0.113.7/in' });
        const { deliveries } = await sandbox.customerWrites(letter);
        should(deliveries[0]?.attempts[0]?.error).equal('The practice Missive delivers on this machine only');
    });

    it('delivers to https on the loopback address with a certificate that nobody signed', async () => {
        const { sandbox } = await practice();
        const server = createSecureServer(certificate, (_, response) => response.end()).listen(0, '127.0.0.1');
        await once(server, 'listening');
        for (const host of ['127.0.0.1', 'localhost']) {
            sandbox.watch({ ...rule, url: () => `https://${host}:${(server.address() as AddressInfo).port}/in` });
            const { deliveries } = await sandbox.customerWrites(letter);
            should(deliveries[0]?.status).equal(200);
        }
        server.closeAllConnections();
        server.close();
    });

    it('delivers to https on this machine’s address in its network, as well', async function () {
        const own = Object.values(networkInterfaces())
            .flat()
            .find((one) => one && !one.internal && one.family === 'IPv4')?.address;
        if (own === undefined) return this.skip();
        const { sandbox } = await practice();
        const server = createSecureServer(certificate, (_, response) => response.end()).listen(0, own);
        await once(server, 'listening');
        sandbox.watch({ ...rule, url: () => `https://${own}:${(server.address() as AddressInfo).port}/in` });
        const { deliveries } = await sandbox.customerWrites(letter);
        should(deliveries[0]?.status).equal(200);
        server.closeAllConnections();
        server.close();
    });

    it('sends what a rule asks for, and stops when the rule is taken away', async () => {
        const { sandbox } = await practice();
        const { received, url } = await receiver(200);
        const remove = sandbox.watch({ ...rule, types: ['new_comment'], url: () => url });
        await sandbox.customerWrites(letter);
        await sandbox.colleagueComments({ conversation: seeded.fork, body: '@Ines please' });
        should(received.map(({ json }) => json.rule.type)).eql(['new_comment']);
        should(received[0]?.json.comment.mentions).eql([{ user_id: seeded.ines, offset: 0, length: 5 }]);
        should(received[0]?.json.latest_message.id).be.a.String();
        remove();
        await sandbox.colleagueComments({ conversation: seeded.fork, body: 'again' });
        should(received).have.length(1);
    });

    it('fires for changes by the API, too: loops are real', async () => {
        const { sandbox, ask } = await practice();
        const { received, url } = await receiver(200);
        sandbox.watch({ ...rule, url: () => url });
        const change = { id: seeded.fork, organization: seeded.organization, remove_shared_labels: [seeded.parts] };
        const close = { ...change, add_assignees: [seeded.rui], close: true };
        await ask(`PATCH /conversations/${seeded.fork}`, { conversations: [close] });
        await sandbox.settled();
        should(received.map(({ json }) => json.rule.type).sort()).eql([
            'conversation_assignee_change',
            'conversation_closed',
            'label_change',
        ]);
        await ask(`PATCH /conversations/${seeded.fork}`, { conversations: [change] });
        await sandbox.settled();
        should(received).have.length(3);
    });

    it('fires for outgoing messages only where a rule names them', () => {
        const any: Rule = { ...rule, url: () => undefined, failures: 0, off: false };
        const conversation = { organization: seeded.organization } as Parameters<typeof matches>[1]['conversation'];
        should(matches(any, { type: 'outgoing_email', conversation })).be.false();
        should(matches({ ...any, types: ['outgoing_email'] }, { type: 'outgoing_email', conversation })).be.true();
    });

    it('makes a rule by the API after its address answered {}, without a signature', async () => {
        const { sandbox, ask } = await practice();
        const { received, url } = await receiver(200);
        const hook = { type: 'incoming_email', url, subject_contains: 'order' };
        const { status, json } = await ask('POST /hooks', { hooks: hook });
        should(status).equal(201);
        should(received[0]?.body.toString()).equal('{}');
        await sandbox.customerWrites(letter);
        await sandbox.customerWrites({ ...letter, subject: 'Something else' });
        should(received).have.length(2);
        should(received[1]?.headers).not.have.property('x-hook-signature');
        should((await ask(`DELETE /hooks/${json.hooks.id}`)).status).equal(200);
        should((await ask(`DELETE /hooks/${json.hooks.id}`)).status).equal(404);
    });

    it('refuses a hook of another type, and one whose address fails', async () => {
        const { ask } = await practice();
        const { url } = await receiver(500);
        should((await ask('POST /hooks', { hooks: { type: 'label_change', url } })).status).equal(400);
        should((await ask('POST /hooks', { hooks: { type: 'new_comment', url } })).status).equal(400);
    });
});

import should from 'should';
import type { Call } from '../../../src/missive/call';
import { callOf, clients, errorOf, token, turn } from '../../support/client';
import { answer, faults, type Step } from '../../support/faulty-server';

describe('A failure tells what went wrong', () => {
    const { serve, clientOf } = clients();

    const failing = async (step: Step, call: Call = callOf('POST')) => {
        const server = await serve(step);
        return errorOf(clientOf(server.address).send(call, turn));
    };

    it('by a code for each status', async () => {
        const codes = {
            301: 'REFUSED',
            400: 'REFUSED',
            401: 'AUTH',
            403: 'AUTH',
            404: 'NOT_FOUND',
            409: 'REFUSED',
            413: 'REFUSED',
            422: 'REFUSED',
            500: 'SERVER',
            503: 'SERVER',
        };
        for (const [status, code] of Object.entries(codes)) {
            const error = await failing(answer(Number(status), { error: { message: 'No' } }));
            error.should.have.properties({ code: `ERR_MISSIVE_${code}`, status: Number(status) });
            error.message.should.startWith('No. ');
            should(error.cause).have.properties({ code: error.code, status: Number(status) });
        }
    });

    it("in Missive's own words, wherever it puts them", async () => {
        const bodies: [unknown, string][] = [
            [{ error: { message: 'in error.message' } }, 'in error.message. '],
            [{ error: 'in error' }, 'in error. '],
            [{ errors: 'in errors' }, 'in errors. '],
            [{ errors: ['one', { message: 'two' }] }, 'one; two. '],
            [{ message: 'in message!' }, 'in message! '],
            ['plain text', 'plain text. '],
            ['', 'Missive answered 422 Unprocessable Entity. '],
            ['<html>nginx</html>', 'Missive answered 422 Unprocessable Entity. '],
            [{ error: {} }, 'Missive answered 422 Unprocessable Entity. '],
            [null, 'Missive answered 422 Unprocessable Entity. '],
        ];
        for (const [body, start] of bodies) {
            const error = await failing(answer(422, body));
            error.message.should.startWith(start);
        }
    });

    it('with the error object of Missive', async () => {
        const error = await failing(answer(400, { error: { message: 'No', field: 'title', list: [1, null, true] } }));
        should(error.details).eql({ message: 'No', field: 'title', list: [1, null, true] });
    });

    it('at a length that can be read', async () => {
        let deep: unknown = 'x';
        for (let at = 0; at < 100; at++) deep = { deep };
        const long = 'x'.repeat(5000);
        const error = await failing(
            answer(400, { error: { message: long, long: [long], many: Array(500).fill(1), deep } }),
        );
        error.message.length.should.be.below(400);
        JSON.stringify(error.details).length.should.be.below(1500);
    });

    it('without the token, even where Missive or a proxy repeats it', async () => {
        const echo = `x Bearer ${token} y ${token}`;
        const bodies = [
            { error: { message: echo, [token]: [{ deep: echo }] } },
            { error: echo },
            echo,
            { error: { message: `${'x'.repeat(290)}${token}` } },
        ];
        for (const body of bodies) {
            const error = await failing(answer(400, body));
            const all = `${error.message} ${error.stack} ${JSON.stringify(error.details)} ${JSON.stringify(error.cause)}`;
            all.should.not.containEql(token).and.not.containEql(token.slice(0, 12));
            all.should.containEql('***');
        }
    });

    it('without the body of the request', async () => {
        const body = { drafts: { body: 'a private text' } };
        for (const step of [answer(422), answer(500), faults.closeAfterReading, answer(200, '<')]) {
            const error = await failing(step, { method: 'POST', path: '/drafts', body });
            `${error.message} ${error.stack} ${JSON.stringify(error)}`.should.not.containEql('private');
        }
    });

    it('with the size where it was too much for Missive', async () => {
        const body = { x: 'x'.repeat(3 * 1024 * 1024) };
        const error = await failing(answer(413, ''), { method: 'POST', path: '/drafts', body });
        error.message.should.match(/3\.00 MB/);
    });

    it('that the address redirects, and follows no redirect with the token', async () => {
        const target = await serve(answer(200));
        for (const status of [301, 302, 307, 308]) {
            const error = await failing(answer(status, '', { Location: target.address }), callOf('GET'));
            error.should.have.properties({ code: 'ERR_MISSIVE_REFUSED', status });
            error.message.should.match(/redirects/);
        }
        target.connections.should.equal(0);
    });

    it('what helps, where the words of Missive do not say it', async () => {
        const sender = { message: "'from_field' does not match an available sender", senders: ['shop@x.example'] };
        (await failing(answer(400, { error: sender }))).message.should
            .startWith("'from_field' does not match an available sender. ")
            .and.match(/Settings → Accounts → Aliases → Allow others to send.*shop@x\.example.*\(400\)\.$/);
        const ids = await failing(answer(400, { error: { message: 'Invalid resource ID(s)' } }));
        ids.message.should.match(/^Invalid resource ID\(s\)\. .*Operator/);
    });

    it('that a token lacks its beginning, and nothing more of it', async () => {
        const server = await serve(answer(401, { error: { message: 'No' } }));
        const without = await errorOf(clientOf(server.address, { token: 'abcdef123456' }).send(callOf('GET'), turn));
        without.message.should.containEql('missive_pat-').and.not.containEql('abcdef');
        const whole = await failing(answer(401, { error: { message: 'No' } }));
        whole.message.should.equal("No. Check the account's API token (401).");
    });
});

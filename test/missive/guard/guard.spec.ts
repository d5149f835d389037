import should from 'should';
import type { Call } from '../../../src/missive/call';
import type { Bounds, Departures } from '../../../src/missive/guard/bounds';
import { type GuardSettings, gateOf } from '../../../src/missive/guard/guard';

const draft = (drafts: unknown, path = '/drafts'): Call => ({ method: 'POST', path, body: { drafts } });
const to = (...addresses: string[]) => addresses.map((address) => ({ address }));

/** Counts in memory; `full` is what stands in the way. */
class Counted implements Departures {
    gone = 0;
    async add(count: number, { hour }: Bounds) {
        if (hour !== undefined && this.gone + count > hour) return { full: 'hour' as const };
        this.gone += count;
        const undo = () => {
            this.gone -= count;
        };
        return { undo };
    }
    async left() {
        return { hour: this.gone, day: this.gone };
    }
}

describe('the guard of an account', () => {
    let counted: Counted;
    const pass = async (settings: Partial<GuardSettings>, call: Call) =>
        (await gateOf({ dry: false, ...settings }, () => counted)?.pass(call)) ?? {};
    const held = (settings: Partial<GuardSettings>, call: Call, why: RegExp) =>
        pass(settings, call).should.be.rejectedWith(why, { code: 'ERR_MISSIVE_GUARD' });

    beforeEach(() => {
        counted = new Counted();
    });

    it('is not there where nothing is set', () => {
        should(gateOf({ dry: false, send_to: '  ', send_per_hour: '' }, () => counted)).be.undefined();
    });

    it('lets a message to those on the list pass, whoever else is meant is held up', async () => {
        const send_to = 'ann@x.example, @shop.example;\nbücher.example\n+351 910 000 001';
        const fine = [
            ...[to('Ann@X.example'), to('bob@shop.example', 'eve@SHOP.example'), to('a@xn--bcher-kva.example')],
            ...[[{ phone_number: '+351910000001' }], [{ address: ' ann@x.example ', name: 'Ann' }]],
        ];
        for (const to_fields of fine) await pass({ send_to }, draft({ send: true, to_fields }));
        const wrong = [
            ...[to('ann@y.example'), to('ann@x.example', 'eve@y.example'), to('eve@sub.shop.example')],
            ...[to('ann@x.example@evil.example'), to('eve@evil-shop.example'), [{ phone_number: '+351910000002' }]],
            ...[[{ id: 'ann@x.example.evil' }], [{}], ['eve@y.example'], [{ address: 'shop.example' }]],
        ];
        for (const to_fields of wrong) await held({ send_to }, draft({ send: true, to_fields }), /may not write/);
    });

    it('reads national numbers as those of the account’s country', async () => {
        const send = (phone_number: string) => draft({ send: true, to_fields: [{ phone_number }] });
        await pass({ send_to: '0171 123 45 67', country: 'DE' }, send('+491711234567'));
        await held({ send_to: '0171 123 45 67', country: 'DE' }, send('+491711234568'), /may not write/);
        await held({ send_to: '0171 123 45 67' }, send('+491711234567'), /send_to/);
    });

    it('looks at every recipient, and at every way to leave', async () => {
        const send_to = ['ann@x.example'];
        const eve = to('eve@y.example');
        for (const key of ['cc_fields', 'bcc_fields'])
            await held({ send_to }, draft({ send: true, to_fields: to('ann@x.example'), [key]: eve }), /eve@y/);
        for (const leaving of [
            { send: true },
            { send_at: 1_900_000_000 },
            { send: 'true' },
            { send: 1 },
            { send_at: '0' },
        ])
            await held({ send_to }, draft({ ...leaving, to_fields: eve }), /eve@y/);
        for (const path of ['/drafts/', '//drafts', '/Drafts', '/%64rafts', '/drafts?x=1'])
            await held({ send_to }, draft({ send: true, to_fields: eve }, path), /eve@y/);
        await held(
            { send_to },
            draft([
                { send: true, to_fields: to('ann@x.example') },
                { send: true, to_fields: eve },
            ]),
            /eve/,
        );
        await held({ send_to }, draft({ send: true, conversation: 'c1' }), /names no recipient/);
    });

    it('lets drafts for a person, and what is no draft, pass', async () => {
        const settings = { send_to: 'ann@x.example', send_per_hour: 0 };
        for (const leaving of [{}, { send: false }, { send: null, send_at: null }, { send_at: '' }])
            await pass(settings, draft({ ...leaving, to_fields: to('eve@y.example') }));
        await pass(settings, { method: 'POST', path: '/posts', body: { posts: { text: 'x' } } });
        await pass(settings, { method: 'POST', path: '/messages', body: { messages: {} } });
        await pass(settings, { method: 'GET', path: '/drafts' });
        counted.gone.should.equal(0);
    });

    it('counts what left or may have left, and not what was refused', async () => {
        const settings = { send_per_hour: '2' };
        const send = draft({ send: true, to_fields: to('a@x.example') });
        const over = async (delivered: 'no' | 'unknown' | 'yes') => {
            const passed = (await pass(settings, send)) as { over: (what: typeof delivered) => void };
            passed.over(delivered);
        };
        await over('no');
        await over('unknown');
        await over('yes');
        await held(settings, send, /may send 2 within an hour \(send_per_hour\), and has/);
    });

    it('holds all up where its own settings cannot be read', async () => {
        const send = draft({ send: true, to_fields: to('a@x.example') });
        for (const send_to of ['everybody', 'a@', '@', 'a b@x.example', '12345', ['x.example', 'oops']])
            await held({ send_to }, send, /send_to/);
        for (const send_per_day of ['many', -1, 1.5, '1e999']) await held({ send_per_day }, send, /send_per_day/);
    });

    it('of a dry account lets only reading pass, and says what it would have held up', async () => {
        for (const method of ['POST', 'PATCH', 'DELETE'] as const)
            should(await pass({ dry: true }, { method, path: '/tasks/x', body: {} })).match({ answer: { dry: true } });
        should(await pass({ dry: true }, { method: 'GET', path: '/tasks' })).eql({});
        await held({ dry: true, send_to: 'ann@x.example' }, draft({ send: true, to_fields: to('e@y.example') }), /e@y/);
        counted.gone.should.equal(0);
    });
});

import { Redis } from 'ioredis';
import should from 'should';
import type { Turn } from '../../../src/missive/call';
import type { Account } from '../../../src/runtime/account';
import { Registrar } from '../../../src/runtime/rules/registrar';
import { Registrations } from '../../../src/runtime/rules/registrations';
import { SharedRules } from '../../../src/runtime/rules/shared-rules';
import { oneRedis } from '../../support/one-redis';

describe('rules of several Node-REDs with one Redis', function () {
    this.timeout(40_000);
    const given = oneRedis();
    /** What Missive has: id → address. */
    let rules: Map<string, string>;
    let made: number;
    /** Happens before a rule is made. */
    let meanwhile: () => Promise<void>;
    let account: Account;
    let count = 0;

    beforeEach(() => {
        rules = new Map();
        meanwhile = async () => {};
        made = 0;
        const client = {
            send: async (
                { method, path, body }: { method: string; path: string; body?: { hooks: { url: string } } },
                { departing }: Turn,
            ) => {
                await new Promise((resolve) => setTimeout(resolve, 30));
                if (method === 'POST') await meanwhile();
                await departing?.();
                if (method === 'DELETE') rules.delete(path.split('/').pop() ?? '');
                else {
                    made += 1;
                    rules.set(`h${made}`, body?.hooks.url ?? '');
                }
                return { status: 200, body: { hooks: { id: `h${made}` } } };
            },
        };
        const way = { origin: 'here.token', apart: () => ({ client, release: () => {} }) };
        account = { id: `acc${count++}`, client: () => client, ways: [way] } as unknown as Account;
    });

    /** One Node-RED. */
    const instance = () => {
        const said: string[] = [];
        const shared = new SharedRules(given.redis.address, account.id, account.id, (text) => said.push(text));
        const registrations = new Registrations(undefined, undefined, shared);
        const ways = () => account.ways.map((way) => ({ ...way, sure: true }));
        return { shared, registrations, said, registrar: new Registrar(registrations, ways, undefined, shared) };
    };
    const wanted = { url: 'https://example.com/missive', settings: { type: 'incoming_email' } };

    it('make one rule together, and each knows its key', async () => {
        const [one, other] = [instance(), instance()];
        await Promise.all([one, other].map(({ registrar }) => registrar.ensure('n', account, wanted)));
        made.should.equal(1);
        const key = new URL([...rules.values()][0] ?? '').searchParams.get('key') ?? undefined;
        for (const { shared, registrations, registrar } of [one, other]) {
            await shared.refresh();
            registrations.reload();
            should(registrar.sender('n', key)).equal('own');
            should(registrar.sender('n', 'another')).be.undefined();
        }
    });

    it('leave it while another one wants it, and delete it when the last has no such node any more', async () => {
        const [one, other] = [instance(), instance()];
        for (const { shared } of [one, other]) await shared.want('n', true);
        await one.registrar.ensure('n', account, wanted);
        await one.shared.want('n', false);
        await one.registrar.remove('n');
        await one.registrar.sweep(() => false);
        rules.size.should.equal(1);
        await other.shared.want('n', false);
        await other.registrar.remove('n');
        rules.size.should.equal(0);
    });

    it('make it anew where one died while it made it, and take the lost one for no stranger', async () => {
        const [one, other] = [instance(), instance()];
        // On its way to Missive when it was killed.
        await one.shared.together(async () => {
            one.registrations.reload();
            one.registrations.set('n', { account: account.id, origin: 'here.token', print: 'p', key: 'lost key' });
        });
        await other.registrar.ensure('n', account, wanted);
        made.should.equal(1);
        should(other.registrar.sender('n', 'lost key')).equal('lost');
    });

    it('make no second one where one stood still before it made it, and another one did', async () => {
        const [one, other] = [instance(), instance()];
        const admin = new Redis(given.redis.address);
        meanwhile = async () => {
            meanwhile = async () => {};
            // It stands still for longer than its lock lasts.
            for (const key of await admin.keys('*:lock')) await admin.del(key);
            await other.registrar.ensure('n', account, wanted);
        };
        await one.registrar.ensure('n', account, wanted).should.be.rejectedWith(/Another Node-RED/);
        admin.disconnect();
        made.should.equal(1);
        await one.registrar.ensure('n', account, wanted);
        made.should.equal(1);
        const key = new URL([...rules.values()][0] ?? '').searchParams.get('key') ?? undefined;
        for (const { registrar } of [one, other]) should(registrar.sender('n', key)).equal('own');
    });

    it('tell a Redis that has come back empty: no second rule is made, a stranger’s key changes nothing', async () => {
        const [one, other] = [instance(), instance()];
        await one.registrar.ensure('n', account, wanted);
        await other.shared.refresh();
        await given.redis.kill();
        await given.redis.begin();
        await new Promise((resolve) => setTimeout(resolve, 500));
        await other.shared.refresh();
        await one.shared.want('n', true);
        for (const { registrar } of [one, other]) await registrar.ensure('n', account, wanted);
        made.should.equal(1);
        const key = new URL([...rules.values()][0] ?? '').searchParams.get('key') ?? undefined;
        const third = instance();
        await third.shared.refresh();
        third.registrations.reload();
        for (const { registrar } of [one, other, third]) should(registrar.sender('n', key)).equal('own');
        [...one.said, ...other.said].should.have.length(1);
        String(other.said[0]).should.match(/has forgotten which rules/);
        // What one knows that the other has not heard of counts.
        await one.registrar.ensure('n', account, { ...wanted, url: 'https://example.com/elsewhere' });
        await given.redis.kill();
        await given.redis.begin();
        await new Promise((resolve) => setTimeout(resolve, 500));
        await other.shared.refresh();
        await one.shared.refresh();
        await other.registrar.ensure('n', account, { ...wanted, url: 'https://example.com/elsewhere' });
        made.should.equal(2);
        rules.size.should.equal(1);
    });

    it('are changed by one at a time, also where one was killed with the turn', async () => {
        const [one, other] = [instance(), instance()];
        let inside = 0;
        let most = 0;
        const step = async () => {
            inside += 1;
            most = Math.max(most, inside);
            await new Promise((resolve) => setTimeout(resolve, 20));
            inside -= 1;
        };
        await Promise.all([one, other, one, other].map(({ shared }) => shared.together(step)));
        most.should.equal(1);
    });
});

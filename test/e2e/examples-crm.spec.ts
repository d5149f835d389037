import { setTimeout as pause } from 'node:timers/promises';
import should from 'should';
import { Customers } from '../../src/sandbox/stands/customers';
import { exampleFlow, type Node } from '../support/example-files';
import { ExampleFlows, postsOf } from '../support/example-flows';

describe('the example of contacts and a CRM, its flow file unchanged', function () {
    this.timeout(180_000);
    const flows = new ExampleFlows((far) => ({ CUSTOMERS_URL: `${far}/customers`, CUSTOMERS_RETRY: '0.3' }));
    /** Its Catch node also writes into the log. */
    const example = exampleFlow('contacts-and-crm').map((node) =>
        node.complete === 'error' ? { ...node, console: true } : node,
    );
    const account = example.find(({ type }) => type === 'missive-config')?.id;
    /** What a colleague does to a contact, and what *watch* tells: Missive has no page for it here. */
    const beside: Node[] = [
        { id: 'beside', type: 'tab' },
        { id: 'b1', z: 'beside', type: 'http in', url: '/contact', method: 'post', wires: [['b2']] },
        { id: 'b2', z: 'beside', type: 'missive-request', account, wires: [['b3']] },
        { id: 'b3', z: 'beside', type: 'http response', wires: [] },
        { id: 'b6', z: 'beside', type: 'catch', wires: [['b7']] },
        {
            id: 'b7',
            z: 'beside',
            type: 'change',
            rules: [
                { t: 'set', p: 'payload', pt: 'msg', to: 'error.message', tot: 'msg' },
                { t: 'set', p: 'statusCode', pt: 'msg', to: '500', tot: 'num' },
            ],
            wires: [['b3']],
        },
        { id: 'b4', z: 'beside', type: 'http in', url: '/told', method: 'post', wires: [['b5', 'b3']] },
        {
            ...{
                id: 'b5',
                z: 'beside',
                type: 'change',
                rules: [{ t: 'move', p: 'payload.topic', pt: 'msg', to: 'topic', tot: 'msg' }],
            },
            wires: [[example.find(({ name }) => name === 'still there?')?.id]],
        },
    ];
    let crm: Customers;
    let down = false;
    const row = (email: string) => crm.rows.find((one) => one.email === email);
    const press = (name: string) => flows.pressIn(example.filter((node) => node.name === name));
    const contacts = async (email: string) =>
        (await flows.inbox.state()).contacts.filter(({ infos }) => infos?.some(({ value }) => value === email));
    const writes = () => flows.far.asked.filter(({ method }) => method === 'POST').length;
    const told = async () =>
        (await flows.inbox.state()).conversations
            .flatMap(postsOf)
            .filter((one) => 'username' in one && one.username === 'CRM');
    const save = async (contact: object, id?: string) => {
        const given = { contact_book: '5d0f1b52-7a0d-4b8c-8e53-0e6f2c1a9b77', ...contact };
        const body = { contacts: [id ? { id, ...contact } : given] };
        const answer = await flows.post('/contact', {
            method: id ? 'PATCH' : 'POST',
            path: id ? `/contacts/${id}` : '/contacts',
            body,
        });
        should(answer.status).equal(200, await answer.text());
    };
    const email = (value: string) => ({ kind: 'email', label: 'work', value });

    async function until(fits: () => boolean | Promise<boolean>): Promise<void> {
        const end = Date.now() + 15_000;
        while (!(await fits())) {
            if (Date.now() > end)
                throw new Error(`not seen in 15 s: ${JSON.stringify(crm.rows)}\n${flows.nodeRed.log().slice(-1500)}`);
            await pause(50);
        }
    }

    /** Resolves when neither side has been asked or changed for a while. */
    async function still(): Promise<void> {
        const end = Date.now() + 20_000;
        for (let before = -1, same = 0; same < 4; ) {
            if (Date.now() > end)
                throw new Error(
                    `goes on and on: ${JSON.stringify(flows.far.asked.slice(-6).map(({ method, query, body }) => [method, query, body]))}\n${flows.nodeRed.log().slice(-3000)}`,
                );
            const now = flows.far.asked.length + (await flows.inbox.state()).revision * 1000;
            same = now === before ? same + 1 : 0;
            before = now;
            await pause(150);
        }
    }

    /** *Watch* looks when it is deployed. */
    const watchLooks = async () => {
        await flows.nodeRed.deploy([...example, ...beside]);
        await still();
    };
    const crmLooks = async () => {
        await press('each minute');
        await still();
    };
    /** Both sides look, again and again, and nobody writes any more. */
    async function nothingMore(): Promise<void> {
        await still();
        const before = [writes(), JSON.stringify((await flows.inbox.state()).contacts)];
        for (const looks of [watchLooks, crmLooks, watchLooks]) await looks();
        should([writes(), JSON.stringify((await flows.inbox.state()).contacts)]).eql(before);
    }

    beforeEach(async () => {
        crm = new Customers();
        down = false;
        flows.far.answers.set('/customers', ({ method, query, body }) => {
            if (down) return [503, { error: 'down' }];
            const found = method === 'GET' ? crm.find(new URLSearchParams(query)) : crm.save(body);
            return found ? [200, found] : [404, { error: 'unknown' }];
        });
        await flows.deployFlow([...example, ...beside]);
        await still();
        await crmLooks();
        await press('all contacts');
        await still();
    });

    it('brings both together, the second time nothing is written', async () => {
        should(await contacts('nuno@costa.example')).match([{ first_name: 'Nuno', last_name: 'Costa' }]);
        should(row('leonor.vaz@post.example')).match({
            first_name: 'Leonor',
            last_name: 'Vaz',
            phone: '+351910000044',
        });
        should(row('marta@harborbikes.example')).match({ phone: '+351 910 000 001' });
        should(crm.rows.length).equal(6);
        await press('all contacts');
        await nothingMore();
        should(await told()).be.empty();
        flows.noErrors();
    });

    it('takes a change to the other side, each way, and back no more', async () => {
        await press('a change in Missive');
        await still();
        await watchLooks();
        await until(() => row('tom@trailclub.example')?.first_name === 'Thomas');
        await press('a change in the CRM');
        await still();
        await crmLooks();
        const [tom] = await contacts('tom@trailclub.example');
        should(tom).match({ first_name: 'Thomas', last_name: 'Reyes' });
        should(tom?.infos?.map(({ value }) => value)).containDeep(['tom@trailclub.example', '+351910000099', 'C-1180']);
        await nothingMore();
        should(await told()).be.empty();
        flows.noErrors();
    });

    it('keeps the later of two changes, and tells the team once; an empty field takes nothing away', async () => {
        const [tom] = await contacts('tom@trailclub.example');
        await save({ first_name: 'Tommy' }, tom?.id);
        await pause(1_100);
        crm.save({ email: 'tom@trailclub.example', first_name: 'Thom `**x**`', last_name: '' });
        await crmLooks();
        should(await contacts('tom@trailclub.example')).match([{ first_name: 'Thom `**x**`', last_name: 'Reyes' }]);
        should(row('tom@trailclub.example')).match({ last_name: 'Reyes' });
        should(await told()).match([{ markdown: /Tommy\s+Reyes.*Thom {2}\*\*x\*\*.*that of the CRM/ }]);
        await nothingMore();
        should((await told()).length).equal(1);
        flows.noErrors();
    });

    it('asks again after the CRM was down, says so, and doubles nothing', async () => {
        down = true;
        await save({ first_name: 'Ann', last_name: 'New', infos: [email('ann@new.example')] });
        await flows.nodeRed.deploy([...example, ...beside]);
        await flows.nodeRed.logged(/The CRM answered 503/);
        should(row('ann@new.example')).be.undefined();
        down = false;
        await until(() => row('ann@new.example') !== undefined);
        await nothingMore();
        should(crm.rows.filter((one) => one.email === 'ann@new.example').length).equal(1);
    });

    it('leaves out a contact without an address, and of two with one address takes the latest', async () => {
        await save({
            first_name: 'No',
            last_name: 'Address',
            infos: [{ kind: 'phone_number', label: 'mobile', value: '+351910000123' }],
        });
        await save({ first_name: 'One', infos: [email('two@new.example')] });
        await pause(1_100);
        await save({ first_name: 'Two', infos: [email('Two@New.example')] });
        const before = crm.rows.length;
        await watchLooks();
        should(crm.rows.length).equal(before + 1);
        should(row('two@new.example')).match({ first_name: 'Two' });
        await press('all contacts');
        await nothingMore();
        crm.save({ email: 'two@new.example', first_name: 'Zwei' });
        await crmLooks();
        should(
            (await contacts('two@new.example'))
                .concat(await contacts('Two@New.example'))
                .map((one) => Reflect.get(one, 'first_name'))
                .sort(),
        ).eql(['One', 'Zwei']);
        await nothingMore();
        should(await told()).be.empty();
    });

    it('leaves the customer of a deleted contact, and does not make that contact again', async () => {
        should((await flows.post('/told', { topic: 'contact_deleted', id: 'gone', deleted: true })).status).equal(200);
        crm.save({ email: 'was@there.example', first_name: 'Was', missive: 'Was|There|' });
        const before = writes();
        await crmLooks();
        should(await contacts('was@there.example')).be.empty();
        should(writes()).equal(before + 1);
        await nothingMore();
        should(row('was@there.example')).match({ first_name: 'Was' });
    });
});

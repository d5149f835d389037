import should from 'should';
import createTask from '../../nodes/missive-create-task';
import upsertContact from '../../nodes/missive-upsert-contact';
import type { Sandbox } from '../../src/sandbox/sandbox';
import { closeAll, practice, seeded } from '../sandbox/asking';
import { Flow } from '../support/flow';
import { ScriptedMissive } from '../support/scripted-missive';

/** The practice Missive, given to a flow as any other address. */
describe('names at run time', () => {
    const flow = new Flow();
    let sandbox: Sandbox;

    afterEach(async () => {
        await flow.unload();
        await closeAll();
    });

    const load = async () => {
        ({ sandbox } = await practice());
        const account = { url: await sandbox.address(), token: sandbox.token };
        await flow.load([createTask, upsertContact], { type: 'missive-create-task' }, account, [
            { id: 'n2', z: 'f1', type: 'missive-upsert-contact', account: 'acc', wires: [['out']] },
        ]);
    };
    const send = (fields: object, id?: string) => flow.send({ payload: { title: 'x', ...fields } }, id);

    it('find people by name and by e-mail, teams and organizations by name, whatever the case', async () => {
        await load();
        const { msg, error } = await send({
            assignees: ['Ines Duarte', 'RUI@harborbikes.example', seeded.ines],
            team: ' workshop ',
            organization: 'Harbor bikes',
        });
        should(error).be.undefined();
        should(msg?.payload).match({ assignees: [seeded.ines, seeded.rui], team: seeded.workshop });
    });

    it('find several people in text with commas, and a contact book', async () => {
        await load();
        const { msg } = await send({ assignees: 'Ines Duarte, Rui Pinto', organization: seeded.organization });
        should(msg?.payload).match({ assignees: [seeded.ines, seeded.rui] });
        const contact = await send({ contact_book: 'Customers', infos: 'new@x.example' }, 'n2');
        should(contact.msg?.payload).match({ contact_book: seeded.book });
    });

    it('that nothing has are refused with the names that there are, and nothing is sent', async () => {
        await load();
        const before = sandbox.revision;
        const { error } = await send({ team: 'Wrkshop', organization: seeded.organization });
        should(error?.cause.code).equal('ERR_MISSIVE_INPUT');
        should(error?.message).match(
            /Team \(team\): Missive has no team called “Wrkshop”\. There are: Sales, Workshop\./,
        );
        should(sandbox.revision).equal(before);
    });

    it('too long for a name are not repeated in the error', async () => {
        await load();
        const { error } = await send({ team: 'secret '.repeat(20), organization: seeded.organization });
        should(error?.message)
            .match(/text of 139 characters/)
            .and.not.match(/secret/);
    });

    it('cost one load however many messages ask, and ids cost none', async () => {
        const missive = new ScriptedMissive();
        const url = await missive.start();
        missive.otherwise = ({ url }) =>
            url.startsWith('/v1/tasks')
                ? [201, { tasks: { id: 't' } }]
                : [200, { teams: [{ id: seeded.workshop, name: 'Workshop' }] }];
        await flow.load([createTask], { type: 'missive-create-task' }, { url });
        const ids = { title: 'x', team: seeded.workshop, organization: seeded.organization };
        for (let number = 0; number < 5; number++) flow.put({ payload: ids });
        await flow.until(5);
        missive.seen.every(({ method }) => method === 'POST').should.be.true();
        for (let number = 0; number < 5; number++) flow.put({ payload: { ...ids, team: 'Workshop' } });
        await flow.until(10);
        missive.seen
            .filter(({ method }) => method === 'GET')
            .map(({ url }) => url.split('?')[0])
            .should.eql(['/v1/teams', '/v1/organizations']);
        await missive.stop();
    });

    it('are not looked for where the check refuses the message anyway', async () => {
        await load();
        const { error } = await send({ team: 'Workshop' });
        should(error?.message).match(/Organization \(organization\) is missing/);
    });
});

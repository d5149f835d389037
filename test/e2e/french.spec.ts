import should from 'should';
import { type NodeRed, startNodeRed } from '../support/node-red';

const flow = [
    { id: 'tab', type: 'tab', label: 'French' },
    { id: 'acc', type: 'missive-config', connection: 'sandbox' },
    { id: 'in', type: 'http in', z: 'tab', x: 1, y: 1, url: '/ask', method: 'post', wires: [['task']] },
    { id: 'task', type: 'missive-create-task', z: 'tab', x: 1, y: 1, account: 'acc', wires: [['out']] },
    { id: 'catch', type: 'catch', z: 'tab', x: 1, y: 1, scope: ['task'], wires: [['give']] },
    {
        ...{ id: 'give', type: 'change', z: 'tab', x: 1, y: 1, wires: [['out']] },
        rules: [{ t: 'set', p: 'payload', pt: 'msg', to: 'error', tot: 'msg' }],
    },
    { id: 'hook', type: 'missive-webhook-in', z: 'tab', x: 1, y: 1, account: 'acc', path: 'hook', wires: [[]] },
    { id: 'out', type: 'http response', z: 'tab', x: 1, y: 1, wires: [] },
];

describe('A Node-RED that runs in French', () => {
    let red: NodeRed;

    before(async function () {
        this.timeout(60_000);
        red = await startNodeRed({ flows: flow, settings: { lang: 'fr' } });
    });
    after(() => red?.stop());

    const ask = async (payload: unknown) => {
        const headers = { 'content-type': 'application/json' };
        const answer = await fetch(`${red.url}/ask`, { method: 'POST', headers, body: JSON.stringify(payload) });
        return (await answer.json()) as { message: string; cause: unknown };
    };

    it('tells Catch nodes in French what is wrong, with the field as the form calls it', async () => {
        const { message, cause } = await ask({});
        message.should.equal('MissiveError: Titre (msg.payload.title) : il manque une valeur.');
        (cause as object).should.eql({ code: 'ERR_MISSIVE_INPUT' });
    });

    it('says the rules across fields in French', async () => {
        const { message } = await ask({ title: 'Appeler' });
        message.should.equal(
            'MissiveError: Donnez à la tâche Équipe (team) ou Assignée à (assignees), ou faites-en la sous-tâche d’une conversation.',
        );
    });

    const refusal = async (language: string) => {
        const headers = { 'accept-language': language };
        const answer = await fetch(`${red.adminUrl}/missive/choices/team?account=gone`, { headers });
        return ((await answer.json()) as { error: { message: string } }).error.message;
    };

    it('answers the editor in the editor’s own language', async () => {
        (await refusal('fr-CA,fr;q=0.9,en;q=0.8')).should.equal('Ce compte n’est pas déployé.');
        (await refusal('en-US')).should.equal('This account is not deployed.');
        (await refusal('de')).should.equal('This account is not deployed.');
    });

    const post = async (path: string, body: object) => {
        const headers = { 'content-type': 'application/json', 'accept-language': 'fr' };
        const answer = await fetch(`${red.adminUrl}/missive/${path}`, {
            ...{ method: 'POST', headers, body: JSON.stringify(body) },
        });
        return (await answer.json()) as { error?: { code?: string; message: string } };
    };

    it('says in French why a node that is previewed would be refused', async () => {
        const config = { fields: 'rows', title: '', titleType: 'str' };
        const account = { connection: 'sandbox', organization: 'Harbor Bikes' };
        const { error } = await post('preview', { type: 'missive-create-task', id: 'new', config, account, msg: {} });
        should(error).eql({ code: 'ERR_MISSIVE_INPUT', message: 'Titre (title) : il manque une valeur.' });
    });

    it('refuses in French whatever the editor sends wrong, at each of its doors', async () => {
        for (const path of ['preview', 'fields', 'sidebar/preview', 'sandbox/write', 'activity/run', 'choices/team']) {
            const headers = { 'content-type': 'application/json', 'accept-language': 'fr' };
            const answer = await fetch(`${red.adminUrl}/missive/${path}`, { method: 'POST', headers, body: '[1]' });
            const { error } = (await answer.json()) as { error: { message: string } };
            error.message.should.equal('Le corps doit être un objet JSON.', path);
        }
    });

    it('leaves what a customer wrote as it is, though it reads like a sentence of ours', async () => {
        const payload = { error: 'This account is not deployed.', comment: { body: 'x' } };
        await post('activity/pin', { node: 'hook', name: 'one', payload });
        const answer = await fetch(`${red.adminUrl}/missive/activity/whole`, { headers: { 'accept-language': 'fr' } });
        const { hooks } = (await answer.json()) as { hooks: { pinned: { id: string }[] }[] };
        const whole = await fetch(`${red.adminUrl}/missive/activity/pinned/${hooks[0]?.pinned[0]?.id}`, {
            headers: { 'accept-language': 'fr' },
        });
        ((await whole.json()) as { payload: object }).payload.should.eql(payload);
    });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import should from 'should';
import type { Case } from '../../src/flow-tests/case';
import { missiveTest as run } from '../support/missive-test';

describe('missive-test, on flow files', function () {
    this.timeout(120_000);
    let folder: string;

    const flowFile = (...nodes: object[]) => {
        const file = path.join(folder, 'flows.json');
        const account = { id: 'acc', type: 'missive-config', name: 'Real', url: 'https://127.0.0.1:9/v1' };
        const placed = nodes.map((node) => ({ z: 'tab', x: 100, y: 100, account: 'acc', wires: [], ...node }));
        writeFileSync(file, JSON.stringify([{ id: 'tab', type: 'tab' }, account, ...placed]));
        return file;
    };
    const caseFile = (...list: (Omit<Case, 'name'> & { name?: string })[]) => {
        const file = path.join(folder, 'cases.json');
        writeFileSync(file, JSON.stringify(list.map((each) => ({ name: 'a case', ...each }))));
        return file;
    };

    const hook = { id: 'in', type: 'missive-webhook-in', name: 'Mails', path: 'mails', events: [], wires: [['go']] };
    const event = { rule: { id: 'r', type: 'incoming_email' }, conversation: { id: 'c' } };
    const post = (text: string) => ({
        ...{ type: 'missive-create-post', conversation: '9a4b6d1e-0c2f-4a86-8d0a-6d6b3a2f1c55' },
        ...{ conversationType: 'str', text, textType: 'str', notification: '{"title":"t","body":"b"}' },
        notificationType: 'json',
    });

    beforeEach(() => {
        folder = mkdtempSync(path.join(tmpdir(), 'missive-cases-'));
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    it('says what is missing and what came that nobody expected', () => {
        const flows = flowFile(hook, { id: 'go', ...post('Seen') });
        const { status, output, closing } = run(
            flows,
            caseFile({ given: [{ webhook: event, to: 'Mails' }], expect: { tasks: [{ title: 'x' }] }, within: 2 }),
        );
        should(status).equal(1);
        should(output).match(/expected, and not there: task \{"title":"x"\}/);
        should(output).match(/there, and not expected: post \{"text":"Seen"/);
        should(closing).equal('0 passed, 1 failed');
    });

    it('lets a node pass something on in place of its work, and presses an inject', () => {
        const flows = flowFile(
            { id: 'start', type: 'inject', name: 'Start', props: [], wires: [['ask']] },
            { id: 'ask', type: 'http request', name: 'Ask the shop', url: 'https://127.0.0.1:9/', wires: [['go']] },
            { id: 'go', ...post('payload.answer'), textType: 'msg' },
        );
        const instead = { 'Ask the shop': { payload: { answer: 'Yes' } } };
        const expect = { posts: [{ text: 'Yes', title: 't' }] };
        const { output, status } = run(flows, caseFile({ given: [{ inject: 'Start' }], instead, expect }));
        should(status).equal(0, output);
    });

    it('counts an error that no Catch node took, and knows it where it is expected', () => {
        const flows = flowFile(hook, { id: 'go', ...post(''), conversation: '' });
        const given = [{ webhook: event }];
        const known = { errors: [{ contains: 'nothing to post' }] };
        const { output, closing } = run(
            flows,
            caseFile(
                { given, expect: 'nothing', within: 1 },
                { given, expect: known },
                { given, expect: { drafts: [] }, within: 1 },
            ),
        );
        should(closing).equal('1 passed, 2 failed', output);
    });

    it('refuses a case that it does not understand, and a flow whose nodes are not there', () => {
        const flows = flowFile(hook);
        should(run(flows, caseFile({ given: [], expect: { draft: [] } as never })).output).match(/“draft”/);
        should(run(flows, caseFile({ given: [{ customers: {} } as never], expect: 'nothing' })).status).equal(2);
        should(run(flows, path.join(folder, 'none')).output).match(/no cases/);
        const strange = flowFile({ id: 'x', type: 'no-such-node' });
        should(run(strange, caseFile({ given: [], expect: 'nothing' })).output).match(/not installed: no-such-node/);
        should(run(flows, '').output).match(/FLOWS/);
    });
});

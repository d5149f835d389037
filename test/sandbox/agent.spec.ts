import should from 'should';
import type { Sandbox } from '../../src/sandbox/sandbox';
import { closeAll, practice } from './asking';

describe('sandbox: what a person does through a sidebar', () => {
    let sandbox: Sandbox;
    const leonor = () => {
        const found = sandbox.snapshot().conversations.find(({ who }) => who === 'Leonor Vaz');
        if (!found) throw new Error('nobody there');
        return found;
    };
    const act = (name: string, given: object = {}) =>
        sandbox.agentActs({ do: name, conversation: leonor().id, ...given });
    const kinds = (kind: string) =>
        leonor().entries.filter((entry) => entry.kind === kind) as unknown as Record<string, unknown>[];

    beforeEach(async () => {
        sandbox = (await practice()).sandbox;
    });
    afterEach(closeAll);

    it('comments, makes a task that falls to nobody, names and colours', () => {
        const { users, me } = sandbox.snapshot();
        act('comment', { body: 'Seen' });
        should(kinds('comment').at(-1)).match({
            body: 'Seen',
            author: { name: users.find(({ id }) => id === me)?.name },
        });
        act('createTask', { body: 'Call back', completed: true });
        const task = sandbox.snapshot().tasks.find(({ title }) => title === 'Call back');
        should(task).match({ state: 'closed', assignees: [] });
        act('setSubject', { subject: 'New' });
        act('setColor', { color: '#112233' });
        should(leonor()).match({ subject: 'New', color: '#112233' });
    });

    it('labels, assigns in place of who was there, closes and brings back', () => {
        const { labels, users } = sandbox.snapshot();
        const urgent = labels.find(({ name }) => name === 'Urgent')?.id;
        act('addLabels', { labels: [urgent] });
        should(leonor().shared_label_names).match(/Urgent/);
        act('removeLabels', { labels: [urgent] });
        should(leonor().shared_label_names).not.match(/Urgent/);
        const [first, second] = users;
        act('assign', { users: [first?.id] });
        act('assign', { users: [second?.id] });
        should(leonor().assignee_names).equal(second?.name);
        act('addAssignees', { users: [first?.id] });
        act('removeAssignees', { users: [second?.id] });
        should(leonor().assignee_names).equal(first?.name);
        act('assign', { users: [] });
        should(leonor().assignee_names).equal('');
        act('close');
        should(leonor().closed).be.true();
        act('reopen');
        should(leonor().closed).be.false();
        for (const name of ['archive', 'trash', 'moveToInbox']) act(name);
    });

    it('begins a draft to whoever wrote, adds to it, and sends only what is to be sent', () => {
        act('reply', { mailto: { body: '<p>Hello</p>' } });
        should(kinds('draft')).match([{ body: '<p>Hello</p>', subject: 'Re: Service appointment on Thursday?' }]);
        should(kinds('draft')[0]?.to_fields).match([{ address: 'leonor.vaz@post.example' }]);
        act('insertText', { text: '1 < 2' });
        act('insertHtml', { html: '<b>x</b>' });
        should(kinds('draft')).have.length(1);
        should(String(kinds('draft')[0]?.body)).match(/^<p>Hello<\/p>.*1 &lt; 2.*<b>x<\/b>$/);
        const before = kinds('message').length;
        const { message } = act('reply', { deliver: true, mailto: { body: 'Bye' } });
        should(kinds('message')).have.length(before + 1);
        should(kinds('message').at(-1)).match({ id: message, would_have_gone_to: ['leonor.vaz@post.example'] });
        const conversations = sandbox.snapshot().conversations.length;
        act('compose', { mailto: { subject: 'New', body: 'x', to_fields: [{ address: 'a@x.example' }] } });
        should(sandbox.snapshot().conversations).have.length(conversations + 1);
    });

    it('refuses what Missive’s script does not have, and what names nothing', () => {
        should(() => act('explode')).throw(/'do' must be one of/);
        should(() => act('addLabels', { labels: ['not an id'] })).throw(/labels/);
        should(() => sandbox.agentActs({ do: 'close', conversation: 'x' })).throw(/conversation/);
        should(() => act('constructor')).throw(/'do' must be one of/);
    });
});

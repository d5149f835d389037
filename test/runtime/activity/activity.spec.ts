import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import should from 'should';
import type { Call } from '../../../src/missive/call';
import { MissiveError } from '../../../src/missive/errors';
import { Activity, type EventEntry } from '../../../src/runtime/activity/activity';
import { wordsOf } from '../../../src/runtime/activity/call-words';
import { PinnedEvents } from '../../../src/runtime/activity/pinned';

describe('what has happened', () => {
    const call: Call = {
        method: 'POST',
        path: '/drafts',
        body: { drafts: { to_fields: [{ address: 'tom@x.example' }] } },
    };
    const event = (number: number, body = Buffer.from('{}'), node = 'in'): EventEntry => ({
        ...{ at: number, node, event: 'incoming_email', conversation: 'c', body, facts: {}, delivery: `d${number}` },
        fate: 'flow',
    });

    it('keeps the latest 500 calls, with what went wrong and what to do', () => {
        const activity = new Activity();
        const answer = { status: 201, body: {}, attempts: 1, waited: 20 };
        for (let number = 0; number < 600; number++)
            activity.call('acc', { call, node: `n${number}`, answer, waited: 20, took: 80 });
        const error = new MissiveError('ERR_MISSIVE_REFUSED', 'No. Do this.', { status: 400, attempts: 2 });
        activity.call('acc', { call, node: 'bad', error, waited: 0, took: 5 });
        const calls = activity.calls();
        calls.should.have.length(500);
        should(calls[0]).match({
            node: 'bad',
            code: 'ERR_MISSIVE_REFUSED',
            error: 'No. Do this.',
            status: 400,
            attempts: 2,
        });
        should(calls[1]).match({
            node: 'n599',
            status: 201,
            waited: 20,
            took: 80,
            what: { word: 'drafted', to: 'tom@x.example' },
        });
        JSON.stringify(calls).should.not.containEql('to_fields');
    });

    it('holds 10,000 events of 100 kB in 4 MB, the latest of each webhook in', () => {
        const activity = new Activity();
        const body = Buffer.alloc(100_000, 'x');
        for (let number = 0; number < 10_000; number++) activity.event(event(number, body));
        const events = activity.events('in');
        const bytes = events.reduce((sum, each) => sum + each.body.length, 0);
        bytes.should.be.belowOrEqual(3 * 1024 * 1024);
        should(events[0]?.at).equal(9_999);
        for (let number = 0; number < 1_000; number++) activity.event(event(number, Buffer.from('{}'), 'small'));
        activity.events('small').should.have.length(200);
        activity.settled('d5', 'done');
    });

    it('holds the events of all webhooks in of an account in 3 MB, and those of other accounts beside them', () => {
        const activity = new Activity();
        const body = Buffer.alloc(10_000, 'x');
        const events = (node: string) => activity.events(node);
        const add = (number: number, node: string, account: string) =>
            activity.event({ ...event(number, body, node), account });
        for (let number = 0; number < 100; number++) add(number, 'quiet', 'other');
        for (let number = 0; number < 10_000; number++) add(number, `in ${number % 5}`, 'acc');
        const all = [0, 1, 2, 3, 4].flatMap((each) => events(`in ${each}`));
        all.reduce((sum, each) => sum + each.body.length, 0).should.be.within(2.5 * 1024 ** 2, 3 * 1024 ** 2);
        Math.min(...all.map(({ at }) => at)).should.be.above(9_650);
        events('quiet').should.have.length(100);
    });

    it('says which node failed, and why; where nobody hears of the event, that is its end', () => {
        const activity = new Activity();
        const failed = { node: 'task', error: 'no title' };
        activity.event(event(1));
        activity.trouble('d1', failed);
        should(activity.events('in')[0]).match({ fate: 'failed', failures: 1, failed });
        activity.event({ ...event(2), followed: true });
        activity.trouble('d2', failed);
        should(activity.events('in')[0]).match({ fate: 'flow', failed });
        activity.settled('d2', 'stopped');
        activity.revived('d2');
        should(activity.events('in')[0]?.fate).equal('flow');
        activity.settled('d2', 'dropped');
        should(activity.events('in')[0]?.fate).equal('dropped');
        activity.trouble('unknown', failed);
    });

    it('says what the flow did with an event, also after several failures', () => {
        const activity = new Activity();
        activity.event(event(1));
        activity.settled('d1', 'failed');
        activity.settled('d1', 'failed');
        should(activity.events('in')[0]).match({ fate: 'failed', failures: 2 });
        activity.settled('d1', 'done');
        activity.settled('d1', 'failed');
        should(activity.events('in')[0]).match({ fate: 'done', failures: 2 });
        activity.settled('unknown', 'done');
        activity.forget('in');
        activity.events('in').should.be.empty();
    });

    it('tells that something has changed', () => {
        const activity = new Activity();
        let told = 0;
        const off = activity.onChange(() => told++);
        activity.event(event(1));
        off();
        activity.event(event(2));
        told.should.equal(1);
    });
});

describe('a call in words', () => {
    const words = (method: Call['method'], path: string, body?: unknown) => wordsOf({ method, path, body });

    it('says what it does, and to how many', () => {
        words('GET', '/contacts?search=tom').should.eql({ word: 'listed', things: 'contacts' });
        words('GET', '/messages/a,b').should.eql({ word: 'read', things: 'messages', count: 2 });
        words('GET', '/conversations/a/messages').should.eql({ word: 'listed', things: 'messages' });
        words('DELETE', '/drafts/a').should.eql({ word: 'deleted', things: 'drafts' });
        words('POST', '/tasks', { tasks: { title: 'secret' } }).should.eql({ word: 'created', things: 'tasks' });
        words('PATCH', '/conversations/a,b', { conversations: [{ add_shared_labels: ['l'] }, {}] }).should.eql({
            word: 'labelled',
            count: 2,
        });
        words('PATCH', '/conversations/a', { conversations: [{ color: 'good' }] }).should.eql({
            word: 'changed',
            things: 'conversations',
        });
        words('POST', '/conversations/a/merge', { target: 'b' }).should.eql({ word: 'merged' });
        const to_fields = ['a', 'b', 'c', 'd'].map((name) => ({ address: `${name}@x.example` }));
        words('POST', '/drafts', { drafts: { send: true, to_fields } }).should.eql({
            ...{ word: 'sent', to: 'a@x.example, b@x.example, c@x.example', count: 4 },
        });
        words('POST', '/drafts', { drafts: { send_at: 1_900_000_000 } }).should.eql({ word: 'scheduled' });
    });

    it('takes calls of any shape', () => {
        for (const body of [undefined, null, 'x', [], { drafts: null }, { drafts: [null] }])
            for (const path of ['/', '/drafts', '/conversations/x', '/a/b/c/d'])
                for (const method of ['POST', 'PATCH', 'GET', 'DELETE'] as const)
                    words(method, path, body).word.should.be.a.String();
    });
});

describe('pinned events', () => {
    let folder: string;
    const file = () => path.join(folder, 'missive', 'pinned.json');
    const payload = { rule: { type: 'incoming_email' } };

    beforeEach(() => {
        folder = mkdtempSync(path.join(tmpdir(), 'missive-pinned-'));
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    it('survive a restart, can be changed and taken off', () => {
        const { id } = new PinnedEvents(file()).pin({ node: 'in', name: 'complaint', payload });
        new PinnedEvents(file()).pin({ node: 'other', name: 'x', payload });
        const again = new PinnedEvents(file());
        again.of('in').should.match([{ id, name: 'complaint', payload }]);
        again.pin({ id, node: 'in', name: 'complaint with a photo', payload: { a: 1 } });
        should(new PinnedEvents(file()).get(id)).match({ name: 'complaint with a photo', payload: { a: 1 } });
        again.unpin(id);
        new PinnedEvents(file()).of('in').should.be.empty();
    });

    it('put a damaged file aside', () => {
        new PinnedEvents(file()).pin({ node: 'in', name: 'x', payload });
        writeFileSync(file(), '[{');
        new PinnedEvents(file()).all().should.be.empty();
        readdirSync(path.dirname(file())).should.containEql('pinned.json.damaged');
    });
});

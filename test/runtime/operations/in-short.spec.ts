import type { NodeAPI } from 'node-red';
import should from 'should';
import createDraft from '../../../nodes/missive-create-draft';
import updateConversation from '../../../nodes/missive-update-conversation';
import { MissiveError } from '../../../src/missive/errors';
import { operationOf } from '../../../src/missive/operations/family';
import { doneText, wordOf } from '../../../src/runtime/operations/done-text';
import { inShort, statusOf } from '../../../src/runtime/operations/in-short';

/** A Node-RED without catalogues: what is said is English. */
const RED = { _: (key: string) => key } as unknown as NodeAPI;
const draft = operationOf(createDraft.operation, undefined);
const update = operationOf(updateConversation.operation, undefined);

describe('What a node shows of an error', () => {
    const sentences: [string, string][] = [
        ['Title (payload.title) is missing.', 'Title is missing'],
        ['To (to_fields) is missing: a message that is sent needs a recipient.', 'To is missing'],
        ['There is nothing to write: give the draft a Subject, a Body.', 'There is nothing to write'],
        ['Due (due_at) should be a date, but is blank text.', 'Due should be a date, but is blank text'],
        [
            'Add labels: Missive has no label called “Parts”. There are Urgent, Shop.',
            'Add labels: Missive has no label called…',
        ],
        ['Le titre (title) manque : indiquez-le.', 'Le titre manque'],
        ['', ''],
    ];
    for (const [sentence, short] of sentences)
        it(`is “${short}” of “${sentence}”`, () => should(inShort(sentence)).equal(short));

    it('is never longer than a canvas bears', () => {
        for (const text of ['x'.repeat(300), 'many words '.repeat(30), 'Ω '.repeat(60)])
            inShort(text).length.should.be.belowOrEqual(44);
    });

    it('says which sender Missive does not take, by the name of the row', () => {
        const error = new MissiveError(
            'ERR_MISSIVE_REFUSED',
            "'from_field' does not match an available sender. Use another (400).",
        );
        should(statusOf(RED, error, draft.fields)).equal('From not allowed');
    });

    it('names other rows as the form does, and keeps the text of its kind where the sentence says less', () => {
        const refused = new MissiveError('ERR_MISSIVE_REFUSED', "'to_fields' is invalid. Look at it (400).");
        should(statusOf(RED, refused, draft.fields)).equal('To is invalid');
        should(statusOf(RED, new MissiveError('ERR_MISSIVE_AUTH', 'Invalid token. Check it (401).'))).equal(
            'token refused',
        );
        should(statusOf(RED, new Error('out of memory'))).equal('failed');
    });
});

describe('What a node shows of a success', () => {
    const at = new Date(2026, 10, 28, 20, 23);

    it('is what was done, and when', () => {
        should(doneText(RED, draft, { key: 'written', at })).equal('draft written · 20:23');
        should(doneText(RED, draft, { key: 'sent', at: new Date(2026, 0, 1, 7, 5) })).equal('message sent · 07:05');
    });

    it('is a number where things are counted', () => {
        should(doneText(RED, update, { key: 'labelled', count: 3, at })).equal('3 labelled');
        should(doneText(RED, update, { key: 'labelled', at })).equal('labelled · 20:23');
        should(doneText(RED, { did: { rows: 'row|rows' } }, { key: 'rows', count: 1 })).equal('1 row');
        should(doneText(RED, { did: { rows: 'row|rows' } }, { key: 'rows', count: 0 })).equal('0 rows');
    });

    it('names the one thing that was changed, else says that something was', () => {
        const word = (input: object) => update.outcome?.(input as never, undefined);
        should(word({ id: ['c'], add_shared_labels: ['l'] })).equal('labelled');
        should(word({ id: ['c'], organization: 'o', close: true })).equal('closed');
        should(word({ id: ['c'], close: false, add_assignees: ['u'] })).equal('assigned');
        should(word({ id: ['c'], add_shared_labels: ['l'], close: true })).equal('changed');
        should(word({ id: ['c'], subject: 'x' })).equal('changed');
    });

    it('goes by the operation’s own choice, then by the kind of things, then by the first word', () => {
        const op = { did: { a: 'first', b: 'second' } };
        should(wordOf(op, 'b', 'a')).equal('b');
        should(wordOf(op, 'none', 'b')).equal('b');
        should(wordOf(op, undefined, 'x')).equal('a');
    });
});

describe('The cause of an error', () => {
    it('reads as text where it is printed, and is the same plain object everywhere else', () => {
        const facts = { status: 400, attempts: 1, details: { message: 'x' } };
        const { cause } = new MissiveError('ERR_MISSIVE_REFUSED', 'No.', facts);
        should(`${cause}`).equal('400 · not delivered · 1 try');
        should(cause).eql({ code: 'ERR_MISSIVE_REFUSED', ...facts });
        should(structuredClone(JSON.parse(JSON.stringify(cause)))).eql({ code: 'ERR_MISSIVE_REFUSED', ...facts });
        Object.keys(cause as object).should.eql(['code', 'status', 'attempts', 'details']);
        should(Object.getPrototypeOf(cause)).equal(Object.prototype);
    });

    it('says what is known of the delivery, and the code where there was no answer', () => {
        const text = (...given: ConstructorParameters<typeof MissiveError>) => `${new MissiveError(...given).cause}`;
        text('ERR_MISSIVE_SERVER', '', { status: 502, attempts: 3 }).should.equal('502 · perhaps delivered · 3 tries');
        text('ERR_MISSIVE_NETWORK', '', { delivered: 'yes', status: 200, attempts: 1 }).should.equal(
            '200 · delivered · 1 try',
        );
        text('ERR_MISSIVE_INPUT', '').should.equal('ERR_MISSIVE_INPUT · not delivered');
    });
});

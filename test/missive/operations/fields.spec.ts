import should from 'should';
import {
    choice,
    flag,
    json,
    list,
    long,
    number,
    pick,
    picks,
    references,
    text,
} from '../../../src/missive/operations/fields';

const look = { label: 'L', help: 'h' };

describe('a field', () => {
    it('of text takes text, numbers and true or false', () => {
        text(look).parse('a').should.equal('a');
        text(look).parse(0).should.equal('0');
        text(look).parse(false).should.equal('false');
        (() => text(look).parse({ a: 1 })).should.throw('should be text, but is an object');
        (() => text(look).parse(['a'])).should.throw('should be text, but is a list of 1');
    });

    it('of text keeps to its length', () => {
        long({ ...look, max: 3 })
            .parse('abc')
            .should.equal('abc');
        (() => long({ ...look, max: 3 }).parse('abcd')).should.throw(
            'is 4 characters long, and Missive takes 3 at most',
        );
    });

    it('of a number takes numbers, also as text', () => {
        number(look).parse(1.5).should.equal(1.5);
        number(look).parse(' 7 ').should.equal(7);
        for (const none of ['seven', ' ', Number.NaN, true, null])
            (() => number(look).parse(none)).should.throw(/should be a number/);
    });

    it('of true or false takes the words too', () => {
        flag(look).parse(true).should.be.true();
        flag(look).parse('false').should.be.false();
        for (const none of ['yes', 1, 0, {}]) (() => flag(look).parse(none)).should.throw(/should be true or false/);
    });

    it('of a choice takes only what Missive takes', () => {
        const state = choice(['todo', 'closed'], look);
        state.parse('closed').should.equal('closed');
        (() => state.parse('done')).should.throw('should be one of todo, closed, but is text of 4 characters');
    });

    it('of a list takes a list, or text with commas', () => {
        list(look).parse('a, b,,c ').should.eql(['a', 'b', 'c']);
        list(look).parse(['a', 7]).should.eql(['a', '7']);
        list(look).parse([]).should.eql([]);
        (() => list(look).parse([{}])).should.throw(/should be a list of texts/);
    });

    it('of JSON takes the value or its text', () => {
        const any = json<unknown>(look, (value) => value);
        should(any.parse('{"a":[1]}')).eql({ a: [1] });
        should(any.parse({ a: 1 })).eql({ a: 1 });
        should(any.parse('plain')).equal('plain');
        (() => any.parse('{"a":')).should.throw('is no valid JSON');
    });

    it('of an id takes the thing that has it', () => {
        pick('team', look).parse(' t1 ').should.equal('t1');
        pick('team', look).parse({ id: 't1', name: 'Workshop' }).should.equal('t1');
        for (const none of [7, {}, { id: null }, [], true])
            (() => pick('team', look).parse(none)).should.throw(/should be an id/);
        picks('user', look).parse('u1, u2').should.eql(['u1', 'u2']);
        picks('user', look)
            .parse([{ id: 'u1' }, 'u2'])
            .should.eql(['u1', 'u2']);
        picks('user', look).parse({ id: 'u1' }).should.eql(['u1']);
        (() => picks('user', look).parse([null])).should.throw('should be an id, but is null');
    });

    const id = '9a4b6d1e-0c2f-4a86-8d0a-6d6b3a2f1c55';
    for (const address of [
        `https://mail.missiveapp.com/#inbox/conversations/${id}`,
        `https://mail.missiveapp.com/#inbox/conversations/${id}/messages/51d079a4-57c9-4576-a97c-cae0cd324467`,
        `https://mail.missiveapp.com/#team-7/closed/conversations/${id}?tab=1`,
        `https://mail.missiveapp.com/%23inbox/conversations/${id}`,
        `missive://mail.missiveapp.com/#inbox/conversations/${id}`,
        ` missive://conversations/${id}\n`,
        `mail.missiveapp.com/#inbox/conversations/${id}`,
        id,
    ])
        it(`of a conversation takes ${address.trim().replace(/[\da-f]{8}-[\da-f-]{27}/g, '…')}`, () => {
            pick('conversation', look).parse(address).should.equal(id);
            picks('conversation', look).parse(`c1, ${address}`).should.eql(['c1', id]);
            picks('conversation', look).parse([address]).should.eql([id]);
        });

    it('of a conversation takes no other address', () => {
        for (const address of [
            'https://mail.missiveapp.com/#inbox',
            `https://mail.evil.example/#inbox/conversations/${id}`,
            `https://mail.missiveapp.com.evil.example/#inbox/conversations/${id}`,
            `ftp://mail.missiveapp.com/conversations/${id}`,
            `missive://conversations/${id} missive://conversations/51d079a4-57c9-4576-a97c-cae0cd324467`,
        ])
            (() => pick('conversation', look).parse(address)).should.throw(/names no conversation/);
        pick('team', look).parse('https://x.example').should.equal('https://x.example');
    });

    it('count an emoji as Missive does: as one character', () => {
        const { parse } = text({ label: 'Title', help: '', max: 3 });
        parse('😀😀😀').should.equal('😀😀😀');
        parse('ab😀').should.equal('ab😀');
        (() => parse('😀😀😀😀')).should.throw(/is 4 characters long/);
        (() => parse('abc😀')).should.throw(/is 4 characters long/);
    });

    const headers: [string, unknown, string[]][] = [
        ['a header', '<a@x> <b@x>', ['<a@x>', '<b@x>']],
        ['a header in lines', '<a@x>\r\n\t<b@x>\n <c,d@x>', ['<a@x>', '<b@x>', '<c,d@x>']],
        ['a header without blanks', '<a@x><b@x>', ['<a@x>', '<b@x>']],
        ['a list of headers', ['<a@x> <b@x>', '<c@x>'], ['<a@x>', '<b@x>', '<c@x>']],
        ['ids with commas', 'ticket 881, ticket-882', ['ticket 881', 'ticket-882']],
        ['a list of ids', ['ticket-881', 7], ['ticket-881', '7']],
        ['a header with its name', 'References: <a@x>\r\n <b@x>', ['<a@x>', '<b@x>']],
        ['two headers', 'In-Reply-To : <a@x>\r\nReferences: <b@x>\r\n <c@x>', ['<a@x>', '<b@x>', '<c@x>']],
        ['a header with a comment', '<a@x> (sent by x) <b@x>', ['<a@x>', '<b@x>']],
        ['a header with other signs between', '"<a@x>"; <>\u200b<b@x>，', ['<a@x>', '<b@x>']],
        ['ids without brackets', 'a@x b@x', ['a@x', 'b@x']],
        ['both', 'a@x, <b@x>, ticket-1', ['a@x', '<b@x>', 'ticket-1']],
    ];
    for (const [name, value, wanted] of headers)
        it(`take references from ${name}`, () => {
            should(references({ label: 'References', help: '' }).parse(value)).eql(wanted);
        });
});

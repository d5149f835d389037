import should from 'should';
import type { Answer } from '../../../src/missive/call';
import { callOf, isSeveral, payloadOf } from '../../../src/missive/operations/envelope';
import { flag, pick, picks, text } from '../../../src/missive/operations/fields';
import { operation, propertyOf } from '../../../src/missive/operations/operation';

const look = { label: 'L', help: 'h' };
const base = {
    type: 'missive-make-thing',
    label: 'make thing',
    summary: 'Makes a thing.',
    resource: 'thing',
    envelope: 'things',
    example: { input: {}, output: {} },
} as const;
const answer = (body: unknown): Answer => ({ status: 200, body, attempts: 1, waited: 0 });

describe('an operation', () => {
    it('becomes a request in its envelope, an object or a list of one', () => {
        const fields = { title: text(look), close: flag(look) };
        const one = operation({ ...base, method: 'POST', path: '/things', fields });
        callOf(one, { title: 'x', close: false }).should.eql({
            method: 'POST',
            path: '/things',
            body: { things: { title: 'x', close: false } },
        });
        const many = operation({ ...base, method: 'POST', path: '/things', wrap: 'list', fields });
        should(callOf(many, { title: 'x' }).body).eql({ things: [{ title: 'x' }] });
    });

    it('puts ids into the path, percent-encoded, and the rest of a GET into the query', () => {
        const fields = { id: pick('task', look), title: text(look) };
        const get = operation({ ...base, method: 'GET', path: '/things/{id}', fields });
        callOf(get, { id: 'a/b?c', title: 'x' }).should.eql({
            method: 'GET',
            path: '/things/a%2Fb%3Fc',
            query: { title: 'x' },
        });
    });

    it('joins several ids with commas, each once, and changes each of them by an entry of its own', () => {
        const fields = { id: picks('task', look), title: text(look) };
        const patch = operation({ ...base, method: 'PATCH', path: '/things/{id}', wrap: 'each', fields });
        callOf(patch, { id: ['a', 'b/c', 'a'], title: 'x' }).should.eql({
            method: 'PATCH',
            path: '/things/a,b%2Fc',
            body: {
                things: [
                    { id: 'a', title: 'x' },
                    { id: 'b/c', title: 'x' },
                ],
            },
        });
    });

    it('goes elsewhere if it changes what is there, without what Missive refuses there', () => {
        const fields = { id: picks('task', look), title: text(look), organization: text(look) };
        const change = { method: 'PATCH', path: '/things/{id}', wrap: 'each', omits: ['organization'] } as const;
        const save = operation({ ...base, method: 'POST', path: '/things', wrap: 'list', change, fields });
        callOf(save, { title: 'x', organization: 'o' }).should.eql({
            method: 'POST',
            path: '/things',
            body: { things: [{ title: 'x', organization: 'o' }] },
        });
        should(callOf(save, { id: ['a'], organization: 'o' }).body).eql({ things: [{ id: 'a' }] });
    });

    it('leaves the envelope away where Missive wants none', () => {
        const fields = { id: pick('task', look), target: pick('task', look) };
        const merge = operation({ ...base, method: 'POST', path: '/things/{id}/merge', wrap: 'bare', fields });
        callOf(merge, { id: 'a', target: 'b' }).should.eql({
            method: 'POST',
            path: '/things/a/merge',
            body: { target: 'b' },
        });
    });

    it('gives a list where several were asked for', () => {
        isSeveral({ id: ['a', 'b'] }).should.be.true();
        for (const id of [undefined, null, 'a', ['a'], ['a', 'a']]) isSeveral({ id }).should.be.false();
        should(payloadOf(base, answer({ things: [{ id: 1 }] }), true)).eql([{ id: 1 }]);
        should(payloadOf(base, answer({ things: { id: 1 } }), true)).eql([{ id: 1 }]);
        should(payloadOf(base, answer(undefined), true)).eql({});
    });

    it('stores a field under the API’s name, with the resource in front where that is taken', () => {
        propertyOf(base, 'title').should.equal('title');
        for (const taken of ['id', 'type', 'name', 'account']) propertyOf(base, taken).should.equal(`thing_${taken}`);
    });

    it('refuses two fields for one property', () => {
        const fields = { name: text(look), thing_name: text(look) };
        (() => operation({ ...base, method: 'POST', path: '/things', fields })).should.throw(/thing_name is taken/);
    });

    it('gives what Missive answered without its envelope', () => {
        const cases: [unknown, unknown][] = [
            [{ things: { id: 1 } }, { id: 1 }],
            [{ things: [{ id: 1 }] }, { id: 1 }],
            [{ things: [] }, {}],
            [{ things: null }, {}],
            [{ other: 1 }, { other: 1 }],
            [undefined, {}],
            ['text', {}],
        ];
        for (const [body, payload] of cases) should(payloadOf(base, answer(body))).eql(payload);
    });
});

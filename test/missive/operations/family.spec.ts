import should from 'should';
import { family, member, operationOf, propertiesOf, settingsOf } from '../../../src/missive/operations/family';
import { pick, picks, text } from '../../../src/missive/operations/fields';

const look = { label: 'L', help: 'h' };
const organization = pick('organization', look);
const example = { input: {}, output: {} };
const common = {
    type: 'missive-read-things',
    label: 'read',
    summary: 'Reads things.',
    resource: { label: 'What', help: 'What is read.' },
} as const;
const message = member({
    title: 'message',
    ...{ resource: 'message', method: 'GET', path: '/messages/{id}', envelope: 'messages', example },
    fields: { id: picks('message', { ...look, required: true }), organization },
});
const users = member({
    title: 'users',
    ...{ resource: 'user', method: 'GET', path: '/users', envelope: 'users', example },
    fields: { organization: pick('organization', { ...look, required: true }), name: text(look) },
});
const declared = family({ ...common, resources: { message, users } });

describe('a family of operations', () => {
    it('is the operation of the kind that the node has stored, else of the first', () => {
        operationOf(declared, 'users').should.match({ type: 'missive-read-things', label: 'read', path: '/users' });
        for (const stored of [undefined, '', 'nothing', 'toString', 7])
            operationOf(declared, stored).path.should.equal('/messages/{id}');
    });

    it('has the choice of the kind as its first setting', () => {
        settingsOf({ ...declared, settings: { send: { label: 's', help: '', choices: { a: 'A' } } } }).should.match({
            resource: { label: 'What', choices: { message: 'message', users: 'users' } },
            send: { label: 's' },
        });
    });

    it('stores each field once, under the API’s name or that of its kind, and knows who requires it', () => {
        propertiesOf(declared)
            .map(({ property, key, word, kinds }) => ({ property, key, word, kinds }))
            .should.eql([
                { property: 'message_id', key: 'id', word: 'message_id', kinds: { message: true } },
                {
                    property: 'organization',
                    key: 'organization',
                    word: 'organization',
                    kinds: { message: false, users: true },
                },
                { property: 'user_name', key: 'name', word: 'user_name', kinds: { users: false } },
            ]);
    });

    it('keeps the order of each kind around the fields that they share', () => {
        const fields = { id: pick('user', look), organization, name: text(look), color: text(look) };
        const { id, ...others } = fields;
        const more = { ...users, fields: { id, title: text(look), ...others } };
        propertiesOf(family({ ...common, resources: { users: { ...users, fields }, message, more } }))
            .map(({ property }) => property)
            .should.eql(['user_id', 'message_id', 'title', 'organization', 'user_name', 'color']);
    });

    it('refuses kinds that differ in what one row of the form would say', () => {
        const other = { ...users, fields: { organization: pick('organization', { ...look, label: 'Another' }) } };
        (() => family({ ...common, resources: { message, other } })).should.throw(/differ in what they say of organ/);
        const taken = { ...users, fields: { resource: text(look) } };
        (() => family({ ...common, resources: { message, taken } })).should.throw(/resource is taken/);
    });

    it('leaves a single operation as it is', () => {
        const { title: _, ...op } = users;
        const single = { ...op, type: 'missive-x', label: 'x', summary: 'X.' } as const;
        should(operationOf(single, 'message')).equal(single);
        propertiesOf(single)
            .map(({ word, kinds }) => ({ word, kinds }))
            .should.eql([
                { word: 'organization', kinds: undefined },
                { word: 'name', kinds: undefined },
            ]);
    });
});

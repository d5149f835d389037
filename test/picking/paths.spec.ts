import jsonata from 'jsonata';
import should from 'should';

const { util } = require('@node-red/util') as {
    util: { getMessageProperty(msg: object, path: string): unknown };
};
const { pathOf, jsonataOf, shortly, found } = require('../../src/picking/paths.js') as {
    pathOf(keys: readonly (string | number)[]): string | undefined;
    jsonataOf(keys: readonly (string | number)[]): string | undefined;
    shortly(value: unknown, most?: number): string;
    found(root: object, text: string, most?: number): (string | number)[][];
};

const odd = ['x-y', 'a b', '0', '12ab', 'é', "it's", 'say "so"', '$id', '__proto__x', 'a.b', 'a]b', 'and', 'payload'];

describe('the path to a value', () => {
    it('is written as people write it', () => {
        should(pathOf(['payload', 'message', 'from_field', 'address'])).equal('payload.message.from_field.address');
        should(pathOf(['payload', 'x-y', 0])).equal('payload["x-y"][0]');
        should(pathOf(['payload', 'rows', 2, 'say "so"'])).equal(`payload.rows[2]['say "so"']`);
    });

    for (const key of odd)
        it(`leads Node-RED and JSONata to a value under ${key}`, async () => {
            const msg = { payload: { [key]: [{ [key]: 'here' }] } };
            const keys = ['payload', key, 0, key];
            should(util.getMessageProperty(msg, String(pathOf(keys)))).equal('here');
            should(await jsonata(String(jsonataOf(keys))).evaluate(msg)).equal('here');
        });

    it('is none where Node-RED knows no way to write it', () => {
        for (const keys of [['payload', ''], ['payload', `'"`], ['x-y'], [0]]) should(pathOf(keys)).be.undefined();
    });

    it('is found by a word in the key or the value', () => {
        const msg = { payload: { message: { subject: 'Spare part', to: [{ address: 'tom@x.example' }] } } };
        found(msg, 'SPARE').should.eql([['payload', 'message', 'subject']]);
        found(msg, 'addr').should.eql([['payload', 'message', 'to', 0, 'address']]);
        found(msg, 'nothing').should.eql([]);
    });

    it('says a value in a few words', () => {
        [
            shortly('a\n b'),
            shortly([1, 2]),
            shortly({ a: 1 }),
            shortly(null),
            shortly(false),
            shortly('abcdef', 4),
        ].should.eql(['“a b”', '[ 2 ]', '{ 1 }', 'null', 'false', '“abc…”']);
    });

    it('puts a text in the quotes of the editor’s language, with their spaces in French', () => {
        Object.assign(globalThis, { RED: { i18n: { lang: () => 'fr' } } });
        try {
            shortly('Pièce').should.equal('«\u00a0Pièce\u00a0»');
        } finally {
            Reflect.deleteProperty(globalThis, 'RED');
        }
    });
});

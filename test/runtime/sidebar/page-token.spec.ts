import fc from 'fast-check';
import should from 'should';
import { isOwn } from '../../../src/runtime/sidebar/page/contacts';
import { keyOf, sameSecret } from '../../../src/runtime/sidebar/page/key';
import { makeToken, pageOf } from '../../../src/runtime/sidebar/page/page-token';

const key = 'k'.repeat(43);

describe('the token of a sidebar page', () => {
    it('names its page, for twelve hours', () => {
        const token = makeToken(key, 'n1', 1_000_000);
        const page = pageOf(token, key, 'n1', 1_000_000);
        should(page).match(/^[\w-]{16}$/);
        should(pageOf(token, key, 'n1', 1_000_000 + 12 * 3_600_000 - 1)).equal(page);
        should(pageOf(token, key, 'n1', 1_000_000 + 12 * 3_600_000)).be.undefined();
    });

    it('is another one for each page', () => {
        should(pageOf(makeToken(key, 'n1'), key, 'n1')).not.equal(pageOf(makeToken(key, 'n1'), key, 'n1'));
    });

    it('opens nothing at another node, with another key, or without one', () => {
        const token = makeToken(key, 'n1');
        should(pageOf(token, key, 'n2')).be.undefined();
        should(pageOf(token, `${key}x`, 'n1')).be.undefined();
        should(pageOf(makeToken('', 'n1'), '', 'n1')).be.undefined();
    });

    it('cannot be changed in any place', () => {
        const token = makeToken(key, 'n1');
        fc.assert(
            fc.property(fc.nat({ max: token.length - 1 }), fc.string({ maxLength: 3 }), (at, put) => {
                const other = token.slice(0, at) + put + token.slice(at + 1);
                should(other === token || pageOf(other, key, 'n1') === undefined).be.true();
            }),
            { numRuns: 2000 },
        );
    });
});

describe('the key of a sidebar', () => {
    it('is compared whole', () => {
        sameSecret('abc', 'abc').should.be.true();
        for (const other of ['ab', 'abcd', '', 'ABC']) sameSecret('abc', other).should.be.false();
    });

    it('is none where it is the name of a variable that is not there', () => {
        for (const none of [undefined, '', '  ', `$\{SIDEBAR_KEY}`, 5]) should(keyOf(none)).equal('');
        should(keyOf(' abc ')).equal('abc');
    });
});

describe('own domains', () => {
    it('are domains, what is below them, and single addresses', () => {
        for (const address of ['a@shop.example', 'A@SHOP.EXAMPLE', 'a@mail.shop.example', 'me@gmail.example'])
            isOwn(address, ['shop.example', 'me@gmail.example']).should.be.true(address);
        for (const address of ['a@myshop.example', 'you@gmail.example', 'a@shop.example.org'])
            isOwn(address, ['shop.example', 'me@gmail.example']).should.be.false(address);
    });
});

import 'should';
import { isSigned, sign } from '../../../src/missive/events/signature';

// Computed elsewhere and written down: a test that calls sign() to check isSigned() would pass with both wrong.
const body = Buffer.from('{"rule":{"id":"r1"}}');
const hex = 'b33ba8794742858620fb8a674715b6216d1b58c954747e69e83cef96f50468c2';

describe('signature', () => {
    it('is what Missive puts into X-Hook-Signature', () => {
        sign('s3cret', body).should.equal(`sha256=${hex}`);
        sign('s3cret', body.toString()).should.equal(`sha256=${hex}`);
        sign('s3cret', '').should.equal('sha256=91dfac70c5348b04e1babb8b421ac92cec08b565b49ca16130dccb72503647b7');
    });

    it('covers the bytes, not the JSON: spaces, escapes and a line feed count', () => {
        const raw = '{ "caf\\u00e9" :"é" }\n';
        const literal = 'sha256=149e77afe7651fb60b3280e9a34bdd0e1d09d2aaf9ca971dcd4e0ff28ad5f29e';
        sign('clé ☂', raw).should.equal(literal);
        isSigned('clé ☂', Buffer.from(raw), literal).should.be.true();
        isSigned('clé ☂', Buffer.from(JSON.stringify(JSON.parse(raw))), literal).should.be.false();
    });

    for (const header of [`sha256=${hex}`, hex, hex.toUpperCase(), `sha256=${hex.toUpperCase()}`, `SHA256=${hex}`])
        it(`accepts ${header.slice(0, 12)}…`, () => isSigned('s3cret', body, header).should.be.true());

    it('refuses another secret and other bytes', () => {
        isSigned('s3crets', body, `sha256=${hex}`).should.be.false();
        isSigned('s3cret', Buffer.from('{"rule":{"id":"r2"}}'), `sha256=${hex}`).should.be.false();
    });

    it('refuses a signature with one digit changed', () => {
        isSigned('s3cret', body, `sha256=c${hex.slice(1)}`).should.be.false();
        isSigned('s3cret', body, `sha256=${hex.slice(0, -1)}3`).should.be.false();
    });

    const malformed: unknown[] = [
        undefined,
        null,
        '',
        'sha256=',
        42,
        {},
        [`sha256=${hex}`],
        hex.slice(1),
        `${hex}0`,
        `${hex.slice(0, -1)}g`,
        `sha1=${hex}`,
        `sha256=sha256=${hex}`,
        `sha256=${hex}, sha256=${hex}`,
        Buffer.from(hex, 'hex').toString('base64'),
    ];
    for (const header of malformed)
        it(`refuses ${JSON.stringify(header) ?? 'no header'} and does not throw`, () =>
            isSigned('s3cret', body, header).should.be.false());
});

import { type Attachment, parseAttachments } from '../../../src/missive/operations/attachments';

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('attachments', () => {
    const forms: [string, unknown, unknown[]][] = [
        ['a Buffer', Buffer.from('hello'), [{ filename: 'attachment-1', base64_data: base64('hello') }]],
        [
            'a PDF without a name',
            Buffer.from('%PDF-1.7'),
            [{ filename: 'attachment-1.pdf', base64_data: base64('%PDF-1.7') }],
        ],
        [
            'a PNG without a name',
            Buffer.from('89504e470d0a', 'hex'),
            [{ filename: 'attachment-1.png', base64_data: 'iVBORw0K' }],
        ],
        [
            'a Buffer that went through JSON',
            JSON.parse(JSON.stringify(Buffer.from('hi'))),
            [{ filename: 'attachment-1', base64_data: base64('hi') }],
        ],
        ['base64', base64('hello'), [{ filename: 'attachment-1', base64_data: base64('hello') }]],
        [
            'a data URL',
            `data:text/plain;base64,${base64('hello')}`,
            [{ filename: 'attachment-1', base64_data: base64('hello') }],
        ],
        [
            'a name and a Buffer',
            { filename: 'a.txt', content: Buffer.from('a') },
            [{ filename: 'a.txt', base64_data: base64('a') }],
        ],
        ['a name and text', { filename: 'a.csv', content: 'x;y' }, [{ filename: 'a.csv', base64_data: base64('x;y') }]],
        [
            'the object of the API',
            { filename: 'a.txt', base64_data: base64('a') },
            [{ filename: 'a.txt', base64_data: base64('a') }],
        ],
        [
            'a list of these',
            [Buffer.from('1'), { filename: 'b', content: '2' }],
            [
                { filename: 'attachment-1', base64_data: base64('1') },
                { filename: 'b', base64_data: base64('2') },
            ],
        ],
        ['an empty list', [], []],
    ];
    for (const [name, value, wanted] of forms)
        it(`come from ${name}`, () => {
            parseAttachments(value).should.eql(wanted);
        });

    it('keep every byte', () => {
        const bytes = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
        const [file] = parseAttachments({ filename: 'all', content: bytes }) as Attachment[];
        Buffer.from(file?.base64_data ?? '', 'base64')
            .equals(bytes)
            .should.be.true();
    });

    const bad: [string, unknown, RegExp][] = [
        ['plain text', 'see the file!', /no valid base64 in file 1/],
        ['a number', 5, /should be files, but is a number/],
        ['a file without content', [{ filename: 'a' }], /no content for file 1/],
        ['a filename that is none', { filename: 7, content: 'x' }, /no usable filename for file 1/],
        ['26 files', Array.from({ length: 26 }, () => Buffer.from('x')), /has 26 files, and Missive takes 25 at most/],
    ];
    for (const [name, value, reason] of bad)
        it(`do not come from ${name}`, () => {
            (() => parseAttachments(value)).should.throw(reason);
        });

    it('are never shown in an error', () => {
        (() => parseAttachments('a secret, badly encoded')).should.throw(/^(?!.*secret)/);
    });
});

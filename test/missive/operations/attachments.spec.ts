import { createContext, runInContext } from 'node:vm';
import { type Attachment, parseAttachments } from '../../../src/missive/operations/attachments';

const base64 = (text: string) => Buffer.from(text).toString('base64');

const pdf = [{ filename: 'a.pdf', base64_data: base64('%PDF-1.7') }];

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
            'a data URL for a link',
            { filename: 'a.pdf', url: ` data:application/pdf;base64,${base64('%PDF-1.7')}` },
            pdf,
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
        ['base64 that its encoding says', { filename: 'a.pdf', content: base64('%PDF-1.7'), encoding: 'base64' }, pdf],
        ['base64 in lines', { filename: 'a.pdf', content: 'JVBE\r\nRi0x\r\nLjc=', encoding: 'BASE64' }, pdf],
        [
            'base64 of web addresses',
            { filename: 'a', content: '_-8', encoding: 'base64' },
            [{ filename: 'a', base64_data: '/+8=' }],
        ],
        ['hex', { filename: 'a', content: '6869', encoding: 'hex' }, [{ filename: 'a', base64_data: base64('hi') }]],
        ['latin1', { filename: 'a', content: 'é', encoding: 'latin1' }, [{ filename: 'a', base64_data: '6Q==' }]],
        [
            'text that looks like base64',
            { filename: 'a', content: 'aGVsbG8=' },
            [{ filename: 'a', base64_data: base64('aGVsbG8=') }],
        ],
        [
            'text with its encoding',
            { filename: 'a', content: 'é', encoding: 'utf-8' },
            [{ filename: 'a', base64_data: base64('é') }],
        ],
        [
            'bytes, whatever the encoding says of them',
            { filename: 'a', content: Buffer.from('a'), encoding: '7bit' },
            [{ filename: 'a', base64_data: base64('a') }],
        ],
        [
            'a data URL as content',
            { filename: 'a.pdf', content: `data:application/pdf;base64,${base64('%PDF-1.7')}` },
            pdf,
        ],
        [
            'a data URL of text',
            'data:text/plain,hi%20there',
            [{ filename: 'attachment-1', base64_data: base64('hi there') }],
        ],
        [
            'a data URL whose base64 is written for an address',
            { filename: 'a.pdf', content: ` data:application/pdf;base64,${encodeURIComponent(base64('%PDF-1.7'))}` },
            pdf,
        ],
        ['a typed array', new Uint8Array([104, 105]), [{ filename: 'attachment-1', base64_data: base64('hi') }]],
        [
            'a part of a buffer',
            new Uint8Array([1, 104, 105, 2]).subarray(1, 3),
            [{ filename: 'attachment-1', base64_data: base64('hi') }],
        ],
        ['words', new Uint16Array([0x6968]), [{ filename: 'attachment-1', base64_data: base64('hi') }]],
        [
            'an ArrayBuffer',
            new Uint8Array([104, 105]).buffer,
            [{ filename: 'attachment-1', base64_data: base64('hi') }],
        ],
        [
            'a name that is null',
            { filename: null, content: 'a' },
            [{ filename: 'attachment-1', base64_data: base64('a') }],
        ],
        [
            'a name that is blank',
            { filename: ' ', content: 'a' },
            [{ filename: 'attachment-1', base64_data: base64('a') }],
        ],
        ...[
            'new Uint8Array([104, 105])',
            'new Uint8Array([104, 105]).buffer',
            'new DataView(new Uint8Array([104, 105]).buffer)',
            '({ content: new Uint8Array([104, 105]) })',
        ].map((code): [string, unknown, unknown[]] => [
            `${code} of a function node`,
            runInContext(code, createContext({})),
            [{ filename: 'attachment-1', base64_data: base64('hi') }],
        ]),
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
        ['words', 'hello world', /no valid base64 in file 1; plain text goes into/],
        ['lines', 'hello\nworld\nab', /no valid base64/],
        ['a word of eight letters', 'password', /no valid base64/],
        ['a word with a number', 'Order229', /no valid base64/],
        ['a path', 'docs/may/a12', /no valid base64.*\{ path \}/],
        ['a link', 'https://x.example/a.pdf', /no valid base64.*\{ url \}/],
        ['digits', '20261201', /no valid base64/],
        ['base64 that is cut off', base64('hello').slice(0, 6), /no valid base64/],
        [
            'broken base64 that its encoding says',
            { filename: 'a', content: 'a-_!', encoding: 'base64' },
            /no valid base64 in file 1/,
        ],
        ['broken hex', { filename: 'a', content: '6', encoding: 'hex' }, /no valid hex/],
        [
            'an encoding that is none',
            { filename: 'a', content: 'x', encoding: 'quoted-printable' },
            /encoding for file 1 that is none of/,
        ],
        [
            'a PDF in base64 that is not said to be',
            { filename: 'a.pdf', content: base64('%PDF-1.7 and more of it') },
            /add encoding: 'base64'/,
        ],
        [
            'words that are said to be base64',
            { filename: 'a', base64_data: 'hello world' },
            /no valid base64 in file 1/,
        ],
        [
            'base64 of which a web form has taken the +',
            { filename: 'a', content: '/+8 ', base64_data: '/ 8=' },
            /no valid base64 in file 1/,
        ],
        ['base64 in two alphabets', { filename: 'a', content: '_+8', encoding: 'base64' }, /no valid base64 in file 1/],
        ['letters that say more than bytes', { filename: 'a', base64_data: 'aa' }, /no valid base64 in file 1/],
        [
            'a broken data URL for a link',
            { url: 'data:application/pdf;base64,JVBERi0xL!' },
            /no valid base64 in file 1/,
        ],
        ['a checksum', 'deadbeef'.repeat(8), /no valid base64 in file 1/],
        ['an id', '7c1e0f52886f4e3daf67614f41edf1df', /no valid base64 in file 1/],
        ...[
            ['of web addresses', Buffer.from('%PDF-1.7 \xff\xfe', 'latin1').toString('base64url')],
            ['without its end', base64('%PDF-1.7 and').replace(/=+$/, '')],
            ['with blanks in it', base64('%PDF-1.7 and more').replace(/.{8}/g, '$& ')],
            ['in a data URL that is broken', 'data:application/pdf;base64,JVBERi0xL!'],
        ].map(([form, content]): [string, unknown, RegExp] => [
            `a PDF in base64 ${form}, not said to be`,
            { filename: 'a.pdf', content },
            /add encoding: 'base64'/,
        ]),
        [
            'text with letters that its encoding has not',
            { filename: 'a.csv', content: '5 €', encoding: 'latin1' },
            /letters in file 1 that latin1 cannot write/,
        ],
        ['a number', 5, /should be files, but is a number/],
        ['a file without content', [{ filename: 'a' }], /no content for file 1/],
        ['a filename that is none', { filename: 7, content: 'x' }, /no usable filename for file 1/],
        ['26 files', Array.from({ length: 26 }, () => Buffer.from('x')), /has 26 files, and Missive takes 25 at most/],
    ];
    for (const [name, value, reason] of bad)
        it(`do not come from ${name}`, () => {
            (() => parseAttachments(value)).should.throw(reason);
        });

    const names: [string, string][] = [
        ['../../etc/passwd', 'passwd'],
        ['/etc/passwd', 'passwd'],
        ['C:\\Users\\ann\\Offer.pdf', 'Offer.pdf'],
        ['a\r\nBcc: x.pdf', 'aBcc: x.pdf'],
        ['a\0.pdf', 'a.pdf'],
        ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
        [' Offer.pdf ', 'Offer.pdf'],
        ['Angebot für Köln – Mai.pdf', 'Angebot für Köln – Mai.pdf'],
        ['..', 'attachment-1'],
        ['offers/', 'attachment-1'],
        [`${'é'.repeat(300)}.pdf`, `${'é'.repeat(125)}.pdf`],
        ['😀\ud83d.pdf', '😀.pdf'],
    ];
    for (const [filename, wanted] of names)
        it(`call a file ${JSON.stringify(wanted.slice(0, 30))} that is given as ${JSON.stringify(filename.slice(0, 30))}`, () => {
            parseAttachments({ filename, content: 'x' }).should.match([{ filename: wanted }]);
        });

    it('are never shown in an error', () => {
        (() => parseAttachments('a secret, badly encoded')).should.throw(/^(?!.*secret)/);
    });

    it('of a Buffer from JSON with something else than bytes in it is refused', () => {
        for (const data of [[256], [-1], [1.5], ['a'], [null]])
            (() => parseAttachments({ type: 'Buffer', data })).should.throw(/has no content/);
    });
});

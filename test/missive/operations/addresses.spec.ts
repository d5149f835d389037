import should from 'should';
import { parseAddress, parseAddresses } from '../../../src/missive/operations/addresses';

const ann = { address: 'ann@x.example', name: 'Ann Lee' };
const bob = { address: 'bob@y.example', name: 'Bob Roe' };

describe('addresses', () => {
    const forms: [string, unknown, unknown[]][] = [
        [
            'text with names and without',
            'Ann <ann@x.example>, bob@x.example',
            [{ address: 'ann@x.example', name: 'Ann' }, { address: 'bob@x.example' }],
        ],
        ['lines', 'Ann Lee <ann@x.example>\r\nBob Roe <bob@y.example>\n', [ann, bob]],
        ['lines of any system', 'Ann Lee <ann@x.example>\u2028Bob Roe <bob@y.example>', [ann, bob]],
        ['semicolons', 'a@x.example; b@x.example;', [{ address: 'a@x.example' }, { address: 'b@x.example' }]],
        [
            'angle brackets alone',
            '<a@x.example>,<b@x.example>',
            [{ address: 'a@x.example' }, { address: 'b@x.example' }],
        ],
        [
            'a quoted name with a comma',
            '"Duarte, Ines" <ines@x.example>; "Roe; Bob"<bob@y.example>',
            [
                { address: 'ines@x.example', name: 'Duarte, Ines' },
                { address: 'bob@y.example', name: 'Roe; Bob' },
            ],
        ],
        ['a quoted name with quotes', '"Ann \\"Red\\" Lee" <ann@x.example>', [{ ...ann, name: 'Ann "Red" Lee' }]],
        [
            'a quoted name that looks like an address',
            '"eve@y.example" <b@x.example>',
            [{ address: 'b@x.example', name: 'eve@y.example' }],
        ],
        ['a quoted name with a comment', '"Ann (Sales)" <ann@x.example>', [{ ...ann, name: 'Ann (Sales)' }]],
        [
            'names of any script',
            'Zoë Ångström <zoe@x.example>, 山田 太郎 <taro@x.example>',
            [
                { address: 'zoe@x.example', name: 'Zoë Ångström' },
                { address: 'taro@x.example', name: '山田 太郎' },
            ],
        ],
        [
            'addresses of any script',
            'josé@bücher.example, 用户@例子.example',
            [{ address: 'josé@bücher.example' }, { address: '用户@例子.example' }],
        ],
        [
            'signs that addresses have',
            "o'brien+shop@x.example, a_b-c.d=e&f@sub.x-y.example",
            [{ address: "o'brien+shop@x.example" }, { address: 'a_b-c.d=e&f@sub.x-y.example' }],
        ],
        ['hidden signs around', '\u200b\u202aann@x.example\u202c\ufeff', [{ address: 'ann@x.example' }]],
        [
            'a quoted name with signs of addresses',
            '"Ann @ Work and @ Home" <ann@x.example>',
            [{ address: 'ann@x.example', name: 'Ann @ Work and @ Home' }],
        ],
        ['tabs inside a name', 'Ann\t Lee\t<ann@x.example>', [ann]],
        [
            'a list of text',
            ['Ann Lee <ann@x.example>, c@x.example', ['Bob Roe <bob@y.example>']],
            [ann, { address: 'c@x.example' }, bob],
        ],
        ['an object of the API', { address: ' ann@x.example ', name: null }, [{ address: 'ann@x.example' }]],
        [
            'an object named by its address',
            { address: 'ann@x.example', name: 'ann@x.example' },
            [{ address: 'ann@x.example', name: 'ann@x.example' }],
        ],
        ['a phone number as people write it', '+1 (555) 010-0000', [{ phone_number: '+15550100000' }]],
        ['a phone number with 00', '00351 910 000 001', [{ phone_number: '+351910000001' }]],
        ['a phone number with (0)', '+44 (0)20 7946 0018', [{ phone_number: '+442079460018' }]],
        ['a phone number between hidden signs', '\u202d+351 910 000 001\u202c', [{ phone_number: '+351910000001' }]],
        [
            'phone numbers, one a line',
            '+351910000001\n+44 20 7946 0018',
            [{ phone_number: '+351910000001' }, { phone_number: '+442079460018' }],
        ],
        [
            'a phone object',
            { phone_number: '+351 910 000 001', type: 'whatsapp' },
            [{ phone_number: '+351910000001', type: 'whatsapp' }],
        ],
        [
            'a user of a channel',
            { id: 'u-77', username: '@tom', name: 'Tom' },
            [{ id: 'u-77', username: '@tom', name: 'Tom' }],
        ],
        ['an empty list', [], []],
        ['text of blanks and commas', ' , \n;', []],
    ];
    for (const [name, value, wanted] of forms)
        it(`come from ${name}`, () => {
            parseAddresses(value).should.eql(wanted);
        });

    it('are national phone numbers of the account’s country', () => {
        parseAddresses('0171 1234567', 'DE').should.eql([{ phone_number: '+491711234567' }]);
        parseAddresses({ phone_number: '(555) 010-0000' }, 'US').should.eql([{ phone_number: '+15550100000' }]);
    });

    const bad: [string, unknown, RegExp][] = [
        ['text that is none', 'not an address', /“not an address”/],
        [
            'a list of addresses in quotes',
            '"ann@x.example, eve@z.example" <bob@y.example>',
            /list of addresses in quotes/,
        ],
        ...[
            '120363025246125486@g.us',
            '351910000001@s.whatsapp.net',
            'Ann <351910000001-1600000000@g.us>',
            '77@lid',
        ].map((text): [string, unknown, RegExp] => [
            `an id of WhatsApp, ${text}`,
            text,
            /id of WhatsApp, which is no e-mail/,
        ]),
        ['an id of WhatsApp in an object', { address: '351910000001@c.us' }, /id of WhatsApp, which is no e-mail/],
        ['a name without quotes around its comma', 'Duarte, Ines <ines@x.example>', /“Duarte”/],
        ...['ann@x.example bob@y.example', 'ann@x.example\tbob@y.example', 'ann@x.example and bob@y.example'].map(
            (text): [string, unknown, RegExp] => [text, text, /no e-mail address: “ann@x.example.*bob@y.example”/],
        ),
        ...[
            'ann@x.example & bob@y.example',
            'ann@x.example / bob@y.example',
            'ann@x.example/bob@y.example',
            '• ann@x.example • bob@y.example',
            '- ann@x.example',
            '<ann@x.example> <bob@y.example>',
            '<<ann@x.example>>',
            'Ann <ann@x.example> Bob <bob@y.example>',
            'Ann <ann@x.example>bob@y.example',
            'ann@x.example: bob@y.example',
            'ann@x.example|bob@y.example',
            'ann@x.example，bob@y.example',
            'ann@x.example\u00a0bob@y.example',
            'Team: ann@x.example, bob@y.example;',
            'To: ann@x.example',
            'mailto:ann@x.example',
            'Ann <mailto:ann@x.example>',
            "'ann@x.example'",
            '"ann@x.example"',
            '"ann lee"@x.example',
            'ann@x.example}',
            '{{ann@x.example}}',
            '[ann@x.example]',
            '{"address":"ann@x.example"}',
            '*ann@x.example*',
            'ann@x.example.',
            'ann@x.example?subject=Hello',
            'ann..lee@x.example',
            '.ann@x.example',
            'ann%40x.example',
            'ann%40z.example@x.example',
            '&lt;ann@x.example&gt;',
            'ann@@x.example',
            '@x.example',
            'ann@',
            'user@good.example(x)evil.example',
            'ann@x.example (work)',
            'Ann Lee\n <ann@x.example>',
            'ann@x.example\r\nBcc: eve@y.example',
            'ann@x.example\nSubject: Hello',
            'Ann" <ann@x.example>, "Bob <bob@y.example>',
            '24" shop <ann@x.example>, 32" shop <bob@y.example>',
            '"Ann <ann@x.example>, Bob <bob@y.example>',
        ].map((text): [string, unknown, RegExp] => [text, text, /no e-mail address: “/]),
        ['an address inside a name', 'eve@y.example <bob@x.example>', /address inside a name: “eve@y.example <bob/],
        ['an address inside a name of other letters', 'eve＠y.example <bob@x.example>', /address inside a name/],
        ['a number inside a name', '+351 910 000 001 <bob@x.example>', /number inside a name/],
        ['a list in quotes', '"Ann <ann@x.example>, Bob" <bob@y.example>', /list of addresses in quotes/],
        ['a comment', 'Ann (Sales) <ann@x.example>', /comment, which only a name in quotes may have/],
        ['an encoded name', '=?UTF-8?Q?Ann?= <ann@x.example>', /still encoded/],
        ['a hidden sign inside', 'an\u200bn@x.example', /hidden sign \(U\+200B\)/],
        ['a turned direction inside', 'ann@\u202ex.example', /hidden sign \(U\+202E\)/],
        ['two phone numbers in one part', '+351910000001 +351910000002', /cannot be one.*“\+351910000001 \+35/],
        ['two phone numbers with a slash', '+351910000001 / 2', /cannot be one/],
        ['a phone number without its country', '910 000 001', /country code.*“910 000 001”/],
        ['an extension', { phone_number: '+1 555 010 0000 ext. 5' }, /extension/],
        ['an id of WhatsApp', 'PT.158712345678', /leave To out, set From/],
        ['a number', 7, /should be an address, but is a number/],
        ['null in a list', [null], /should be an address, but is null/],
        ['an object with none of the keys', { email: 'ann@x.example' }, /address, a phone_number or an id/],
        ['half an address', { address: 'ann@' }, /no e-mail address/],
        ['several addresses in an object', { address: 'a@x.example, b@x.example' }, /stands alone/],
        ['an address and a number', { address: 'a@x.example', phone_number: '+351910000001' }, /make two of it/],
        ['a head in a name', { address: 'ann@x.example', name: 'Ann\r\nBcc: eve@y.example' }, /line break/],
    ];
    for (const [name, value, reason] of bad)
        it(`do not come from ${name.replace(/\s/g, '·')}`, () => {
            (() => parseAddresses(value)).should.throw(reason);
        });

    it('that are none are named, but not the body of a message in the wrong field', () => {
        const body = `Dear Ann,\n${'your order is on its way. '.repeat(10)}`;
        should(() => parseAddresses(body)).throw(/text of \d+ characters/);
        should(() => parseAddresses(body)).not.throw(/Dear|order/);
        const many = Array.from({ length: 20 }, (_, place) => `+3519100000${String(place + 10)}`);
        parseAddresses(many.join(', ')).should.have.length(20);
        should(() => parseAddresses([...many, 'n/a'].join(', '))).throw(/no address in its part 21/);
        const list = Array.from({ length: 20 }, (_, place) => `ann${place}@x.example`);
        should(() => parseAddresses([...list, 'bob@y.example.'].join('\n'))).throw(/“bob@y.example.”/);
    });

    it('are one where one is wanted', () => {
        parseAddress('Shop <shop@x.example>').should.eql({ address: 'shop@x.example', name: 'Shop' });
        (() => parseAddress('a@x.example, b@x.example')).should.throw(/should be one address, but there are 2/);
        (() => parseAddress([])).should.throw(/should be one address, but is an empty list/);
    });

    it('are refused at once, however hostile the text', () => {
        for (const sign of ['"', '<', '"\\', 'a@', '(', ' "', '<@'])
            should(() => parseAddresses(`${sign.repeat(50_000)}<a@x.example>`)).throw();
    });

    it('of an object that names two, or none that can be one, is refused', () => {
        (() => parseAddresses({ address: 'a@x.example', phone_number: 351910000001 })).should.throw(/make two of it/);
        (() => parseAddresses({ id: Number.NaN })).should.throw(/should have an address/);
    });
});

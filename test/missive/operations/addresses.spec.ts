import { parseAddress, parseAddresses } from '../../../src/missive/operations/addresses';

describe('addresses', () => {
    const forms: [string, unknown, unknown[]][] = [
        [
            'text with names and without',
            'Ann <ann@x.example>, bob@x.example',
            [{ address: 'ann@x.example', name: 'Ann' }, { address: 'bob@x.example' }],
        ],
        [
            'a quoted name with a comma',
            '"Duarte, Ines" <ines@x.example>',
            [{ address: 'ines@x.example', name: 'Duarte, Ines' }],
        ],
        [
            'a name that looks like an address',
            '"eve@y.example" <b@x.example>',
            [{ address: 'b@x.example', name: 'eve@y.example' }],
        ],
        ['semicolons', 'a@x.example; b@x.example', [{ address: 'a@x.example' }, { address: 'b@x.example' }]],
        ['a group', 'Team: a@x.example, b@x.example;', [{ address: 'a@x.example' }, { address: 'b@x.example' }]],
        [
            'a list of text',
            ['Ann <ann@x.example>', 'b@x.example'],
            [{ address: 'ann@x.example', name: 'Ann' }, { address: 'b@x.example' }],
        ],
        ['an object of the API', { address: ' ann@x.example ', name: null }, [{ address: 'ann@x.example' }]],
        ['a phone number as people write it', '+1 (555) 010-0000', [{ phone_number: '+15550100000' }]],
        ['a phone number with 00', '00351 910 000 001', [{ phone_number: '+351910000001' }]],
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
        ['text of blanks and commas', ' , ', []],
    ];
    for (const [name, value, wanted] of forms)
        it(`come from ${name}`, () => {
            parseAddresses(value).should.eql(wanted);
        });

    const bad: [string, unknown, RegExp][] = [
        ['text that is none', 'not an address', /no e-mail address/],
        ['a name without quotes around its comma', 'Duarte, Ines <ines@x.example>', /no e-mail address/],
        ['a phone number without its country', '910 000 001', /country code/],
        ['a number', 7, /should be an address, but is a number/],
        ['null in a list', [null], /should be an address, but is null/],
        ['an object with none of the keys', { email: 'ann@x.example' }, /address, a phone_number or an id/],
        ['half an address', { address: 'ann@' }, /no e-mail address/],
    ];
    for (const [name, value, reason] of bad)
        it(`do not come from ${name}`, () => {
            (() => parseAddresses(value)).should.throw(reason);
        });

    it('are one where one is wanted', () => {
        parseAddress('Shop <shop@x.example>').should.eql({ address: 'shop@x.example', name: 'Shop' });
        (() => parseAddress('a@x.example, b@x.example')).should.throw(/should be one address, but there are 2/);
        (() => parseAddress([])).should.throw(/should be one address, but is an empty list/);
    });
});

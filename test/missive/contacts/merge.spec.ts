import should from 'should';
import { infoKey, parseInfos } from '../../../src/missive/contacts/infos';
import { changesOf, parseMemberships, toCreate } from '../../../src/missive/contacts/merge';

describe('infos', () => {
    it('come from text', () => {
        parseInfos('ann@x.example, +351 910 000 001').should.eql([
            { kind: 'email', value: 'ann@x.example' },
            { kind: 'phone_number', value: '+351910000001' },
        ]);
    });

    it('come from text as people have it', () => {
        parseInfos('\u202a+44 (0)20 7946 0018\u202c\n0171/1234567; ANN@x.example').should.eql([
            { kind: 'phone_number', value: '+442079460018' },
            { kind: 'phone_number', value: '0171/1234567' },
            { kind: 'email', value: 'ANN@x.example' },
        ]);
        parseInfos('0171 1234567', 'DE').should.eql([{ kind: 'phone_number', value: '+491711234567' }]);
        parseInfos({ kind: 'phone_number', value: '\u202d0171 1234567\u202c' }).should.eql([
            { kind: 'phone_number', value: '0171 1234567' },
        ]);
    });

    it('come from the objects of the API, without what is empty', () => {
        parseInfos([{ kind: 'email', label: 'work', value: ' ann@x.example ', custom_label: null }]).should.eql([
            { kind: 'email', label: 'work', value: 'ann@x.example' },
        ]);
        parseInfos({ kind: 'custom', custom_label: 'CRM id', value: 2291 }).should.eql([
            { kind: 'custom', label: 'other', custom_label: 'CRM id', value: '2291' },
        ]);
        parseInfos({ kind: 'facebook', name: 'ann' }).should.eql([{ kind: 'facebook', name: 'ann' }]);
        parseInfos({ kind: 'physical_address', city: 'Porto' }).should.eql([
            { kind: 'physical_address', city: 'Porto' },
        ]);
    });

    const bad: [string, unknown, RegExp][] = [
        ['another kind', { kind: 'fax', value: '1' }, /kind is none of email, phone_number/],
        ['a kind from the prototype', { kind: 'constructor', value: '1' }, /kind is none of/],
        [
            'a label of another kind',
            { kind: 'email', label: 'mobile', value: 'a@x.example' },
            /takes home, work, personal, other/,
        ],
        ['no value', { kind: 'email' }, /kind email without its value/],
        ['a facebook with a value', { kind: 'facebook', value: 'ann' }, /without its name/],
        ['an address that is none', { kind: 'email', value: 'ann' }, /no e-mail address/],
        ['a custom field without a name', { kind: 'custom', value: '1' }, /without its custom_label/],
        [
            'a custom_label beside another label',
            { kind: 'url', label: 'work', value: 'https://x.example', custom_label: 'Shop' },
            /only with the label other/,
        ],
        ['an empty physical address', { kind: 'physical_address', label: 'work' }, /without any of street/],
        ['null', [null], /should be a list of infos, but is null/],
        ['a phone number without a digit', { kind: 'phone_number', value: 'n/a' }, /without a digit: “n\/a”/],
        ...['+351910000001, +351910000002', '0171 1234567; 0171 7654321', '910 000 001\n910 000 002'].map(
            (value): [string, unknown, RegExp] => [
                `two numbers in one value, ${JSON.stringify(value)}`,
                { kind: 'phone_number', value },
                /several numbers/,
            ],
        ),
        ...['3.51910000001E+11', '3,5191E+11', 1e21].map((value): [string, unknown, RegExp] => [
            `a number that a spreadsheet has rounded, ${value}`,
            { kind: 'phone_number', value },
            /a spreadsheet has rounded/,
        ]),
        ['an id of WhatsApp', { kind: 'email', value: '351910000001@c.us' }, /no e-mail address/],
        ['two numbers in one part', '+351910000001 +351910000002', /neither an e-mail address nor a phone number/],
        ['two addresses in one part', 'ann@x.example bob@x.example', /no e-mail address: “ann@x.example bob/],
        ['words', 'ann@x.example, unknown', /neither.*“unknown”/],
        ['a link', 'mailto:ann@x.example', /no e-mail address/],
    ];
    for (const [name, value, reason] of bad)
        it(`are refused with ${name}`, () => {
            (() => parseInfos(value)).should.throw(reason);
        });

    it('are the same without case, spaces and punctuation', () => {
        infoKey({ kind: 'email', value: ' Ann@X.example' }).should.equal(
            infoKey({ kind: 'email', value: 'ann@x.example' }),
        );
        for (const [one, other] of [
            ['ann@bücher.example', 'ann@xn--bcher-kva.example'],
            ['Rene\u0301@x.example', 'REN\u00c9@x.example'],
            ['\u200bann@x.example', 'ann@x.example'],
        ] as const)
            infoKey({ kind: 'email', value: one }).should.equal(infoKey({ kind: 'email', value: other }));
        infoKey({ kind: 'phone_number', value: '+351 (910) 000-001' }).should.equal(
            infoKey({ kind: 'phone_number', value: '351910000001' }),
        );
        const same = (one: string, other: string, country?: string) =>
            infoKey({ kind: 'phone_number', value: one }, country) ===
            infoKey({ kind: 'phone_number', value: other }, country);
        for (const written of [
            '+44 (0)20 7946 0018',
            '0044 20 7946 0018',
            '\u202d+44 20 7946 0018\u202c',
            '+4402079460018',
        ])
            same(written, '+442079460018').should.be.true(written);
        same('0171 1234567', '+49 171 1234567', 'DE').should.be.true();
        same('0171/123 45 67', '01711234567').should.be.true();
        same('0171 1234567', '+49 171 1234567').should.be.false();
        same('1-800-CONTACTS', '1-800-FLOWERS').should.be.false();
        same('n/a', 'N/B').should.be.false();
        same('+1 555 010 0000 ext. 5', '+1 555 010 0000').should.be.false();
        infoKey({ kind: 'email', value: 'Ann\u200b@X.example\ufeff' }).should.equal(
            infoKey({ kind: 'email', value: 'ann@x.example' }),
        );
        infoKey({ kind: 'custom', custom_label: 'a', value: '1' }).should.not.equal(
            infoKey({ kind: 'custom', custom_label: 'b', value: '1' }),
        );
    });
});

describe('a contact', () => {
    const held = {
        id: 'c1',
        first_name: 'Marta',
        starred: false,
        infos: [
            { kind: 'email', label: 'work', value: 'Marta@x.example' },
            { kind: 'phone_number', label: 'mobile', value: '+351 910 000 001' },
            { kind: 'custom', custom_label: 'CRM id', value: 'C-1' },
        ],
        memberships: [{ title: 'Buyer', group: { id: 'g1', kind: 'organization', name: 'Harbor Bikes' } }],
    };

    it('that has everything is left alone', () => {
        should(
            changesOf(held, {
                contact_book: 'b1',
                first_name: 'Marta',
                last_name: '',
                starred: false,
                notes: null,
                infos: parseInfos('marta@X.example, +351910000001'),
                memberships: [{ group: { kind: 'organization', name: 'harbor bikes' } }],
            }),
        ).be.undefined();
    });

    it('gets only the fields that differ', () => {
        should(changesOf(held, { first_name: 'Marta', last_name: 'Okafor', starred: true })).eql({
            last_name: 'Okafor',
            starred: true,
        });
        should(changesOf(held, { first_name: null })).eql({ first_name: null });
    });

    it('keeps the infos and memberships that the message does not mention', () => {
        should(
            changesOf(held, {
                infos: parseInfos('m@y.example'),
                memberships: [{ group: { kind: 'group', name: 'VIP' } }],
            }),
        ).eql({
            infos: [
                { kind: 'email', label: 'work', value: 'Marta@x.example' },
                { kind: 'phone_number', label: 'mobile', value: '+351 910 000 001' },
                { kind: 'custom', label: 'other', custom_label: 'CRM id', value: 'C-1' },
                { kind: 'email', label: 'other', value: 'm@y.example' },
            ],
            memberships: [...held.memberships, { group: { kind: 'group', name: 'VIP' } }],
        });
    });

    it('has an info replaced by one of the same address with another label', () => {
        const changes = changesOf(held, { infos: [{ kind: 'email', label: 'home', value: 'marta@x.example' }] });
        should(changes?.infos).match([{ kind: 'email', label: 'home', value: 'Marta@x.example' }, {}, {}]);
    });

    it('has the title of a membership changed and the rest of it kept', () => {
        should(
            changesOf(held, {
                memberships: [{ title: 'Owner', group: { kind: 'organization', name: 'Harbor Bikes' } }],
            }),
        ).eql({
            memberships: [{ title: 'Owner', group: { id: 'g1', kind: 'organization', name: 'Harbor Bikes' } }],
        });
    });

    it('has taken off what is to be removed, and is left alone where it has none of it', () => {
        should(
            changesOf(held, {
                infos: parseInfos('new@x.example'),
                remove_infos: parseInfos('MARTA@x.example, 00351910000001, other@x.example'),
                remove_memberships: ['harbor bikes', 'VIP'],
            }),
        ).eql({
            infos: [
                { kind: 'custom', label: 'other', custom_label: 'CRM id', value: 'C-1' },
                { kind: 'email', label: 'other', value: 'new@x.example' },
            ],
            memberships: [],
        });
        should(
            changesOf(held, { remove_infos: parseInfos('other@x.example'), remove_memberships: ['VIP'] }),
        ).be.undefined();
        toCreate({ infos: parseInfos('a@x.example, b@x.example'), remove_infos: parseInfos('a@x.example') }).should.eql(
            {
                infos: [{ kind: 'email', value: 'b@x.example', label: 'other' }],
            },
        );
    });

    it('gets a label on every info when it is new', () => {
        toCreate({ infos: parseInfos('a@x.example') }).should.eql({
            infos: [{ kind: 'email', value: 'a@x.example', label: 'other' }],
        });
    });

    it('has memberships with a kind and a name', () => {
        (() => parseMemberships([{ title: 'x' }])).should.throw(/group has no kind/);
        (() => parseMemberships([{ group: { kind: 'organization' } }])).should.throw(/group has no name/);
        (() => parseMemberships('Harbor Bikes')).should.throw(/should be a list of memberships/);
    });
});

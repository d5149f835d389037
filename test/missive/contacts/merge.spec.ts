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
    ];
    for (const [name, value, reason] of bad)
        it(`are refused with ${name}`, () => {
            (() => parseInfos(value)).should.throw(reason);
        });

    it('are the same without case, spaces and punctuation', () => {
        infoKey({ kind: 'email', value: ' Ann@X.example' }).should.equal(
            infoKey({ kind: 'email', value: 'ann@x.example' }),
        );
        infoKey({ kind: 'phone_number', value: '+351 (910) 000-001' }).should.equal(
            infoKey({ kind: 'phone_number', value: '351910000001' }),
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

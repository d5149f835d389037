import 'should';
import should from 'should';
import { filterIn, listOf, passes, passesOf } from '../../../src/missive/events/event-filter';
import { type Ready, readyFilter } from '../../../src/missive/events/filter-names';
import type { Entry } from '../../../src/missive/names/directory';

const none = { organizations: [], teams: [], labels: [], senders: [] };
const mail = {
    conversation: { organization: { id: 'o1' }, team: { id: 't1' }, shared_labels: [{ id: 'l1' }, { id: 'l2' }] },
    message: { from_field: { name: 'Tom', address: 'Tom@TrailClub.example' } },
};
const sms = { conversation: {}, message: { from_field: { id: '+351910000001' } } };
const comment = {
    latest_message: mail.message,
    comment: { author: { id: 'u1', email: 'rui@harborbikes.example' } },
};

describe('an event filter', () => {
    it('wants all where it has nothing, whatever the body', () => {
        for (const body of [mail, sms, {}, { conversation: null, message: 7 }]) passes(none, body).should.be.true();
    });

    for (const [list, right, wrong] of [
        ['organizations', 'o1', 'o2'],
        ['teams', 't1', 't2'],
        ['labels', 'l2', 'l3'],
        ['senders', 'tom@trailclub.example', 'tim@trailclub.example'],
        ['senders', '@trailclub.example', '@club.example'],
    ] as const)
        it(`${list}: ${right} passes, ${wrong} does not, and a body without one does not`, () => {
            passes({ ...none, [list]: [right] }, mail).should.be.true();
            passes({ ...none, [list]: ['x', right] }, mail).should.be.true();
            passes({ ...none, [list]: [wrong] }, mail).should.be.false();
            passes({ ...none, [list]: [right] }, {}).should.be.false();
        });

    it('senders: a number, and the author of a comment', () => {
        passes({ ...none, senders: ['+351910000001'] }, sms).should.be.true();
        passes({ ...none, senders: ['u1'] }, comment).should.be.true();
        passes({ ...none, senders: ['@harborbikes.example'] }, comment).should.be.true();
        passes({ ...none, senders: ['@trailclub.example'] }, comment).should.be.false();
    });

    it('an id counts in any case', () => {
        const id = '9a4b6d1e-0c2f-4a86-8d0a-6d6b3a2f1c55';
        passes({ ...none, teams: [id.toUpperCase()] }, { conversation: { team: { id } } }).should.be.true();
    });

    it('each list must agree', () => {
        passes({ ...none, organizations: ['o1'], teams: ['t2'] }, mail).should.be.false();
    });

    it('a list is an array or text with commas', () => {
        listOf('a, b ;c').should.eql(['a', 'b', 'c']);
        listOf(['a\u200b ', '', null, 2026, ['b'], { id: 'c', name: 'C' }]).should.eql(['a', '2026', 'b', 'c']);
        for (const nobody of [{ name: 'C' }, [{}], 7, true])
            passes({ ...none, labels: listOf(nobody) }, mail).should.be.false();
        listOf(undefined).should.eql([]);
        listOf('Shop/Parts, Très urgent\nUrgent').should.eql(['Shop/Parts', 'Très urgent', 'Urgent']);
        const id = '9a4b6d1e-0c2f-4a86-8d0a-6d6b3a2f1c55';
        listOf(`${id} ${id}`).should.eql([id, id]);
        listOf('a@x.example @y.example').should.eql(['a@x.example', '@y.example']);
    });

    const number = { conversation: {}, message: { from_field: { id: '+11234567891', name: '+1 (123) 456-7891' } } };
    const german = { conversation: {}, message: { from_field: { phone_number: '+491711234567' } } };
    const whatsApp = { conversation: {}, message: { from_field: { id: 'PT.1587002345', name: 'Tom' } } };
    const fromIdn = { conversation: {}, message: { from_field: { address: 'Ann@Bücher.example' } } };
    for (const [senders, body, country] of [
        ['+1 (123) 456-7891', number],
        ['0011234567891', number],
        ['00 1 123 456 7891', number],
        ['1 123 456 7891', number],
        ['\u202d+1 123 456 7891\u202c', number],
        ['(123) 456-7891', number, 'US'],
        ['ann@x.example, +1 (123) 456-7891', number],
        [['ann@x.example', '+1 (123) 456-7891'], number],
        ['0171/1234567', german, 'DE'],
        ['PT.1587002345', whatsApp],
        ['Tom Reyes <TOM@trailclub.example>', mail],
        ['"Reyes, Tom" <tom@trailclub.example>; ann@x.example', mail],
        ['ann@x.example\ntom@trailclub.example', mail],
        ['ann@x.example tom@trailclub.example', mail],
        ['trailclub.example', mail],
        ['trailclub.example.', mail],
        ['+1 123 456 7891 ext. 5', number],
        ['*@TrailClub.example', mail],
        [['x.example, trailclub.example'], mail],
        ['ann@xn--bcher-kva.example', fromIdn],
        ['bücher.example', fromIdn],
    ] as const)
        it(`senders: ${String(senders).replace(/[\u202c\u202d\n]/g, '·')}${country ? ` in ${country}` : ''}`, () => {
            const filter = filterIn({ senders });
            passesOf(filter, country)(body).should.be.true();
            for (const other of [mail, number, german, whatsApp, fromIdn, comment].filter((each) => each !== body))
                passesOf(filter, country)(other).should.be.false();
        });

    it('senders: none of a domain below, none that only ends alike', () => {
        for (const address of ['tom@sub.trailclub.example', 'tom@nottrailclub.example', 'trailclub.example@x.example'])
            passes(filterIn({ senders: 'trailclub.example' }), {
                message: { from_field: { address } },
            }).should.be.false();
    });
});

describe('the names of an event filter', () => {
    const entries: Record<string, Entry[]> = {
        organization: [{ id: 'o1', name: 'Harbor Bikes' }],
        team: [
            { id: 't1', name: 'hr' },
            { id: 't2', name: 'Workshop' },
        ],
        shared_label: [
            { id: 'l1', name: 'Shop/Parts', short: 'Parts' },
            { id: 'l2', name: '2026' },
            { id: 'l3', name: 'Old/Parts', short: 'Parts' },
        ],
    };
    const lookUp = async (resource: string) => entries[resource] ?? [];
    const passing = ({ keptOut, ...rest }: Ready) => ({
        ...rest,
        keptOut,
        passes: (body: Parameters<Ready['keptOut']>[0]) => keptOut(body) === undefined,
    });
    const ready = async (stored: object) => passing(await readyFilter(filterIn(stored), lookUp));

    it('become ids', async () => {
        const { passes, filter, unknown } = await ready({
            organizations: 'harbor bikes',
            teams: ['HR', 'Workshop'],
            labels: 'shop / parts, 2026',
        });
        unknown.should.eql([]);
        filter.should.eql({ organizations: ['o1'], teams: ['t1', 't2'], labels: ['l1', 'l2'], senders: [] });
        passes(mail).should.be.true();
        passes({
            ...mail,
            conversation: { ...mail.conversation, shared_labels: [{ id: 'l3', name: 'Parts' }] },
        }).should.be.false();
    });

    it('that the account does not know let nothing pass, and are told with the names that there are', async () => {
        const { passes, keptOut, unknown } = await ready({ labels: 'Prts', senders: 'ann@x.example or bob@x.example' });
        passes(mail).should.be.false();
        should(keptOut(mail)).equal('labels');
        passes({ ...mail, conversation: { shared_labels: [{ id: 'l9', name: 'Prts' }] } }).should.be.false();
        unknown
            .map(({ list, text }) => [list, text])
            .should.eql([
                ['labels', 'Prts'],
                ['senders', 'ann@x.example or bob@x.example'],
            ]);
        String(unknown[0]?.why).should.match(/no shared label called “Prts”. There are: .*Shop\/Parts/);
        String(unknown[1]?.why).should.match(/no address, domain or phone number/);
    });

    it('that several have are told, and the others of the list still count', async () => {
        const { passes, filter, unknown } = await ready({ labels: 'Parts, Shop/Parts' });
        filter.labels.should.eql(['l1']);
        passes({ conversation: { shared_labels: [{ id: 'l1' }] } }).should.be.true();
        unknown.map(({ text }) => text).should.eql(['Parts']);
    });

    it('are compared with those of the event where nobody can be asked', async () => {
        const { passes, unknown } = passing(await readyFilter(filterIn({ teams: 'hr', labels: 'PARTS' })));
        unknown.should.eql([]);
        const event = (team: string) => ({
            conversation: { team: { id: 't1', name: team }, shared_labels: [{ id: 'l1', name: 'Parts' }] },
        });
        passes(event('HR')).should.be.true();
        passes(event('Workshop')).should.be.false();
    });

    for (const senders of [
        '910 000 001',
        '01711234567',
        '*.x.example',
        '.x.example',
        'https://x.example',
        'x.example/',
        'mailto:ann@x.example',
        'ann＠x.example',
        'x.*',
        '*',
    ])
        it(`senders that nobody can be, such as ${senders}, are told`, async () => {
            const { unknown } = await ready({ senders });
            unknown.map(({ text }) => text).should.eql([senders]);
        });
});

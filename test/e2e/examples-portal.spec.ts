import { createHmac } from 'node:crypto';
import should from 'should';
import { exampleFlow, type Node } from '../support/example-files';
import { ExampleFlows, lettersOf } from '../support/example-flows';

const tom = 'tom@trailclub.example';
const hostile = '<script>alert(1)</script>"\'&<img src=x onerror=alert(2)>{{flow.secret}}';

describe('the example client portal, its flow file unchanged', function () {
    this.timeout(180_000);
    const flows = new ExampleFlows(() => ({ PORTAL_SECRET: 'of the tests only' }));
    const example = exampleFlow('client-portal');
    afterEach(() => flows.noErrors());
    before(() => flows.deployFlow(example));

    const soon = String(Math.floor(Date.now() / 1000) + 600);
    const key = (who: string, until = soon) =>
        createHmac('sha256', 'of the tests only').update(`portal\n${until}\n${who}`).digest('hex');
    const linkOf = (who: string, until = soon, signed = key(who, until)) =>
        `${flows.nodeRed.url}/portal?${new URLSearchParams({ who, until, key: signed })}`;
    const page = async (link: string) => {
        const answer = await fetch(link);
        return { status: answer.status, headers: answer.headers, text: await answer.text() };
    };
    const answer = (link: string, conversation: string | undefined, text: string) =>
        fetch(link, {
            method: 'POST',
            redirect: 'manual',
            body: new URLSearchParams({ conversation: conversation ?? '', text }),
        });
    const subjects = (text: string) => [...text.matchAll(/<h2><bdi>(.*?)<\/bdi>/g)].map(([, subject]) => subject);
    const fork = async () =>
        (await flows.inbox.state()).conversations.find(({ id }) => id === '9a4b6d1e-0c2f-4a86-8d0a-6d6b3a2f1c55');

    it('shows what the customer wrote and was sent, and nothing that is for colleagues', async () => {
        const { status, headers, text } = await page(linkOf(tom));
        should(status).equal(200);
        should(text).containEql('Hi, is the F-220 fork available in black?').and.containEql('14 of them arrived today');
        for (const inside of [
            'can you quote this',
            'Stock bot',
            '14 units',
            'Order 2291',
            'Marta',
            'Workshop',
            'Parts',
        ])
            should(text).not.containEql(inside);
        should(headers.get('content-security-policy')).containEql("default-src 'none'");
        should([headers.get('cache-control'), headers.get('referrer-policy')]).eql(['no-store', 'no-referrer']);
    });

    it('has its address in any case, and nothing for somebody who never wrote', async () => {
        const { status, text } = await page(linkOf('nobody@new.example'));
        should([status, subjects(text)]).eql([200, []]);
        should(text).containEql('Nothing is open at the moment.');
    });

    it('opens nothing with a link that is another’s, ended, changed, half or none, and says what to do', async () => {
        const past = String(Math.floor(Date.now() / 1000) - 1);
        const wrong = [
            linkOf('marta@harborbikes.example', soon, key(tom)),
            linkOf(tom, past),
            linkOf(tom, String(Number(soon) + 1), key(tom)),
            linkOf(
                tom,
                soon,
                key(tom).replace(/.$/, (one) => (one === '0' ? '1' : '0')),
            ),
            linkOf(tom, soon, key(tom).slice(0, 20)),
            linkOf(tom, soon, `${key(tom)}zz`),
            linkOf(tom, soon, `${key(tom)}00`),
            linkOf(tom, `${soon} `, key(tom)),
            linkOf(tom, 'never', key(tom, 'never')),
            linkOf(tom, soon, ''),
            `${linkOf(tom)}&who=marta%40harborbikes.example`,
            `${flows.nodeRed.url}/portal?who[a]=1&until[]=2&key[__proto__]=3`,
            `${flows.nodeRed.url}/portal`,
        ];
        for (const link of wrong) {
            const { status, text } = await page(link);
            should(status).equal(403, link);
            should(text).containEql('ask us for another one').and.not.containEql('fork');
            should((await answer(link, (await fork())?.id, 'Let me in')).status).equal(403, link);
        }
        should(lettersOf(await fork(), 'message').some(({ text }) => text.includes('Let me in'))).be.false();
    });

    it('takes an answer into the conversation for the team, the same one twice once', async () => {
        const id = (await fork())?.id;
        const count = async () =>
            lettersOf(await fork(), 'message').filter(({ body }) => body === 'Black & "gold" <3').length;
        const first = await answer(linkOf(tom), id, ' Black & "gold" <3 ');
        should(first.status).equal(303);
        should(await count()).equal(1);
        should((await answer(linkOf(tom), id, 'Black & "gold" <3')).status).equal(303);
        should(await count()).equal(1);
        const after = await page(new URL(first.headers.get('location') ?? '', linkOf(tom)).href);
        should(after.text)
            .containEql('Thank you, we have your answer.')
            .and.containEql('Black &amp; &quot;gold&quot; &lt;3');
        should(subjects(after.text)).eql(['Re: Spare part for a gravel fork']);
        const both = await Promise.all(['So?', 'So?'].map((text) => answer(linkOf(tom), id, text)));
        should(both.map(({ status }) => status)).eql([303, 303]);
        should(lettersOf(await fork(), 'message').filter(({ text }) => text === 'So?').length).equal(1);
    });

    it('takes no answer into another’s conversation, none that is empty, and none into a closed one', async () => {
        const { conversations } = await flows.inbox.state();
        const order = conversations.find(({ subject }) => subject === 'Order 2291');
        const before = JSON.stringify((await flows.inbox.state()).conversations);
        for (const [id, text] of [
            [order?.id, 'Mine now'],
            [(await fork())?.id, '  '],
            ['', 'x'],
            [(await fork())?.id, 'x'.repeat(5001)],
        ])
            should((await answer(linkOf(tom), id, text ?? '')).status).equal(422);
        should(JSON.stringify((await flows.inbox.state()).conversations)).equal(before);
        const id = (await fork())?.id ?? '';
        await flows.inbox.colleagueChanges({ conversation: id, close: true });
        should(subjects((await page(linkOf(tom))).text)).be.empty();
        should((await answer(linkOf(tom), id, 'Hello?')).status).equal(422);
        await flows.inbox.colleagueChanges({ conversation: id, reopen: true });
    });

    it('makes no HTML of any value', async () => {
        await flows.inbox.customerWrites({
            name: hostile,
            address: 'eve@new.example',
            subject: hostile,
            body: hostile,
        });
        const { text } = await page(linkOf('eve@new.example'));
        should(subjects(text).length).equal(1);
        should(text).not.match(/<script|<img|onerror=alert\(2\)>/);
        should(text).containEql('&lt;script&gt;').and.not.containEql('of the tests only');
    });

    it('shows the latest twenty of two hundred, and says that there are more', async () => {
        for (let at = 0; at < 200; at += 1)
            await flows.inbox.customerWrites({ address: 'many@new.example', subject: `Number ${at}`, body: 'Hello' });
        const { status, text } = await page(linkOf('many@new.example'));
        should([status, subjects(text).length]).eql([200, 20]);
        should(text).containEql('Older ones are not shown.');
    });

    it('says sorry where Missive does not answer, to the customer without the reason', async () => {
        const away = example.map(
            (node): Node =>
                node.type === 'missive-config' ? { ...node, maxQueue: 1, maxWait: '0.001', name: 'away' } : node,
        );
        await flows.deployFlow(
            away.map((node) => (node.type === 'missive-list' ? { ...node, organization: 'No such one' } : node)),
        );
        const { status, text } = await page(linkOf(tom));
        should(status).equal(502);
        should(text).containEql('not your fault').and.not.containEql('ERR_').and.not.containEql('No such one');
    });
});

import should from 'should';
import { readCard } from '../../../src/missive/cards/read-card';

const read = (card: unknown, maySend = false) => readCard(card, { maySend });
const refused = async (card: unknown, sentence: RegExp, maySend = false) => {
    const error = await read(card, maySend).then(
        () => undefined,
        (cause: Error & { code?: string }) => cause,
    );
    should(error?.code).equal('ERR_MISSIVE_INPUT');
    should(error?.message).match(sentence);
};

describe('a card', () => {
    it('has every part that the contract names', async () => {
        const card = {
            title: 'Order 1042',
            subtitle: 'Ann Weaver',
            badge: { text: 'paid', tone: 'good' },
            image: 'https://shop.example/1042.png',
            rows: [{ label: 'Total', value: 12.5, url: 'https://shop.example/1042', copy: true }],
            table: {
                columns: [{ key: 'sku', label: 'Article' }, { key: 'n' }],
                rows: [
                    { sku: 'A-1', n: 2, weight: 3 },
                    { sku: { text: 'B', url: 'https://x.example/b', tone: 'bad' } },
                ],
            },
            links: [{ label: 'Shop', url: 'https://shop.example/' }],
            buttons: [{ label: 'Refund', action: 'refund', confirm: 'Refund 12.50?', tone: 'warning' }],
            form: {
                name: 'note',
                fields: [{ name: 'text', type: 'textarea', label: 'Note', required: true }],
                submit: 'Save',
            },
            effects: [{ do: 'comment', body: 'seen' }],
            refresh: 30,
            keep: { order: 1042 },
        };
        should(await read(card)).eql({
            ...card,
            image: { url: 'https://shop.example/1042.png', alt: '' },
            rows: [{ label: 'Total', value: '12.5', url: 'https://shop.example/1042', copy: '12.5' }],
            table: {
                columns: [
                    { key: 'sku', label: 'Article' },
                    { key: 'n', label: 'n' },
                ],
                rows: [
                    { sku: { text: 'A-1' }, n: { text: '2' } },
                    { sku: { text: 'B', url: 'https://x.example/b', tone: 'bad' }, n: { text: '' } },
                ],
            },
            buttons: [{ label: 'Refund', action: 'refund', confirm: 'Refund 12.50?', tone: 'warning' }],
        });
    });

    it('is read from JSON text, too, as a language model or MQTT brings it', async () => {
        should(await read('{"title":"A"}')).eql({ title: 'A' });
        await refused('A', /^card must be an object/);
    });

    it('takes one thing for a list of one, as JSONata does', async () => {
        should(await read({ rows: { label: 'A', value: 1 }, effects: { do: 'close' } })).eql({
            rows: [{ label: 'A', value: '1' }],
            effects: [{ do: 'close' }],
        });
    });

    it('leaves out what the flow has no value for', async () => {
        should(
            await read({ title: undefined, subtitle: null, badge: '', rows: [{ label: 'Phone', value: undefined }] }),
        ).eql({ rows: [{ label: 'Phone', value: '' }] });
    });

    for (const [card, sentence] of [
        [undefined, /^card must be an object, not nothing/],
        [[], /^card must be an object, not a list/],
        [{ titel: 'A' }, /^card\.titel is not understood\. There is: title, /],
        [{ title: {} }, /^card\.title must be text, not an object/],
        [{ title: Number.NaN }, /^card\.title must be text/],
        [{ badge: { text: 'x', tone: 'red' } }, /^card\.badge\.tone must be one of: neutral, good, warning, bad/],
        [{ badge: { tone: 'bad' } }, /^card\.badge\.text is missing/],
        [{ image: 'http://x.example/a.png' }, /^card\.image must be an address that begins with https/],
        [{ image: { url: 'data:image/png;base64,AA' } }, /^card\.image\.url must be/],
        [{ rows: 'A' }, /^card\.rows must be an object, not text/],
        [{ rows: {} }, /^card\.rows\.label is missing/],
        [{ rows: [{ label: 'A' }, { value: 1 }] }, /^card\.rows\[1\]\.label is missing/],
        [{ rows: [{ label: 'A', value: [] }] }, /^card\.rows\[0\]\.value must be text, not a list/],
        [{ rows: [{ label: 'A', value: 1, url: 'javascript:alert(1)' }] }, /^card\.rows\[0\]\.url must be an address/],
        [{ rows: [{ label: 'A', values: 1 }] }, /^card\.rows\[0\]\.values is not understood/],
        [{ table: { columns: [{ key: 'a' }] } }, /^card\.table\.rows is missing/],
        [{ table: { rows: [{ a: { html: 'x' } }] } }, /^card\.table\.rows\[0\]\.a\.html is not understood/],
        [{ table: { columns: ['a', 'a'], rows: [] } }, /^card\.table\.columns\[1\]\.key is there twice/],
        [{ links: [{ label: 'A', url: 'java\nscript:alert(1)' }] }, /^card\.links\[0\]\.url must be an address/],
        [{ links: [{ label: 'A', url: '/orders' }] }, /^card\.links\[0\]\.url must be an address/],
        [{ buttons: [{ label: 'A' }] }, /^card\.buttons\[0\] does nothing/],
        [{ buttons: [{ label: 'A', acton: 'x' }] }, /^card\.buttons\[0\]\.acton is not understood/],
        [{ buttons: [{ label: 'A', effect: { do: 'delete' } }] }, /^card\.buttons\[0\]\.effect\.do is no effect/],
        [{ form: { fields: [] } }, /^card\.form\.fields is an empty list/],
        [{ form: { fields: [{ name: 'a', type: 'file' }] } }, /^card\.form\.fields\[0\]\.type must be one of: text,/],
        [{ form: { fields: [{ name: 'a', type: 'select' }] } }, /^card\.form\.fields\[0\]\.options is missing/],
        [{ form: { fields: [{ name: 'a' }, { name: 'a' }] } }, /^card\.form\.fields\[1\]\.name is there twice/],
        [{ effects: [{ do: 'comment' }] }, /^card\.effects\[0\]\.body is missing/],
        [{ effects: [{ do: 'toString' }] }, /^card\.effects\[0\]\.do is no effect/],
        [{ effects: [{ do: 'set_color', color: 'url(x)' }] }, /^card\.effects\[0\]\.color must be a colour/],
        [{ effects: [{ do: 'open_url', url: 'file:///etc/passwd' }] }, /^card\.effects\[0\]\.url must be an address/],
        [{ effects: [{ do: 'close', now: true }] }, /^card\.effects\[0\]\.now is not understood/],
        [{ effects: [{ do: 'reply', to_fields: 'nobody' }] }, /^card\.effects\[0\]\.to_fields /],
        [{ effects: [{ do: 'reply', text: 'a', body: 'b' }] }, /^card\.effects\[0\]\.text and body are both there/],
        [{ refresh: -1 }, /^card\.refresh must be a number from 1 to 86400/],
        [{ keep: 'x'.repeat(65_536) }, /^card\.keep is larger than 64 kB/],
        [{ keep: 1n }, /^card\.keep cannot be written as JSON/],
        [{ title: 'x'.repeat(300_000) }, /^card is larger than 256 kB/],
        [{ text: 'x'.repeat(300_000) }, /^card\.text is larger than 256 kB/],
    ] as const)
        it(`is refused: ${String(sentence).slice(2, 60)}`, () => refused(card, sentence));

    it('never shows in an error what a value says', async () => {
        const error = await read({ links: [{ label: 'A', url: 'javascript:alert("Ann Weaver")' }] }).catch(String);
        String(error).should.not.containEql('Ann');
    });
});

describe('the text of a card', () => {
    const blocks = async (text: string) => (await read({ text })).text;

    it('is Markdown', async () => {
        should(await blocks('# A\n\n**b** *i* ~~s~~ `c` [l](https://x.example)\nnext\n\n- one\n- two\n\n3. three')).eql(
            [
                { h: ['A'], level: 1 },
                {
                    p: [
                        ...[{ b: ['b'] }, ' ', { i: ['i'] }, ' ', { s: ['s'] }, ' ', { code: 'c' }, ' '],
                        ...[{ a: ['l'], url: 'https://x.example/' }, { br: true }, 'next'],
                    ],
                },
                { ul: [[{ p: ['one'] }], [{ p: ['two'] }]] },
                { ol: [[{ p: ['three'] }]], start: 3 },
            ],
        );
    });

    it('has tables, quotes, code, rules and ticked items', async () => {
        should(await blocks('> q\n\n```\n<b>\n```\n\n---\n\n|a|b|\n|-|-|\n|1|2|\n\n- [x] done')).eql([
            { quote: [{ p: ['q'] }] },
            { pre: '<b>' },
            { hr: true },
            { table: { head: [['a'], ['b']], rows: [[['1'], ['2']]] } },
            { ul: [[{ p: ['☑'] }, { p: ['done'] }]] },
        ]);
    });

    it('shows HTML as it was typed', async () => {
        should(await blocks('<script>alert(1)</script>')).eql([{ p: ['<script>alert(1)</script>'] }]);
        should(await blocks('a <b onclick=x>b</b> &lt;i&gt; &#39;')).eql([
            { p: ['a ', '<b onclick=x>', 'b', '</b>', " <i> '"] },
        ]);
    });

    it('has links that lead nowhere bad', async () => {
        should(await blocks('[a](javascript:alert(1)) ![p](https://x.example/p.png)')).eql([
            { p: ['a', ' ', { a: ['p'], url: 'https://x.example/p.png' }] },
        ]);
    });

    it('may be nested as deep as anybody likes', async () => {
        const card = await read({ text: '>'.repeat(20_000) }).catch((error: Error & { code?: string }) => error);
        if (card instanceof Error) should(card.code).equal('ERR_MISSIVE_INPUT');
    });
});

describe('the effects of a card', () => {
    const effect = async (given: unknown, maySend = false) => (await read({ effects: given }, maySend)).effects;

    it('take the names of the API and of missive.js', async () => {
        should(
            await effect([
                { do: 'create_task', title: 'Call' },
                { do: 'add_labels', ids: 'VIP' },
            ]),
        ).eql([
            { do: 'create_task', body: 'Call', completed: false },
            { do: 'add_labels', labels: ['VIP'] },
        ]);
        should(await effect({ do: 'assign', users: [] })).eql([{ do: 'assign', users: [] }]);
        should(
            await effect({ do: 'navigate', conversation: 'https://mail.missiveapp.com/#inbox/conversations/ab-1/x' }),
        ).eql([{ do: 'navigate', conversation: 'ab-1' }]);
    });

    it('make a draft of a reply, with harmless HTML', async () => {
        const expected = [
            {
                do: 'reply',
                deliver: false,
                mailto: {
                    subject: 'Re',
                    body: '<div>Hi</div>',
                    to_fields: [{ address: 'ann@x.example', name: 'Ann' }],
                },
            },
        ];
        const message = { subject: 'Re', body: '<p onclick=x>Hi<script>1</script>', to_fields: 'Ann <ann@x.example>' };
        should(await effect({ do: 'reply', ...message })).eql(expected);
        should(await effect({ do: 'reply', mailto: message })).eql(expected);
        should(await effect({ do: 'reply', text: 'a <b>\nc' })).eql([
            { do: 'reply', deliver: false, mailto: { body: '<div>a &lt;b&gt;</div><div>c</div>' } },
        ]);
    });

    it('send only where the node may', async () => {
        for (const given of [
            { effects: [{ do: 'reply', deliver: true }] },
            { buttons: [{ label: 'Send', effect: { do: 'compose', deliver: 'true' } }] },
        ]) {
            await refused(
                given,
                /^card\.(effects|buttons\[0\]\.effect)(\[0\])?\.deliver would send the message at once/,
            );
            should(JSON.stringify(await read(given, true))).containEql('"deliver":true');
        }
        await refused(
            { effects: [{ do: 'reply', mailto: { deliver: true } }] },
            /mailto\.deliver does not belong/,
            true,
        );
    });
});

describe('a form', () => {
    const fields = async (given: unknown) => (await read({ form: { fields: given } })).form?.fields;

    it('keeps a value that is none of the options', async () => {
        should(await fields([{ name: 'state', type: 'select', options: ['new', { value: 1 }], value: 'old' }])).match([
            {
                value: 'old',
                options: [
                    { value: 'old', label: 'old' },
                    { value: 'new', label: 'new' },
                    { value: '1', label: '1' },
                ],
            },
        ]);
    });

    it('has values of the kind that comes back', async () => {
        should(
            await fields([
                { name: 'n', type: 'number', value: '3' },
                { name: 'c', type: 'checkbox', value: 'true' },
                { name: 't', value: 5, label: 'T' },
            ]),
        ).eql([
            { name: 'n', type: 'number', label: 'n', required: false, value: 3 },
            { name: 'c', type: 'checkbox', label: 'c', required: false, value: true },
            { name: 't', type: 'text', label: 'T', required: false, value: '5' },
        ]);
        await refused(
            { form: { fields: [{ name: 'n', type: 'number', value: 'many' }] } },
            /fields\[0\]\.value must be a/,
        );
    });
});

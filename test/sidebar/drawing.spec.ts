import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import should from 'should';
import { Stage } from '../support/sidebar/stage';

const root = path.resolve(__dirname, '../..');
const evil = '<img src=x onerror="top.hacked=1"><script>top.hacked=1</script>';

/** A card with every part. */
const whole = {
    ...{ title: 'Order 4711', subtitle: 'Anna Weber, Lisbon', badge: { text: 'Paid', tone: 'good' } },
    text: [
        { p: ['A ', { b: ['good'] }, ' ', { i: ['customer'] }, { br: true }, { code: 'x = 1' }] },
        { h: ['History'], level: 1 },
        { ul: [[{ p: ['one'] }], [{ p: [{ a: ['two'], url: 'https://x.example/two' }] }]] },
        { ol: [[{ p: ['first'] }]], start: 3 },
        { quote: [{ p: ['said'] }] },
        { pre: 'a  b' },
        { hr: true },
        { table: { head: [['A'], ['B']], rows: [[['1'], [{ s: ['2'] }]]] } },
    ],
    rows: [
        { label: 'Number', value: '4711', copy: '4711' },
        { label: 'Status', value: 'Late', tone: 'bad' },
        { label: 'Tracking', value: 'On its way', url: 'https://x.example/t' },
    ],
    table: {
        columns: [
            { key: 'item', label: 'Item' },
            { key: 'price', label: 'Price' },
        ],
        rows: [
            { item: { text: 'Fork' }, price: { text: '120.00 €' } },
            { item: { text: 'Bell', url: 'https://x.example/b' }, price: { text: '9.00 €', tone: 'warning' } },
        ],
    },
    links: [{ label: 'Open in the shop', url: 'https://x.example/4711' }],
    buttons: [
        { label: 'Resend confirmation', action: 'resend', tone: 'neutral' },
        { label: 'Refund', action: 'refund', confirm: 'Pay 129.00 € back?', tone: 'bad' },
    ],
    form: {
        ...{ name: 'note', submit: 'Save note' },
        fields: [
            { name: 'text', type: 'textarea', label: 'Note', required: true, help: 'Only colleagues see it.' },
            { name: 'kind', type: 'select', label: 'Kind', options: [{ value: 'a', label: 'Complaint' }] },
            { name: 'call', type: 'checkbox', label: 'Call back' },
        ],
    },
};

describe('sidebar page: the card is drawn', function () {
    this.timeout(40_000);
    const stage = Stage.here();

    it('with every part, named for a screen reader', async () => {
        stage.endpoint.answer = () => ({ card: whole });
        const panel = await stage.open({ selected: 'c-mail' });
        await panel.card.waitFor();
        const { frame } = panel;
        const tree = await panel.card.ariaSnapshot();
        for (const each of [
            /article "Order 4711"/,
            /heading "Order 4711" \[level=2\]/,
            /text: Paid/,
            /strong: good/,
            /heading "History" \[level=3\]/,
            /link "two"/,
            /blockquote/,
            /term: Number/,
            /button "Copy Number"/,
            /link "On its way"/,
            /region "Order 4711"/,
            /columnheader "Item"/,
            /cell "120\.00 €"/,
            /link "Open in the shop"/,
            /textbox "Note \*"/,
            /combobox "Kind"/,
            /checkbox "Call back"/,
            /button "Save note"/,
            /button "Resend confirmation"/,
        ])
            should(tree).match(each);
        should(await frame.locator('ol').getAttribute('start')).equal('3');
        should(await frame.locator('.row.bad').innerText()).match(/Late/);
        await panel.shot('card-light');
        const light = await colours(panel);
        await panel.theme('dark');
        await frame.locator('html[data-theme="dark"]').waitFor();
        await panel.shot('card-dark');
        const dark = await colours(panel);
        for (const [n, colour] of light.entries()) should(dark[n]).be.a.String().and.not.equal(colour);
    });

    const colours = async (panel: Awaited<ReturnType<Stage['open']>>) => {
        const of = (selector: string) =>
            panel.inside(`getComputedStyle(document.querySelector('${selector}')).backgroundColor`);
        return [await of('body'), await of('.card'), await of('.badge')];
    };

    it('as text, whatever a customer has written', async () => {
        const hostile = JSON.parse(JSON.stringify(whole), (_, value) => (typeof value === 'string' ? evil : value));
        Object.assign(hostile, { image: { url: 'javascript:top.hacked=1', alt: evil } });
        hostile.links = [
            'javascript:top.hacked=1',
            ' java\nscript:top.hacked=1',
            'data:text/html,x',
            'vbscript:x',
            'file:///etc',
        ].map((url) => ({ label: `go ${url}`, url }));
        hostile.text = [
            { p: [evil, { a: [evil], url: 'javascript:top.hacked=1' }] },
            { script: evil },
            { p: [{ script: evil }] },
        ];
        stage.endpoint.answer = () => ({ card: hostile });
        const panel = await stage.open({ selected: 'c-hostile' });
        await panel.card.waitFor();
        should(await panel.frame.locator('.card :is(script, img, iframe, object, embed, style)').count()).equal(0);
        should(await panel.frame.locator('.card a').count()).equal(0);
        should(await panel.card.innerText()).containEql(evil);
        should(await panel.page.evaluate('window.hacked')).equal(undefined);
    });

    it('inside 340 px, however long the words; names keep their direction', async () => {
        const long = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(2);
        stage.endpoint.answer = () => ({
            card: {
                ...{
                    title: `ليلى الحداد`,
                    subtitle: long,
                    badge: { text: long, tone: 'warning' },
                    text: [{ p: [long] }],
                },
                rows: [{ label: long, value: long, copy: long }],
                table: {
                    columns: Array.from({ length: 6 }, (_, n) => ({ key: `k${n}`, label: long })),
                    rows: [{ k0: { text: long } }],
                },
                links: [{ label: long, url: 'https://x.example' }],
                buttons: [{ label: long, action: 'x' }],
                form: { name: 'f', submit: long, fields: [{ name: 'n', type: 'text', label: long }] },
            },
        });
        const panel = await stage.open({ selected: 'c-rtl' });
        await panel.card.waitFor();
        await panel.shot('long');
        const width = (name: string) => panel.inside(`document.documentElement.${name}`);
        should(await width('scrollWidth')).equal(await width('clientWidth'));
        const direction = panel.inside("getComputedStyle(document.querySelector('h2')).direction");
        should(await direction).equal('rtl');
    });

    it('in French', async () => {
        stage.endpoint.settings = { lang: 'fr' };
        stage.endpoint.answer = () => ({ late: 'Trop tard.' });
        const panel = await (await stage.open()).ready();
        await panel.frame.getByText('Ouvrez une conversation').waitFor();
        await panel.select('c-mail');
        await panel.frame.getByRole('button', { name: 'Réessayer' }).waitFor();
    });

    it('without a picture that is not there', async () => {
        stage.endpoint.answer = () => ({
            card: { title: 'Picture', image: { url: 'https://nowhere.example/x.png', alt: 'A fork' } },
        });
        const panel = await stage.open({ selected: 'c-mail' });
        await panel.title('Picture').waitFor();
        await panel.frame.locator('img').waitFor({ state: 'detached' });
    });
});

describe('sidebar page: its files', () => {
    const sources = path.join(root, 'src/sidebar');
    const texts = readdirSync(sources).map((file) => [file, readFileSync(path.join(sources, file), 'utf8')] as const);

    it('come to 40 kB at most, as shipped', () => {
        const sizes = ['page.js', 'page.css', 'card.css'].map(
            (file) => statSync(path.join(root, 'dist/src/sidebar', file)).size,
        );
        should(sizes.reduce((sum, size) => sum + size, 0)).be.below(38_500);
    });

    it('make nothing but text of a value', () => {
        const ways =
            /innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|srcdoc|createContextualFragment/;
        for (const [file, text] of texts) should(ways.test(text)).be.false(file);
    });

    it('say everything in both languages', async () => {
        const { words } = (await import(path.join(sources, 'words.js'))) as {
            words: Record<'en' | 'fr', Record<string, string>>;
        };
        should(Object.keys(words.fr)).eql(Object.keys(words.en));
        for (const [key, sentence] of Object.entries(words.en)) {
            should(words.fr[key]?.match(/\{\w+\}/g)).eql(sentence.match(/\{\w+\}/g), key);
            const used = texts.some(([file, text]) => file !== 'words.js' && text.includes(`'${key}'`));
            should(used).be.true(`${key} is said nowhere`);
        }
    });
});

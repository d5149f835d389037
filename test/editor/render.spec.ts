import should from 'should';
import { catalogueOf } from '../../src/editor/catalogue';
import { helpOf } from '../../src/editor/help';
import { htmlOf } from '../../src/editor/render';
import { textsOf, translated } from '../../src/editor/texts';
import { sourcesFor } from '../../src/editor/types';
import { words } from '../../src/editor/words';
import { statusTexts } from '../../src/missive/errors';
import {
    addresses,
    attachments,
    choice,
    flag,
    json,
    list,
    long,
    moment,
    number,
    pick,
    picks,
    text,
} from '../../src/missive/operations/fields';
import { parseMoment } from '../../src/missive/operations/moment';
import { type Operation, operation } from '../../src/missive/operations/operation';
import { currentVersion } from '../../src/runtime/migrations';
import { formIn, helpIn, keysIn, pageOf, scriptsIn, shownIn, textAt } from './page';

const declared = operation({
    type: 'missive-send-postcard',
    label: 'send postcard',
    summary: 'Sends a <small> postcard.',
    details: ['Say msg.payload.title first.'],
    icons: { weight: 'balance-scale' },
    resource: 'postcard',
    method: 'POST',
    path: '/postcards',
    envelope: 'postcards',
    fields: {
        title: text({ required: true, max: 10, label: 'Title', help: 'What it says.' }),
        body: long({ label: 'Body', help: '' }),
        weight: number({ label: 'Weight', help: 'In grams.' }),
        fast: flag({ label: 'Fast', help: 'By air.' }),
        state: choice(['todo', 'done'], { label: 'State', help: 'How far it is.' }),
        due_at: moment({ label: 'Due', help: 'When.' }),
        type: text({ label: 'Kind of card', help: 'Its name is taken.' }),
        labels: list({ section: 'more', label: 'Labels', help: 'Words.' }),
        to_fields: addresses({ section: 'more', label: 'To', help: 'Who.' }),
        extras: json({ section: 'more', label: 'Extras', help: 'Anything.' }, (value) => value),
        files: attachments({ section: 'more', label: 'Files', help: 'Pictures.' }),
        team: pick('team', { section: 'more', label: 'Team', help: 'Whose.' }),
        users: picks('user', { section: 'more', label: 'Users', help: 'Who else.' }),
    },
    sections: { more: 'More' },
    settings: { paper: { label: 'Paper', help: 'What it is made of.', choices: { thin: 'Thin', thick: 'Thick' } } },
    example: { input: { title: 'Hello' }, output: { id: '1' } },
}) as unknown as Operation;

const html = htmlOf(declared);
const english = catalogueOf(textsOf(declared), words['en-US']);
const open = () => pageOf(html, english, { good: { valid: true }, bad: { valid: false } });
const definitionOf = (page: ReturnType<typeof open>) => {
    const [entry] = page.registered;
    if (!entry) throw new Error('Nothing was registered');
    return entry.definition;
};

/** What the check of a field says of a stored value. */
function said(property: string, type: string, value: unknown): boolean | string | undefined {
    const page = open();
    const node = page.node({ [property]: value, [`${property}Type`]: type });
    return definitionOf(page).defaults[property]?.validate?.call(node, value, {});
}

/** Opens the dialog of a node. */
function edit(properties: Record<string, unknown>) {
    const page = open();
    const node = page.node(properties);
    const definition = definitionOf(page);
    for (const property of Object.keys(definition.defaults)) {
        const box = page.box(property);
        if (box) box.value = String(properties[property] ?? '');
    }
    definition.oneditprepare?.call(node);
    return { page, node, definition };
}

describe('editor: the form of an operation', () => {
    it('registers its own type, by a literal name in an inline script', () => {
        open()
            .registered.map(({ type }) => type)
            .should.eql(['missive-send-postcard']);
        should(scriptsIn(html)[0]).match(/RED\.nodes\.registerType\('missive-send-postcard', \{/);
        html.should.not.match(/<script[^>]* src=/);
    });

    it('has two properties for each field, of which a new node has none: its fields are its own rows', () => {
        const { defaults } = definitionOf(open());
        should(defaults.fields?.value).equal('rows');
        for (const property of ['title', 'titleType'])
            should(defaults[property]).be.an.Object().and.not.have.property('value');
        should(defaults.version?.value).equal(currentVersion);
        should(defaults.account?.type).equal('missive-config');
        should(defaults.paper?.value).equal('thin');
    });

    it('stores a field under another name where Node-RED has taken its own', () => {
        const { defaults } = definitionOf(open());
        should(defaults).have.properties(['postcard_type', 'postcard_typeType']);
        should('type' in defaults).be.false();
    });

    it('edits only what it stores, and stores only what it edits', () => {
        const { defaults } = definitionOf(open());
        shownIn(html)
            .sort()
            .should.eql(
                Object.keys(defaults)
                    .filter((each) => each !== 'version')
                    .sort(),
            );
    });

    it('shows name, account, settings, fields, then sections', () => {
        const places = [
            'input-name',
            'input-account',
            'input-paper',
            'input-title',
            'data-section="more"',
            'input-labels',
        ].map((each) => formIn(html).indexOf(each));
        places.should.eql([...places].sort((a, b) => a - b));
        should(Math.min(...places)).be.above(0);
        formIn(html).should.match(/fa-balance-scale/);
    });

    it('finds each of its words in the catalogue', () => {
        for (const key of keysIn(html)) should(textAt(english, key)).be.a.String();
    });

    it('offers every field the message, the context, an expression, the environment and "not set"', () => {
        for (const { kind } of Object.values(declared.fields))
            sourcesFor(kind).should.containDeep(['msg', 'flow', 'global', 'jsonata', 'env', 'none']);
        sourcesFor('attachments').should.not.containEql('str');
    });
});

describe('editor: the checks', () => {
    const wrong: [string, string, unknown, RegExp][] = [
        ['title', 'str', ' ', /^Title is required, but not set\.$/],
        ['title', 'none', '', /^Title is required/],
        ['title', 'msg', '', /^Title is required/],
        ['title', 'str', 'A long title', /^Title is 12 characters long, and Missive takes 10 at most\.$/],
        ['title', 'msg', 'payload..x', /^Title has a path that cannot be read: Invalid/],
        ['title', 'flow', '#:(disk)::a b', /^Title has a path/],
        ['title', 'jsonata', '((', /^Title is not a valid expression: Expected/],
        ['weight', 'num', 'heavy', /^Weight is not a number\.$/],
        ['fast', 'bool', 'maybe', /^Fast should be true or false\.$/],
        ['state', 'str', 'late', /^State should be one of: todo, done\.$/],
        ['due_at', 'str', '2026-02-30', /^Due is not a date/],
        ['due_at', 'num', '20261201', /^Due is not a date/],
        ['extras', 'json', '{', /^Extras is not valid JSON: /],
    ];
    for (const [property, type, value, sentence] of wrong)
        it(`refuses ${property} as ${type} ${JSON.stringify(value)}, with the field and the reason`, () => {
            should(said(property, type, value)).match(sentence);
        });

    const right: [string, string, unknown][] = [
        ['title', 'msg', 'payload.title'],
        // biome-ignore lint/suspicious/noTemplateCurlyInString: how Node-RED writes an environment variable.
        ['title', 'str', '${TITLE_OF_TODAY}'],
        ['title', 'global', '#:(disk)::title'],
        ['body', 'msg', ''],
        ['body', 'none', ''],
        ['weight', 'num', '-1.5e3'],
        ['fast', 'bool', 'false'],
        ['fast', 'bool', ''],
        ['state', 'str', 'done'],
        ['due_at', 'date', ''],
        ['due_at', 'str', '1767712044'],
        ['extras', 'json', '{"a": [1]}'],
        ['team', 'pick', 'an id'],
        ['title', 'env', 'TITLE'],
    ];
    for (const [property, type, value] of right)
        it(`takes ${property} as ${type} ${JSON.stringify(value)}`, () =>
            should(said(property, type, value)).be.true());

    it('takes for a date what the runtime takes for one', () => {
        const dates = [
            '2026-12-01',
            '2026-12-01T09:00:00Z',
            '2026-12-01 09:00',
            '2024-02-29',
            '2026-02-30',
            '2026-13-01',
            '2026-12-01T25:00Z',
            'order 5',
            'tomorrow',
            '12/01/2026',
            '1767712044',
            '-5',
            '20261201',
            '2026',
            '1767712044000',
            '176771204400',
            '2026-12-01 9:00',
            '2026-12-01 09:00:00 UTC',
            '2026-12-01T09:00:00+15:00',
            'in 2 hours',
            'in two hours',
            'tomorrow 9:00',
            'Tomorrow at 9 pm',
            'tomorrow 9',
            'tomorrow 13 pm',
            'next Monday',
            'Monday',
            'Mon, 31 Nov 2026 10:00:00 +0000',
            'Mon, 01 Dec 2026 10:00:00 +0000',
            'Tue, 24 Nov 2026 05:36:02 +0100',
            'Tue Nov 24 2026 05:36:02 GMT+0100 (CET)',
        ];
        const byRuntime = dates.filter((date) => {
            try {
                return Number.isFinite(parseMoment(date));
            } catch {
                return false;
            }
        });
        dates.filter((date) => said('due_at', 'str', date) === true).should.eql(byRuntime);
    });

    it('says which account is missing, gone or not valid', () => {
        const page = open();
        const check = (id: string) => definitionOf(page).defaults.account?.validate?.call(page.node({}), id, {});
        should(check('')).match(/^Account: choose/);
        should(check('_ADD_')).match(/^Account: choose/);
        should(check('gone')).match(/^Account: .* no longer exists/);
        should(check('bad')).match(/^Account: .* not valid/);
        should(check('good')).be.true();
    });

    it('finds nothing wrong with a node that names only its type and account', () => {
        const page = open();
        const node = page.node({ account: 'good' });
        for (const { validate } of Object.values(definitionOf(page).defaults).filter(({ type }) => !type))
            if (validate) should(validate.call(node, undefined, {})).be.true();
    });
});

describe('editor: the dialog', () => {
    it('shows what is stored nowhere as the payload’s, and leaves it out again when it was not touched', () => {
        const { page, node, definition } = edit({ account: 'good' });
        should(page.box('title')?.value).equal('payload.title');
        should(page.box('titleType')?.value).equal('msg');
        should(page.box('paper')?.value).equal('thin');
        page.change('body', 'payload.text');
        definition.oneditsave?.call(node);
        should(page.box('title')).be.undefined();
        should(page.box('paper')).be.undefined();
        should(page.box('body')?.value).equal('payload.text');
        should(page.box('bodyType')?.value).equal('msg');
    });

    it('shows a value without a type as what it is', () => {
        const { page } = edit({ fast: true, weight: 5, labels: ['a'], team: 'an id', title: 'Hi' });
        const shown = (property: string) => [page.box(`${property}Type`)?.value, page.box(property)?.value];
        shown('fast').should.eql(['bool', 'true']);
        shown('weight').should.eql(['num', '5']);
        shown('labels').should.eql(['json', '["a"]']);
        shown('team').should.eql(['pick', 'an id']);
        shown('title').should.eql(['str', 'Hi']);
    });

    it('keeps line breaks', () => {
        const { page } = edit({ body: 'one\ntwo', bodyType: 'str' });
        should(page.box('body')?.value).equal('one\ntwo');
    });

    it('does not fill in a blank choice, and keeps one that it does not know', () => {
        const { page } = edit({ state: '', stateType: 'str', fast: '', fastType: 'bool' });
        should(page.box('stateType')?.value).equal('none');
        should(page.box('fastType')?.value).equal('none');
        const menu = edit({ state: 'late', stateType: 'str' }).page.box('state')?.menu?.[1];
        should(typeof menu === 'object' && menu.options?.map(({ value }) => value).join()).equal('todo,done,late');
    });

    it('keeps a type that its menu does not have', () => {
        const { page } = edit({ team: 'an id', teamType: 'str' });
        should(page.box('teamType')?.value).equal('str');
        should(page.box('team')?.menu).containEql('str');
    });

    it('opens a section in which something is set, and says how much', () => {
        edit({})
            .page.sections.map(({ open }) => open)
            .should.eql([false]);
        const { page } = edit({ labels: 'a, b', labelsType: 'str', team: '', teamType: 'none' });
        const [section] = page.sections;
        should(section?.open).be.true();
        should(section?.count.said).equal('1 set');
        page.change('files', 'payload.pictures');
        should(section?.count.said).equal('2 set');
    });

    it('says below a row what is wrong with it, and beside the section that something is', () => {
        const { page } = edit({ account: 'good', extras: '{', extrasType: 'json' });
        should(page.wrong('extras')).match(/^Extras is not valid JSON/);
        should(page.sections[0]?.count.said).equal('to be corrected');
        page.change('extras', '{}');
        should(page.wrong('extras')).equal('');
    });

    it('checks the open dialog by its own types, and other nodes by theirs', () => {
        const { page, node, definition } = edit({ title: 'payload.title', titleType: 'msg' });
        page.change('titleType', 'str');
        page.change('title', 'A long title');
        const check = (of: object) => definition.defaults.title?.validate?.call(of, 'A long title', {});
        should(check(node)).match(/^Title is 12/);
        should(check(page.node({ title: 'payload.title', titleType: 'msg' }))).be.true();
        definition.oneditcancel?.call(node);
        should(check(node)).be.true();
    });
});

describe('editor: words', () => {
    const texts = textsOf(declared);

    it('names what a translation lacks, leaves blank or has too much', () => {
        const { title, ...others } = texts.fields;
        should(title).be.an.Object();
        const translation = { ...texts, summary: ' ', fields: { ...others, colour: title } };
        (() => translated(declared, translation)).should.throw(
            'The translation of missive-send-postcard has no summary; no fields.title; an unknown fields.colour',
        );
        translated(declared, structuredClone(texts)).should.eql(texts);
    });

    it('has every text of a status at the top of each catalogue', () => {
        for (const each of Object.values(words)) {
            const catalogue = catalogueOf(texts, each);
            for (const status of [...Object.values(statusTexts), 'sending', 'failed'])
                should(catalogue[status]).be.a.String();
        }
    });

    it('fills the same gaps in every language', () => {
        const gaps = (value: unknown): unknown =>
            typeof value === 'string'
                ? [...new Set(value.match(/__\w+__/g))].sort()
                : Object.fromEntries(Object.entries(value as object).map(([key, each]) => [key, gaps(each)]));
        should(gaps(words.fr)).eql(gaps(words['en-US']));
    });

    it('writes help: the summary first, each field with its rules, an example', () => {
        const help = helpIn(htmlOf(declared), helpOf(declared, texts), catalogueOf(texts, words['en-US']));
        help.should.startWith(
            '<script type="text/html" data-help-name="missive-send-postcard">\n    <p>Sends a &#60;small&#62; postcard.</p>',
        );
        help.should.match(/<code>msg\.payload\.title<\/code> first/);
        help.should.match(
            /<dt>payload\.title <span class="property-type">text<\/span><\/dt>\s*<dd><b>Title<\/b> – What it says\. Required\. At most 10 characters\.<\/dd>/,
        );
        help.should.match(/<dt class="optional">payload\.type /);
        help.should.match(/One of: <code>todo<\/code>, <code>done<\/code>\./);
        help.should.match(/<h4>More<\/h4>/);
        help.should.match(/<dt>Paper<\/dt>\s*<dd>.*Thin \(default\) · Thick/);
        help.should.match(/&#34;title&#34;: &#34;Hello&#34;/);
        help.should.not.match(/AMBIGUOUS/);
    });
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import should from 'should';
import { type Declaration, operationOf, propertiesOf, storedSettingsOf } from '../../src/missive/operations/family';
import { currentVersion } from '../../src/runtime/migrations';
import { browserOrSkip } from '../support/browser';
import { Editor } from '../support/editor';
import { type NodeRed, startNodeRed } from '../support/node-red';

const root = path.resolve(__dirname, '../..');
const shipped = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))['node-red'].nodes as object;
const types = Object.keys(shipped).filter((type) => type !== 'missive-config');
/** The nodes whose forms are derived, by type. */
const declared: Record<string, Declaration> = Object.fromEntries(
    types.flatMap((type) => {
        const { operation } = require(path.join(root, 'nodes', type)).default ?? {};
        return operation ? [[type, operation]] : [];
    }),
);
/** Those that are put onto the canvas with the mouse: one of each make. */
const dragged = [
    ...['missive-webhook-in', 'missive-webhook-done', 'missive-create-draft', 'missive-upsert-contact'],
    ...['missive-create-task', 'missive-list'],
];

type Stored = Record<string, unknown> & { id: string; type: string };

/** What a node of an operation is stored as when nobody has touched its rows: its settings, and what it starts with. */
const untouched = (type: string, account: string) => {
    const op = declared[type] as Declaration;
    const settings = Object.entries(storedSettingsOf(op)).map(([key, { choices }]) => [key, Object.keys(choices)[0]]);
    const starting = propertiesOf(op).flatMap(({ property, field: { starts, kind } }) =>
        starts === undefined
            ? []
            : [
                  [property, String(starts)],
                  [`${property}Type`, kind === 'flag' ? 'bool' : 'str'],
              ],
    );
    return {
        ...{ type, name: '', account, fields: 'rows', version: currentVersion },
        ...Object.fromEntries([...settings, ...starting]),
    };
};

/** What a dragged webhook-in holds: of its rule's parameters none is set. */
const webhook = (account: string) => ({
    ...{
        type: 'missive-webhook-in',
        name: '',
        account,
        path: 'from/hand',
        events: ['incoming_email'],
        secured: false,
        mode: 'rule',
        url: '',
    },
    ...{ hook_type: 'incoming_email', hook_typeType: 'str', answer: 'received', keep: false, version: currentVersion },
    ...Object.fromEntries(
        [
            ...['organization', 'subject_contains', 'from_eq', 'content_contains', 'content_starts_with'],
            ...['content_ends_with', 'is_task', 'author', 'mention'],
        ].flatMap((name) => [
            [name, ''],
            [`${name}Type`, 'none'],
        ]),
    ),
    ...{ organizations: '', teams: '', labels: '', senders: '' },
    ...{ withBody: false, changes: false, backfill: false, rounds: 10 },
});

/** Without where a node lies and what it is wired to. */
const own = ({ id, z, x, y, wires, ...rest }: Stored) => rest;

describe('the nodes in the editor', function () {
    this.timeout(180_000);
    let nodeRed: NodeRed;
    let editor: Editor;
    let browser: Browser;
    const ids: Record<string, string> = {};
    const id = (type: string): string => ids[type] ?? 'not dragged';

    const stored = async (type: string) =>
        ((await nodeRed.flows()) as Stored[]).find((node) => node.id === ids[type]) as Stored;
    before(async function () {
        browser = await browserOrSkip.call(this);
        nodeRed = await startNodeRed({
            // Nobody answers there: the menus have nothing to show, and ids are typed.
            env: { MISSIVE_API_BASE_URL: 'http://127.0.0.1:9/v1' },
            flows: [
                { id: 'by-hand', type: 'tab', label: 'by hand' },
                {
                    ...{ id: 'hand-acc', type: 'missive-config', name: 'By hand', connection: 'sandbox' },
                    organization: 'Harbor Bikes',
                },
                ...types.map((type, place) => ({
                    ...{ id: `hand-${type}`, z: 'by-hand', x: place % 2 ? 450 : 200, y: 60 + 30 * place, wires: [[]] },
                    ...{ type, account: 'hand-acc' },
                    ...(/-in$/.test(type) && { path: `by/hand/${place}` }),
                })),
            ],
        });
        editor = await Editor.open(browser, nodeRed.adminUrl);
    });
    after(async () => {
        await browser?.close();
        await nodeRed?.stop();
    });
    afterEach(async () => {
        await editor?.closeDialogs();
        should(editor?.errors ?? []).be.empty();
    });

    it('opens and closes nodes that name their type and account only without a change', async function () {
        this.timeout(120_000);
        for (const type of types) {
            await editor.edit(`hand-${type}`);
            // What a request and a search need is asked for; it is not put in by the dialog.
            should(await editor.invalid()).eql([], type);
            await editor.done();
            should(await editor.dirty()).equal(false, type);
        }
        await editor.edit('hand-missive-create-task');
        await editor.editConfig();
        // A name that is stored is not written over with its id when the list comes.
        await editor.page.locator('.missive-chip[title*="7c1e0f52"]').waitFor();
        await editor.saveConfig();
        await editor.cancel();
        should(await editor.dirty()).be.false();
    });

    it('lie in the palette under Missive, with the icon on the colour', async () => {
        const category = editor.page.locator('#red-ui-palette-Missive, #red-ui-palette-container-Missive').first();
        should(await category.locator('.red-ui-palette-header').innerText()).containEql('Missive');
        // As text: the tests are type-checked without a browser's types.
        const looks: { type: string; label: string; colour: string; icon: string }[] = await editor.page.evaluate(`
            [...document.querySelectorAll('.red-ui-palette-node[data-palette-type^="missive-"]')].map((node) => ({
                type: node.dataset.paletteType,
                label: node.querySelector('.red-ui-palette-label').textContent,
                colour: getComputedStyle(node).backgroundColor,
                icon: node.querySelector('.red-ui-palette-icon').style.backgroundImage,
            }))`);
        should(await category.locator('.red-ui-palette-node').count()).equal(types.length);
        should(looks.map(({ type }) => type).sort()).eql([...types].sort());
        for (const { colour, icon, label } of looks) {
            should(colour).equal('rgb(124, 159, 214)');
            should(label).match(/^[a-z ]+( Missive)?$/);
            const file = /url\("?([^")]+)/.exec(icon)?.[1] ?? 'no icon';
            should((await fetch(new URL(file, `${nodeRed.adminUrl}/`))).status).equal(200);
        }
    });

    it('come onto the canvas with the mouse', async () => {
        await editor.page
            .locator(
                '#red-ui-workspace .red-ui-tab-button.red-ui-tabs-add a, #red-ui-header .red-ui-tab-button.red-ui-tabs-add a',
            )
            .first()
            .click();
        await editor.page.waitForFunction(`RED.workspaces.active() !== 'by-hand'`);
        for (const [place, type] of dragged.entries()) ids[type] = await editor.drag(type, 250, 80 + 70 * place);
        for (const type of dragged) should(await editor.property(id(type), 'type')).equal(type);
        // There is one account: they have it from the start.
        for (const type of dragged.filter((each) => !/done/.test(each)))
            should(await editor.property(id(type), 'account')).equal('hand-acc');
        should((await editor.complaints(id('missive-create-task'))).join()).match(/^Title is required/);
    });

    it('make their account with the add button, its token a credential', async () => {
        await editor.edit(id('missive-create-task'));
        await editor.addConfig();
        await editor.field('name').fill('Harbor Bikes');
        await editor.field('token').fill('missive_pat-typed-by-hand');
        await editor.pick('organization', '7c1e0f52-886f-4e3d-af67-614f41edf1df');
        await editor.saveConfig();
        await editor.done();
        const made = await editor.property(id('missive-create-task'), 'account');
        for (const type of dragged.filter((each) => !/task|done/.test(each))) {
            await editor.edit(id(type));
            await editor.field('account').selectOption(String(made));
            if (type === 'missive-webhook-in') await editor.field('path').fill('from/hand');
            await editor.done();
        }
        const needs = ['missive-create-task', 'missive-upsert-contact'];
        for (const type of dragged.filter((each) => !needs.includes(each)))
            should(await editor.complaints(id(type))).be.empty();
        await editor.deploy({ anyway: true });

        const flows = (await nodeRed.flows()) as Stored[];
        const config = flows.find(({ name }) => name === 'Harbor Bikes') as Stored;
        should(config.id).equal(made);
        should({ url: '', maxWait: '', ...own(config) }).eql({
            ...{ type: 'missive-config', name: 'Harbor Bikes', connection: 'missive', url: '' },
            ...{ organization: '7c1e0f52-886f-4e3d-af67-614f41edf1df', maxQueue: 10000, maxWait: '' },
            ...{ policy: 'balanced', redis: '', instances: '', from: '', country: '', files: '', dry: false },
            ...{ send_to: '', send_per_hour: '', send_per_day: '', maxBytes: '' },
            ...{ tell: 'none', tell_conversation: '', tell_team: '' },
            version: currentVersion,
        });
        should(JSON.stringify(flows)).not.containEql('typed-by-hand');
        const credentials = await (await fetch(`${nodeRed.adminUrl}/credentials/missive-config/${made}`)).json();
        should(credentials).match({ has_token: true });
        should(JSON.stringify(credentials)).not.containEql('typed-by-hand');
    });

    it('are stored as the contract says, and a dialog that is opened and closed changes nothing', async () => {
        const made = String(await editor.property(id('missive-create-task'), 'account'));
        for (const type of dragged.filter((each) => declared[each]))
            should(own(await stored(type))).eql(untouched(type, made));
        should(own(await stored('missive-webhook-in'))).eql(webhook(made));
        should(own(await stored('missive-webhook-done'))).eql({
            ...{ type: 'missive-webhook-done', name: '', account: '', outcome: 'done', outcomeType: 'str' },
            version: currentVersion,
        });
        for (const type of ['missive-webhook-in', 'missive-create-draft']) {
            await editor.edit(id(type));
            if (type === 'missive-create-draft') {
                await editor.editConfig();
                await editor.saveConfig();
            }
            await editor.done();
            should(await editor.property(id(type), 'changed')).not.be.ok();
        }
        should(await editor.dirty()).be.false();
    });

    it('open a section by mouse and by keyboard, where the fields come from the payload', async () => {
        await editor.showFlow('by hand');
        await editor.edit('hand-missive-create-draft');
        const row = editor.page.locator('label[for="node-input-send_at"]');
        const summary = editor.page.locator('[data-section="sending"] > summary');
        await row.waitFor({ state: 'hidden' });
        await summary.click();
        await row.waitFor();
        await summary.click();
        await row.waitFor({ state: 'hidden' });
        await summary.focus();
        await editor.page.keyboard.press('Enter');
        await row.waitFor();
        await editor.cancel();
        await editor.page.evaluate(`RED.view.reveal('${id('missive-create-task')}')`);
    });

    it('take text, an expression, a choice, true or false, and store these rows alone', async () => {
        const type = 'missive-create-task';
        const before = own(await stored(type));
        await editor.edit(id(type));
        await editor.field('name').fill('call back');
        await editor.typedInput('title').set('jsonata', '"Call " & payload.name');
        await editor.typedInput('description').set('str', 'Ask for the frame number');
        await editor.typedInput('team').set('pick', '1f0a5c3e-b3c3-4696-a022-3f99b58b0d61');
        await editor.typedInput('due_at').set('str', '2026-12-01T09:00:00Z');
        await editor.typedInput('state').set('str', 'in_progress');
        await editor.typedInput('subtask').set('bool', 'true');
        await editor.typedInput('conversation').set('flow', 'current');
        await editor.typedInput('references').set('json', '["a@b"]');
        should(await editor.invalid()).be.empty();
        await editor.done();
        await editor.deploy({ anyway: true });
        const after = {
            ...before,
            ...{ name: 'call back', title: '"Call " & payload.name', titleType: 'jsonata' },
            ...{ description: 'Ask for the frame number', descriptionType: 'str' },
            ...{ team: '1f0a5c3e-b3c3-4696-a022-3f99b58b0d61', teamType: 'pick' },
            ...{ due_at: '2026-12-01T09:00:00Z', due_atType: 'str', state: 'in_progress', stateType: 'str' },
            ...{ subtask: 'true', subtaskType: 'bool', conversation: 'current', conversationType: 'flow' },
            ...{ references: '["a@b"]', referencesType: 'json' },
        };
        should(own(await stored(type))).eql(after);
        await editor.edit(id(type));
        await editor.page.locator('label[for="node-input-subtask"]').waitFor();
        should(await editor.typedInput('state').value()).equal('in_progress');
        await editor.done();
        should(await editor.dirty()).be.false();
        // A row that is taken off is not stored any more.
        await editor.edit(id(type));
        await editor.page.locator('[data-row="references"] .missive-off').click();
        await editor.page.locator('[data-row="references"]').waitFor({ state: 'hidden' });
        await editor.done();
        await editor.deploy({ anyway: true });
        const { references: _, referencesType: __, ...rest } = after;
        should(own(await stored(type))).eql(rest);
    });

    it('switch between rows of their own and msg.payload, and back without a change', async () => {
        const type = 'missive-create-task';
        const before = own(await stored(type));
        await editor.edit(id(type));
        await editor.field('fields').selectOption('payload');
        should(await editor.typedInput('assignees').value()).equal('payload.assignees');
        should(await editor.typedInput('description').value()).equal('Ask for the frame number');
        await editor.field('fields').selectOption('rows');
        await editor.page.locator('[data-row="references"]').waitFor({ state: 'hidden' });
        await editor.done();
        should(await editor.dirty()).be.false();
        should(own(await stored(type))).eql(before);
    });

    it('say which field is wrong and why', async () => {
        const wrong = {
            'missive-create-task': [
                ['title', 'jsonata', '"open', /Title\b.*expression/],
                ['title', 'none', undefined, /Title\b.*required/],
                ['due_at', 'str', '30 February', /Due\b.*date/],
                ['due_at', 'num', 'soon', /Due\b.*number/],
                ['assignees', 'json', '[1,', /Assignees\b.*JSON/],
                ['organization', 'msg', 'payload.[', /Organization\b.*path/],
            ],
            'missive-upsert-contact': [['contact_book', 'none', undefined, /Contact book\b.*required/]],
        } as const;
        for (const [type, rows] of Object.entries(wrong)) {
            await editor.edit(id(type));
            for (const [property, source, value, sentence] of rows) {
                await editor.typedInput(property).set(source, value);
                should(await editor.page.locator(`#missive-wrong-${property}`).innerText()).match(sentence);
            }
            const properties = [...new Set(rows.map(([property]) => property))];
            await editor.done();
            const complaints = await editor.complaints(id(type));
            // Of each field the last that was entered.
            should(complaints).have.length(properties.length);
            for (const property of properties) {
                const sentence = rows.findLast((row) => row[0] === property)?.[3] ?? /never/;
                should(complaints.join('\n')).match(sentence);
            }
            await editor.page.locator(`[id="${id(type)}"] .red-ui-flow-node-error`).waitFor();
        }
        await editor.edit(id('missive-webhook-in'));
        await editor.field('path').fill('');
        await editor.done();
        should((await editor.complaints(id('missive-webhook-in'))).join()).match(/path/i);
        await should(editor.deploy()).be.rejectedWith(/asks before it deploys/);
    });

    it('explain themselves in the help sidebar', async () => {
        for (const [type, op] of Object.entries(declared)) {
            const help = await editor.help(type);
            should(help).containEql(op.summary);
            for (const { label } of Object.values(operationOf(op, undefined).fields)) should(help).containEql(label);
        }
        should(await editor.help('missive-webhook-in')).match(/signature/);
        should(await editor.help('missive-config')).match(/token/);
    });
});

import { type Declaration, propertiesOf, storedSettingsOf } from '../missive/operations/family';
import { currentVersion } from '../runtime/migrations';
import { type DescribedRow, formRowsOf, rowsOf } from './described';
import { type Form, isTyped, type Row } from './form';
import { examplesOf, toldBy } from './help';
import { inline, literal } from './source-text';

/** What is told apart in the registrations of two nodes. */
interface Registration {
    readonly type: string;
    readonly config?: boolean;
    /** Its icon on the canvas; `ownSign`: where the node's own script knows a better one. */
    readonly sign?: string;
    readonly ownSign?: boolean;
    /** Whether the canvas says a verb before the kind of things, and the output has a label. */
    readonly verb?: boolean;
    readonly gives?: boolean;
    readonly readsPayload?: boolean;
    /** What it adds to `msg.missive`. */
    readonly tells?: readonly string[];
    /** Ways into what a form declared by itself sends. */
    readonly brings?: readonly string[];
    readonly button?: true;
    readonly inputs: number;
    readonly outputs: number;
    readonly rows: readonly (readonly [string, DescribedRow])[];
    readonly sections: readonly string[];
    readonly account: Form['account'];
    /** Lines of the object `defaults`. */
    readonly defaults: readonly string[];
    /** By name: whether the dialog may show it again. */
    readonly credentials: Readonly<Record<string, boolean>>;
    readonly lists?: Form['lists'];
    /** Whether the form asks where the fields come from. */
    readonly choosesFields?: boolean;
    /** What goes in and what comes out, for the help. */
    readonly examples?: readonly Readonly<Record<string, unknown>>[];
}

/** The html that Node-RED pairs with an operation's module: its rows and its registration. Its words are in the catalogues. */
export const htmlOf = (op: Declaration): string =>
    registration({
        type: op.type,
        ...(op.sign && { sign: op.sign }),
        ...{ verb: 'verb' in op, gives: op.gives !== undefined },
        ownSign: op.type === 'missive-create-draft',
        ...{ inputs: 1, outputs: 1, account: 'required', credentials: {} },
        rows: rowsOf(op),
        sections: Object.keys(op.sections ?? {}),
        choosesFields: propertiesOf(op).length > 0,
        examples: examplesOf(op),
        tells: toldBy(op),
        defaults: [
            ...(propertiesOf(op).length > 0 ? ["fields: { value: 'rows' },"] : []),
            ...Object.entries(storedSettingsOf(op)).map(
                ([key, { choices }]) => `${key}: { value: ${inline(Object.keys(choices)[0] ?? '')} },`,
            ),
            ...fieldDefaults(op),
        ],
    });

/** Fields that a new node leaves out are named together. */
function fieldDefaults(op: Declaration): string[] {
    const lines: string[] = [];
    let names: string[] = [];
    const close = () => {
        if (names.length > 0) lines.push(`...fields(${names.map(inline).join(', ')}),`);
        names = [];
    };
    for (const { property, field } of propertiesOf(op)) {
        const { starts, kind } = field;
        if (starts === undefined) names.push(property);
        else {
            close();
            lines.push(
                `${property}: { value: ${inline(String(starts))}, validate: check('${property}') },`,
                `${property}Type: { value: '${kind === 'flag' ? 'bool' : 'str'}' },`,
            );
        }
    }
    close();
    return lines;
}

/** The same of a form that is declared by itself. */
export const formHtmlOf = (form: Form): string => {
    const rows = Object.entries(form.rows);
    return registration({
        type: form.type,
        ...{
            config: form.config === true,
            inputs: form.inputs ?? 0,
            outputs: form.outputs ?? 0,
            account: form.account,
        },
        rows: formRowsOf(form),
        sections: Object.keys(form.sections ?? {}),
        ...(form.lists && { lists: form.lists }),
        defaults: rows.flatMap(([property, row]) => defaultsOf(property, row)),
        ...(form.sign && { sign: form.sign }),
        ...{ verb: form.verb !== undefined, gives: form.gives !== undefined },
        ...(form.readsPayload && { readsPayload: true }),
        ...(form.brings && { brings: form.brings }),
        ...(form.button && { button: true }),
        credentials: Object.fromEntries(
            rows.flatMap(([property, row]) =>
                row.draw === 'secret' ? [[property, row.readable === true] as const] : [],
            ),
        ),
    });
};

function defaultsOf(property: string, row: Row): string[] {
    if (isTyped(row))
        return [
            `${property}: { value: ${inline(row.initial.value)}, validate: check('${property}') },`,
            `${property}Type: { value: ${inline(row.initial.type)} },`,
        ];
    if (row.draw === 'secret') return [];
    if (row.draw === 'own') return row.stored === undefined ? [] : [`${property}: { value: ${inline(row.stored)} },`];
    if (row.rows) return [];
    const value = inline(row.initial ?? Object.keys(row.choices ?? {})[0] ?? '');
    const validate = row.check === undefined ? '' : `, validate: check('${property}')`;
    return [`${property}: { value: ${value}${validate} },`];
}

const accounts: Readonly<Record<Form['account'], readonly string[]>> = {
    required: ["account: { value: '', type: 'missive-config', validate: check('account') },"],
    optional: ["account: { value: '', type: 'missive-config', required: false },"],
    hidden: ["account: { value: '', type: 'missive-config', required: false },"],
    none: [],
};

const registration = (
    node: Registration,
): string => `<script type="text/html" data-template-name="${node.type}"></script>

<script type="text/javascript">
(() => {
    // The plugin of the package draws and checks these rows. Where it is not there yet, it takes them as soon as it is.
    const form = {
        ${factsOf(node)}
        rows: ${literal(node.rows, 8)},
${node.examples ? `        examples: [\n${node.examples.map((each) => `            ${inline(each)},\n`).join('')}        ],\n` : ''}    };
    RED.missive ??= {};
    RED.missive.forms ??= [];
    RED.missive.forms.push(form);
${node.config ? fetching : ''}
    /** Node-RED counts the parameters of a check: with two it may answer with a sentence. */
    const check = (property) =>
        function (value, _options) {
            return form.check?.(this, property, value) ?? true;
        };
${node.defaults.some((line) => line.startsWith('...')) ? stored : ''}
    RED.nodes.registerType('${node.type}', {
        category: '${node.config ? 'config' : 'Missive'}',
        color: '#7C9FD6',
        ${iconOf(node)},
${node.config ? '' : `        inputs: ${node.inputs},\n        outputs: ${node.outputs},\n`}        defaults: {
${["name: { value: '' },", ...accounts[node.account], ...node.defaults, `version: { value: ${currentVersion} },`].map((line) => `            ${line}`).join('\n')}
        },
${credentialsOf(node.credentials)}        paletteLabel() {
            return this._('label');
        },
        label() {
            return form.label?.(this) ?? (this.name || this._('label'));
        },
${node.gives ? outputLabel : ''}        labelStyle() {
            return this.name ? 'node_label_italic' : '';
        },
        onadd() {
            form.add?.(this);
        },
${node.button ? button : ''}        oneditprepare() {
            form.open?.(this);
        },
        oneditsave() {
            form.save?.(this);
        },
        oneditcancel() {
            form.close?.();
        },
        oneditdelete() {
            form.close?.();
        },
    });
})();
</script>
`;

const outputLabel = `        outputLabels() {
            return this._('gives');
        },
`;

/** Node-RED asks the palette's entry, too, which is no node. */
const iconOf = ({ sign = 'missive.svg', ownSign }: Registration): string =>
    ownSign
        ? `icon() {
            return form.icon?.(this) ?? '${sign}';
        }`
        : `icon: '${sign}'`;

const button = `        button: {
            enabled() {
                return !this.changed && RED.user.hasPermission('missive-config.write');
            },
            onclick() {
                RED.missive.runHook?.(this);
            },
        },
`;

const stored = `
    /** A field is stored as two properties: its value, and where that comes from. */
    const fields = (...names) =>
        Object.fromEntries(names.flatMap((name) => [[name, { validate: check(name) }], [\`\${name}Type\`, {}]]));
`;

const credentialsOf = (credentials: Registration['credentials']): string => {
    const entries = Object.entries(credentials).map(
        ([name, readable]) => `${name}: { type: '${readable ? 'text' : 'password'}' }`,
    );
    return entries.length === 0 ? '' : `        credentials: { ${entries.join(', ')} },\n`;
};

const factsOf = ({
    type,
    config,
    account,
    sections,
    lists,
    choosesFields,
    readsPayload,
    verb,
    tells = [],
    brings = [],
}: Registration): string =>
    [
        `type: '${type}',`,
        config ? "prefix: 'node-config-input'," : '',
        account === 'required' || account === 'optional' ? `account: '${account}',` : '',
        choosesFields ? 'choosesFields: true,' : '',
        verb ? 'verb: true,' : '',
        readsPayload ? 'readsPayload: true,' : '',
        brings.length > 0 ? `brings: ${inline(brings)},` : '',
        tells.length > 0 ? `tells: ${inline(tells)},` : '',
        sections.length > 0 ? `sections: ${inline(sections)},` : '',
        lists ? `lists: ${inline(lists)},` : '',
    ]
        .filter((line) => line !== '')
        .join('\n        ');

/** Whoever uses the package has an account: this html is always there. */
const fetching = `
    // Node-RED announces no plugin of a package that has nodes, too: right after an installation it is fetched.
    const us = '@missive-community/node-red-missive/';
    const fetchPlugins = () =>
        $.ajax({ url: 'plugins', headers: { Accept: 'text/html' }, cache: false }).then((html) => {
            const plugins = html.split(/(?=<!-- --- \\[red-plugin:)/);
            const ours = plugins.filter((each) => each.includes('[red-plugin:' + us));
            $('#red-ui-editor-plugin-configs').append(ours.join(''));
        });
    if (!RED.missive.ready && !RED.missive.fetching) {
        RED.missive.fetching = true;
        RED.i18n.loadNodeCatalog(us + 'missive-workbench', () => RED.i18n.loadNodeCatalog(us + 'missive-forms', fetchPlugins));
    }
`;

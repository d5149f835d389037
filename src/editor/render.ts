import { isListed } from '../missive/names/directory';
import {
    type Declaration,
    type Property,
    propertiesOf,
    settingsOf,
    storedSettingsOf,
} from '../missive/operations/family';
import { currentVersion } from '../runtime/migrations';
import { formOf, indented } from './rows';
import { sourcesFor } from './types';

/** The browser's part of a form: the texts of the files in `browser/`. */
export interface Browser {
    readonly scripts: readonly string[];
    readonly style: string;
}

/** The html that Node-RED pairs with an operation's module: the form and the registration. Its words are in the catalogues. */
export const htmlOf = (
    op: Declaration,
    browser: Browser,
): string => `<script type="text/html" data-template-name="${op.type}">
<div class="missive-form">
${formOf(op)}
</div>
</script>

<style>
${indented(browser.style, 4)}
</style>

<script type="text/javascript">
(() => {
    const fields = ${fieldsOf(op)};
    const types = ${typesOf(op)};
    const settings = ${choicesOf(op)};
    const draws = ${drawsOf(op)};

${indented(scriptOf(browser), 4)}

    RED.nodes.registerType('${op.type}', {
        category: 'Missive',
        color: '#B9CCE8',
        icon: 'missive.svg',
        inputs: 1,
        outputs: 1,
        defaults: {
${defaultsOf(op)}
        },
        paletteLabel() {
            return this._('label');
        },
        label() {
            return nameOnCanvas(this);
        },
        labelStyle() {
            return this.name ? 'node_label_italic' : '';
        },
        oneditprepare() {
            prepare(this);
        },
        oneditsave() {
            save(this);
        },
        oneditcancel() {
            cancel();
        },
        oneditdelete() {
            cancel();
        },
    });
})();
</script>
`;

/** The scripts without what they say to the linter alone. */
const scriptOf = ({ scripts }: Browser): string =>
    scripts.map((each) => each.replace(/^\/\/ biome-.*\n\s*/gm, '').trim()).join('\n\n');

const defaultsOf = (op: Declaration): string =>
    [
        "name: { value: '' },",
        "account: { value: '', type: 'missive-config', validate: checkedAccount },",
        ...Object.entries(storedSettingsOf(op)).map(
            ([key, { choices }]) => `${key}: { value: '${Object.keys(choices)[0] ?? ''}' },`,
        ),
        ...propertiesOf(op).flatMap(({ property, key, field: { unset } }) => [
            `${property}: { value: '${unset ? '' : `payload.${key}`}', validate: checked('${property}') },`,
            `${property}Type: { value: '${unset ? 'none' : 'msg'}' },`,
        ]),
        `version: { value: ${currentVersion} },`,
    ]
        .map((line) => `            ${line}`)
        .join('\n');

/** What the checks need to know of each field, by its property. */
const fieldsOf = (op: Declaration): string => literal(propertiesOf(op).map((each) => [each.property, factsOf(each)]));

function factsOf({ key, word, field: { kind, required, unset, max, choices, section, resource }, kinds }: Property) {
    const named = word === key ? {} : { word };
    // A field of another kind may name choices beside others that it takes.
    const list = isListed(resource) ? resource : undefined;
    const facts = { key, ...named, kind, list, unset, max, choices: kind === 'choice' ? choices : undefined, section };
    if (!kinds) return { ...facts, required };
    const requiring = Object.keys(kinds).filter((each) => kinds[each]);
    return { ...facts, of: Object.keys(kinds), requiredBy: requiring.length > 0 ? requiring : undefined };
}

const typesOf = (op: Declaration): string =>
    literal([...new Set(propertiesOf(op).map(({ field }) => field.kind))].map((kind) => [kind, sourcesFor(kind)]));

const choicesOf = (op: Declaration): string =>
    literal(Object.entries(storedSettingsOf(op)).map(([key, { choices }]) => [key, Object.keys(choices)]));

/** The choices that stand for several fields: of which kind of things, and the property of each choice. */
function drawsOf(op: Declaration): string {
    const properties = propertiesOf(op);
    return literal(
        Object.entries(settingsOf(op)).flatMap(([name, { draws, choices }]) => {
            if (draws === undefined) return [];
            const rows = Object.keys(choices).flatMap((choice) => {
                const found = properties.find(({ key, kinds }) => key === choice && kinds && draws in kinds);
                return found ? [[choice, found.property] as const] : [];
            });
            return [[name, { of: draws, rows: Object.fromEntries(rows) }] as const];
        }),
    );
}

/** An object as JavaScript, one line an entry. */
const literal = (entries: readonly (readonly [string, unknown])[]): string =>
    entries.length === 0
        ? '{}'
        : `{\n${entries.map(([key, value]) => `        ${key}: ${inline(value)},`).join('\n')}\n    }`;

function inline(value: unknown): string {
    if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
    if (typeof value === 'string') return `'${value.replace(/[\\']/g, '\\$&')}'`;
    if (typeof value !== 'object' || value === null) return String(value);
    const entries = Object.entries(value).filter(([, each]) => each !== undefined);
    return `{ ${entries.map(([key, each]) => `${key}: ${inline(each)}`).join(', ')} }`;
}

import { type ErrorCode, statusTexts } from '../missive/errors';
import { isListed } from '../missive/names/directory';
import { type Declaration, operationsOf, type Property, propertiesOf, settingsOf } from '../missive/operations/family';
import type { Field } from '../missive/operations/fields';
import type { Texts } from './texts';
import type { Words } from './words-en';

/** Text as HTML. */
export const asHtml = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** A sentence as HTML, with the properties of a message that it names set as code. */
const prose = (text: string): string => asHtml(text).replace(/msg(\.\w+)+/g, '<code>$&</code>');

/** The help of an operation in one language. Its first paragraph is also the tooltip in the palette. */
export function helpOf(op: Declaration, texts: Texts, words: Words): string {
    const { help, kind, error } = words;
    const settings = Object.keys(settingsOf(op));
    const [{ key, word } = { key: '', word: '' }] = propertiesOf(op);
    const inputs = help.inputsText.replace('__field__', texts.fields[word]?.label ?? key).replace('__key__', key);
    return `<script type="text/html" data-help-name="${op.type}">
    <p>${prose(texts.summary)}</p>
${texts.details.map((each) => `    <p>${prose(each)}</p>`).join('\n')}
    <h3>${help.inputs}</h3>
    <p>${prose(inputs)}</p>
${partsOf(op, texts, words)}
${settings.length > 0 ? `    <h3>${help.settings}</h3>\n${list(settings.map((each) => settingOf(each, texts, words)))}\n` : ''}    <h3>${help.outputs}</h3>
${list([entry('payload', kind.object, prose(help.payload)), entry('missive', kind.object, prose(help.missive))])}
    <h3>${help.errors}</h3>
    <p>${prose(help.errorsText)}</p>
${list(codesOf(op).map((code) => entry(code, '', prose(error[code]))))}
    <p>${prose(help.causeText)}</p>
    <h3>${help.example}</h3>
${examplesOf(op, texts, words)}
</script>
`;
}

/** The fields outside any section, then each section under its title. */
const partsOf = (op: Declaration, texts: Texts, words: Words): string =>
    [undefined, ...Object.keys(op.sections ?? {})]
        .map((section) => {
            const inside = propertiesOf(op).filter(({ field }) => field.section === section);
            const title = section === undefined ? '' : `    <h4>${asHtml(texts.sections[section] ?? section)}</h4>\n`;
            return title + list(inside.map((each) => fieldOf(each, texts, words)));
        })
        .join('\n');

function fieldOf({ key, word, field, kinds }: Property, texts: Texts, { help, kind }: Words): string {
    const { label = key, help: text = '' } = texts.fields[word] ?? {};
    const named = (each: string) => asHtml(texts.settings.resource?.choices[each] ?? each);
    const all = Object.keys(texts.settings.resource?.choices ?? {});
    const of = kinds && Object.keys(kinds).length < all.length ? Object.keys(kinds) : [];
    const by = kinds ? Object.keys(kinds).filter((each) => kinds[each]) : [];
    const always = kinds ? by.length === Object.keys(kinds).length : field.required === true;
    const rules = [
        of.length > 0 ? `${help.onlyFor} ${of.map(named).join(', ')}.` : '',
        always ? help.required : '',
        !always && by.length > 0 ? `${help.requiredFor} ${by.map(named).join(', ')}.` : '',
        field.max === undefined ? '' : help.max.replace('__max__', String(field.max)),
        field.kind === 'choice' && field.choices
            ? `${help.choices} ${field.choices.map((each) => `<code>${asHtml(each)}</code>`).join(', ')}.`
            : '',
    ].filter((rule) => rule !== '');
    const sentences = [`<b>${asHtml(label)}</b>${text === '' ? '' : ` – ${prose(text)}`}`, ...rules].join(' ');
    return entry(`payload.${key}`, kind[kindOf(key, field)], sentences, !always);
}

/** What a flow may give: names too, where they are looked up. */
function kindOf(key: string, { kind, resource }: Field): keyof Words['kind'] {
    if (key === 'id' || !isListed(resource)) return kind;
    return kind === 'picks' ? 'severalNamed' : kind === 'pick' ? 'named' : kind;
}

function settingOf(key: string, texts: Texts, { help }: Words): string {
    const { label = key, help: text = '', choices = {} } = texts.settings[key] ?? {};
    const all = Object.values(choices).map((each, place) =>
        place === 0 ? `${asHtml(each)} (${help.default})` : asHtml(each),
    );
    return entry(asHtml(label), '', `${prose(text)} ${help.choices} ${all.join(' · ')}.`);
}

/** The codes that can occur here; that several contacts match, only where contacts are looked up. */
const codesOf = (op: Declaration): ErrorCode[] =>
    (Object.keys(statusTexts) as ErrorCode[]).filter(
        (code) => code !== 'ERR_MISSIVE_AMBIGUOUS' || settingsOf(op).ambiguous !== undefined,
    );

/** An example in and out; in a family one of each kind, under its title. */
const examplesOf = (op: Declaration, texts: Texts, { help }: Words): string =>
    operationsOf(op)
        .map(({ kind, op: { example } }) => {
            const title =
                kind === undefined ? '' : `    <h4>${asHtml(texts.settings.resource?.choices[kind] ?? kind)}</h4>\n`;
            return `${title}    <p>${help.exampleIn}</p>\n${json(example.input)}\n    <p>${help.exampleOut}</p>\n${json(example.output)}`;
        })
        .join('\n');

const list = (entries: readonly string[]): string =>
    `    <dl class="message-properties">\n${entries.join('\n')}\n    </dl>`;

const entry = (name: string, type: string, html: string, optional = false): string => {
    const kind = type === '' ? '' : ` <span class="property-type">${asHtml(type)}</span>`;
    return `        <dt${optional ? ' class="optional"' : ''}>${name}${kind}</dt>\n        <dd>${html}</dd>`;
};

const json = (payload: unknown): string =>
    `    <pre style="white-space: pre-wrap">msg.payload = ${asHtml(JSON.stringify(payload, null, 2))}</pre>`;

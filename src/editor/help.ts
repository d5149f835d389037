import { type ErrorCode, statusTexts } from '../missive/errors';
import type { Field } from '../missive/fields';
import type { Operation } from '../missive/operation';
import type { Texts } from './texts';
import type { Words } from './words-en';

/** Text as HTML. */
export const asHtml = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** A sentence as HTML, with the properties of a message that it names set as code. */
const prose = (text: string): string => asHtml(text).replace(/msg(\.\w+)+/g, '<code>$&</code>');

/** The help of an operation in one language. Its first paragraph is also the tooltip in the palette. */
export function helpOf(op: Operation, texts: Texts, words: Words): string {
    const { help, kind, error } = words;
    const settings = Object.keys(op.settings ?? {});
    const [key = ''] = Object.keys(op.fields);
    const inputs = help.inputsText.replace('__field__', texts.fields[key]?.label ?? key).replace('__key__', key);
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
    <p>${help.exampleIn}</p>
${json(op.example.input)}
    <p>${help.exampleOut}</p>
${json(op.example.output)}
</script>
`;
}

/** The fields outside any section, then each section under its title. */
const partsOf = (op: Operation, texts: Texts, words: Words): string =>
    [undefined, ...Object.keys(op.sections ?? {})]
        .map((section) => {
            const inside = Object.entries(op.fields).filter(([, field]) => field.section === section);
            const title = section === undefined ? '' : `    <h4>${asHtml(texts.sections[section] ?? section)}</h4>\n`;
            return title + list(inside.map(([key, field]) => fieldOf(key, field, texts, words)));
        })
        .join('\n');

function fieldOf(key: string, field: Field, texts: Texts, { help, kind }: Words): string {
    const { label = key, help: text = '' } = texts.fields[key] ?? {};
    const rules = [
        field.required ? help.required : '',
        field.max === undefined ? '' : help.max.replace('__max__', String(field.max)),
        field.kind === 'choice' && field.choices
            ? `${help.choices} ${field.choices.map((each) => `<code>${asHtml(each)}</code>`).join(', ')}.`
            : '',
    ].filter((rule) => rule !== '');
    const sentences = [`<b>${asHtml(label)}</b>${text === '' ? '' : ` – ${prose(text)}`}`, ...rules].join(' ');
    return entry(`payload.${key}`, kind[field.kind], sentences, !field.required);
}

function settingOf(key: string, texts: Texts, { help }: Words): string {
    const { label = key, help: text = '', choices = {} } = texts.settings[key] ?? {};
    const all = Object.values(choices).map((each, place) =>
        place === 0 ? `${asHtml(each)} (${help.default})` : asHtml(each),
    );
    return entry(asHtml(label), '', `${prose(text)} ${help.choices} ${all.join(' · ')}.`);
}

/** The codes that can occur here; that several contacts match, only where contacts are looked up. */
const codesOf = (op: Operation): ErrorCode[] =>
    (Object.keys(statusTexts) as ErrorCode[]).filter(
        (code) => code !== 'ERR_MISSIVE_AMBIGUOUS' || op.settings?.ambiguous !== undefined,
    );

const list = (entries: readonly string[]): string =>
    `    <dl class="message-properties">\n${entries.join('\n')}\n    </dl>`;

const entry = (name: string, type: string, html: string, optional = false): string => {
    const kind = type === '' ? '' : ` <span class="property-type">${asHtml(type)}</span>`;
    return `        <dt${optional ? ' class="optional"' : ''}>${name}${kind}</dt>\n        <dd>${html}</dd>`;
};

const json = (payload: unknown): string =>
    `    <pre style="white-space: pre-wrap">msg.payload = ${asHtml(JSON.stringify(payload, null, 2))}</pre>`;

import { type Declaration, operationsOf } from '../missive/operations/family';
import type { Texts } from './texts';

/** Text as HTML. */
const asHtml = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** A sentence as HTML, with the properties of a message that it names set as code. */
const prose = (text: string): string => asHtml(text).replace(/msg(\.\w+)+/g, '<code>$&</code>');

/**
 * The beginning of an operation's help in one language; its first paragraph is also the tooltip in the palette. The
 * rest stands in the catalogues already: `browser/help.js` adds it in the editor.
 */
export const helpOf = (op: Declaration, texts: Texts): string =>
    `<script type="text/html" data-help-name="${op.type}">
${[texts.summary, ...texts.details].map((each) => `    <p>${prose(each)}</p>`).join('\n')}
</script>
`;

/** What the help shows as examples: one, in a family one of each kind. */
export const examplesOf = (op: Declaration): readonly Readonly<Record<string, unknown>>[] =>
    operationsOf(op).map(({ kind, op: { example } }) => ({
        of: kind,
        given: asJson(example.input),
        gives: asJson(example.output),
    }));

/** What it adds to `msg.missive`; of a list, how many pages it had. */
export const toldBy = (op: Declaration): readonly string[] => [
    ...(operationsOf(op).some(({ op: { pages } }) => pages) ? ['pages'] : []),
    ...(op.tells ?? []),
];

/** As JSON has it: a Buffer, for one. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

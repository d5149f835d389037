import { calledIn, type FormTexts, mapped, type Texts } from './texts';
import type { Words } from './words-en';

/** The labels of a node in one language, in the shape that Node-RED reads. */
export interface Catalogue {
    readonly [key: string]: string | Catalogue;
}

/**
 * The catalogue of an operation. The editor looks a node's status up under the very text that the runtime sends, so
 * these stand at the top; everything else is one level down.
 */
export const catalogueOf = (texts: Texts, words: Words): Catalogue => ({
    ...calledIn(texts),
    ...(texts.did && { did: texts.did }),
    field: mapped(texts.fields, ({ label }) => label),
    placeholder: said(texts.fields, ({ placeholder }) => placeholder),
    hint: {
        ...mapped(texts.fields, ({ help }) => typeset(help, words)),
        ...mapped(texts.settings, ({ help }) => typeset(help, words)),
    },
    section: texts.sections,
    setting: mapped(texts.settings, ({ label }) => label),
    choice: mapped(texts.settings, ({ choices }) => choices),
    waiting: words.waiting,
    short: words.short,
    language: words.language,
    ...words.status,
});

/** In French a colon and its kin belong to the word before them, and never begin a line. */
const typeset = (text: string, { language }: Words): string =>
    language === 'fr' ? text.replace(/ (?=[:;?!»])/g, '\u00a0').replace(/« /g, '«\u00a0') : text;

/** Only what is there: a row without it does not ask. */
const said = <A, B extends string | Catalogue>(
    given: Readonly<Record<string, A>>,
    text: (value: A) => B | undefined,
): Record<string, B> =>
    Object.fromEntries(
        Object.entries(given).flatMap(([word, value]) => {
            const found = text(value);
            return found ? [[word, found]] : [];
        }),
    );

/** The catalogue of a form that is declared by itself. What it says besides stands at the top, too. */
export const formCatalogueOf = ({ rows, sections, status, says, ...called }: FormTexts, words: Words): Catalogue => ({
    ...calledIn(called),
    field: mapped(rows, (row) => row.label),
    hint: mapped(rows, ({ help = '' }) => typeset(help, words)),
    placeholder: said(rows, ({ placeholder }) => placeholder),
    choice: said(rows, ({ choices }) => choices),
    rule: said(rows, ({ wrong }) => wrong),
    section: sections,
    language: words.language,
    ...words.status,
    ...status,
    ...says,
});

/** The catalogue of the plugin: the words that all forms share. */
export const commonCatalogueOf = ({ word, wrong, picking, help, kind, error }: Words): Catalogue => ({
    ...{ word, wrong, picking, help, kind, error },
});

import { type Declaration, propertiesOf, settingsOf } from '../missive/operations/family';
import { isInWords, sampleOf } from './described';
import type { Form, Row, Says } from './form';

interface Named {
    readonly label: string;
    readonly help: string;
}

/** A field, and a real value for its blank box where that is in words. */
interface NamedField extends Named {
    readonly placeholder?: string;
}

/** What a node is called, how it is found, and what its output is called. */
interface Called {
    readonly label: string;
    readonly verb?: string;
    readonly keywords?: string;
    readonly gives?: string;
}

/** The same out of a declaration; what it leaves out, a translation leaves out too. */
export const calledIn = ({ label, verb, keywords, gives }: Called): Record<string, string> & Called => ({
    label,
    ...(verb !== undefined && { verb }),
    ...(keywords !== undefined && { keywords }),
    ...(gives !== undefined && { gives }),
});

/** What an operation says to people, in one language. French is kept in this shape in `nodes/locales/fr/<type>.json`. */
export interface Texts extends Called {
    readonly did?: Readonly<Record<string, string>>;
    readonly summary: string;
    readonly details: readonly string[];
    readonly fields: Readonly<Record<string, NamedField>>;
    readonly sections: Readonly<Record<string, string>>;
    readonly settings: Readonly<Record<string, Named & { readonly choices: Readonly<Record<string, string>> }>>;
}

/** English, out of the declaration. */
export const textsOf = (op: Declaration): Texts => ({
    ...calledIn(op),
    ...(op.did && { did: op.did }),
    summary: op.summary,
    details: op.details ?? [],
    fields: Object.fromEntries(
        propertiesOf(op).map(({ key, word, field }) => {
            const sample = sampleOf(op, key, field);
            return [word, { label: field.label, help: field.help, ...(isInWords(sample) && { placeholder: sample }) }];
        }),
    ),
    sections: op.sections ?? {},
    settings: mapped(settingsOf(op), ({ label, help, choices }) => ({ label, help, choices })),
});

/** What a row of a form that is declared by itself says; what it leaves out, a translation leaves out too. */
interface RowTexts {
    readonly label: string;
    readonly help?: string;
    readonly placeholder?: string;
    readonly wrong?: string;
    readonly choices?: Readonly<Record<string, string>>;
}

/** What a form that is declared by itself says, in one language; `nodes/locales/fr/<type>.json` has this shape too. */
export interface FormTexts extends Called {
    readonly rows: Readonly<Record<string, RowTexts>>;
    readonly sections: Readonly<Record<string, string>>;
    readonly status: Readonly<Record<string, string>>;
    readonly says: Says;
}

/** English, out of the declaration. */
export const formTextsOf = (form: Form): FormTexts => ({
    ...calledIn(form),
    rows: mapped(form.rows, rowTextsOf),
    sections: form.sections ?? {},
    status: form.status ?? {},
    says: form.says ?? {},
});

function rowTextsOf(row: Row): RowTexts {
    const { label, help, placeholder, wrong, choices }: Partial<RowTexts> & Row = row;
    return JSON.parse(JSON.stringify({ label, help, placeholder, wrong, choices })) as RowTexts;
}

/** The same keys with other values. */
export const mapped = <A, B>(given: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> =>
    Object.fromEntries(Object.entries(given).map(([key, value]) => [key, change(value)]));

/** A translation of an operation's texts; throws an error that names every text which is missing, blank or superfluous. */
export const translated = (op: Declaration, translation: unknown): Texts => checked(op.type, textsOf(op), translation);

/** The same for a form that is declared by itself. */
export const translatedForm = (form: Form, translation: unknown): FormTexts =>
    checked(form.type, formTextsOf(form), translation);

function checked<T>(type: string, texts: T, translation: unknown): T {
    const wrong = differences(texts, translation, '');
    if (wrong.length > 0) throw new Error(`The translation of ${type} has ${wrong.join('; ')}`);
    return translation as T;
}

function differences(wanted: unknown, got: unknown, where: string): string[] {
    if (typeof wanted === 'string') {
        const usable = typeof got === 'string' && (got.trim() !== '') === (wanted !== '');
        return usable ? [] : [`no ${where}`];
    }
    const [left, right] = [entriesOf(wanted), entriesOf(got)];
    const below = (key: string) => (where === '' ? key : `${where}.${key}`);
    return [
        ...[...left].flatMap(([key, value]) =>
            right.has(key) ? differences(value, right.get(key), below(key)) : [`no ${below(key)}`],
        ),
        ...[...right.keys()].filter((key) => !left.has(key)).map((key) => `an unknown ${below(key)}`),
    ];
}

const entriesOf = (value: unknown): Map<string, unknown> =>
    new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);

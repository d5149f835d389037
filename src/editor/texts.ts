import { type Declaration, propertiesOf, settingsOf } from '../missive/operations/family';

interface Named {
    readonly label: string;
    readonly help: string;
}

/** What an operation says to people, in one language. French is kept in this shape in `nodes/locales/fr/<type>.json`. */
export interface Texts {
    readonly label: string;
    readonly summary: string;
    readonly details: readonly string[];
    readonly fields: Readonly<Record<string, Named>>;
    readonly sections: Readonly<Record<string, string>>;
    readonly settings: Readonly<Record<string, Named & { readonly choices: Readonly<Record<string, string>> }>>;
}

/** English, out of the declaration. */
export const textsOf = (op: Declaration): Texts => ({
    label: op.label,
    summary: op.summary,
    details: op.details ?? [],
    fields: Object.fromEntries(propertiesOf(op).map(({ word, field: { label, help } }) => [word, { label, help }])),
    sections: op.sections ?? {},
    settings: mapped(settingsOf(op), ({ label, help, choices }) => ({ label, help, choices })),
});

/** The same keys with other values. */
export const mapped = <A, B>(given: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> =>
    Object.fromEntries(Object.entries(given).map(([key, value]) => [key, change(value)]));

/** A translation of an operation's texts; throws an error that names every text which is missing, blank or superfluous. */
export function translated(op: Declaration, translation: unknown): Texts {
    const wrong = differences(textsOf(op), translation, '');
    if (wrong.length > 0) throw new Error(`The translation of ${op.type} has ${wrong.join('; ')}`);
    return translation as Texts;
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

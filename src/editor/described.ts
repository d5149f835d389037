import { isListed } from '../missive/names/directory';
import { isSearched } from '../missive/names/searched';
import { type Declaration, operationsOf, type Property, propertiesOf, settingsOf } from '../missive/operations/family';
import { propertyOf } from '../missive/operations/operation';
import { type Form, isTyped, type Row } from './form';
import { iconOf } from './types';

/** A row as the editor's script takes it: what it draws and checks. Its words are in the catalogue. */
export type DescribedRow = Readonly<Record<string, unknown>>;

/** The rows of an operation's form, by property: the settings, then the fields. */
export const rowsOf = (op: Declaration): [string, DescribedRow][] => [
    ...Object.entries(settingsOf(op)).map(([key, { choices, draws, beside }]): [string, DescribedRow] => {
        const rows = draws === undefined ? undefined : drawnRows(op, draws, Object.keys(choices));
        return [
            key,
            {
                draw: 'select',
                choices: Object.keys(choices),
                beside,
                of: draws === undefined ? undefined : [draws],
                rows,
            },
        ];
    }),
    ...propertiesOf(op).map((each): [string, DescribedRow] => [each.property, fieldRow(op, each)]),
];

function fieldRow(op: Declaration, { key, word, property, field, kinds }: Property): DescribedRow {
    const { kind, required, unset, max, choices, section, resource, help } = field;
    const facts = {
        kind,
        ...(key === property ? {} : { key }),
        ...(word === property ? {} : { word }),
        ...{ icon: op.icons?.[key] ?? iconOf(field), quiet: help === '' || undefined },
        // A field of another kind may name choices beside others that it takes.
        ...{
            list: isListed(resource) || isSearched(resource) ? resource : undefined,
            choices: kind === 'choice' ? choices : undefined,
        },
        ...{ event: eventPath(op, key, field), unset, max, section },
        ...sampleRow(sampleOf(op, key, field)),
    };
    const common = operationsOf(op).filter(
        ({ op: each }) => each.common?.includes(key) && propertyOf(each, key) === property,
    );
    if (!kinds) return { ...facts, required, common: common.length > 0 || undefined };
    const requiring = Object.keys(kinds).filter((each) => kinds[each]);
    const everyKind = Object.keys(kinds).length === operationsOf(op).length;
    return {
        ...facts,
        of: everyKind ? undefined : Object.keys(kinds),
        requiredBy: requiring.length > 0 ? requiring : undefined,
        commonIn: common.length > 0 ? common.map((each) => each.kind) : undefined,
    };
}

/** Where an event of *webhook in* has what the field names; only a field that is required is filled in by itself. */
function eventPath(op: Declaration, key: string, { resource, required }: Property['field']): string | undefined {
    const isNeeded = required || operationsOf(op).some(({ op: each }) => each.fields[key]?.required);
    return isNeeded && (resource === 'conversation' || resource === 'message') ? `missive.${resource}` : undefined;
}

/** A sample in words is in the catalogue. */
const sampleRow = (sample: string | undefined): DescribedRow =>
    isInWords(sample) ? { placeholder: true } : { sample };

/** Whether a sample is written in a language: it begins like a sentence or a name. */
export const isInWords = (sample: string | undefined): sample is string => /^\p{Lu}\p{Ll}/u.test(sample ?? '');

/** What stands in a blank box: a real value, from the declaration's example, where it is short and reads as text. */
export function sampleOf(op: Declaration, key: string, { kind, sample }: Property['field']): string | undefined {
    if (sample !== undefined) return sample;
    if (!['text', 'list', 'address', 'addresses', 'number'].includes(kind)) return undefined;
    for (const { op: each } of operationsOf(op)) {
        const { input } = each.example;
        const found: unknown = typeof input === 'object' && input !== null ? Reflect.get(input, key) : undefined;
        if (typeof found === 'number') return String(found);
        if (typeof found === 'string' && found.length <= 60) return shortened(found);
    }
    return undefined;
}

/** A name with its address is longer than the box in a narrow window. */
const shortened = (sample: string): string => /^.{8,}<([^<>\s]+@[^<>\s]+)>$/.exec(sample)?.[1] ?? sample;

/** The property of each choice that stands for several fields. */
function drawnRows(op: Declaration, draws: string, choices: readonly string[]): Record<string, string> {
    const properties = propertiesOf(op);
    return Object.fromEntries(
        choices.flatMap((choice) => {
            const found = properties.find(({ key, kinds }) => key === choice && kinds && draws in kinds);
            return found ? [[choice, found.property] as const] : [];
        }),
    );
}

/** The rows of a form that is declared by itself. */
export const formRowsOf = ({ rows }: Form): [string, DescribedRow][] =>
    Object.entries(rows).map(([property, row]) => [property, formRow(row)]);

function formRow(row: Row): DescribedRow {
    const { icon, help, section, when, label } = row;
    const shared = {
        icon,
        section,
        when,
        hint: help === undefined ? undefined : true,
        bare: label === '' || undefined,
    };
    if (isTyped(row)) {
        const { kind, choices, initial, types, list, placeholder, common, commonIn, requiredBy } = row;
        return {
            kind,
            ...{ common, commonIn, requiredBy, placeholder: placeholder === undefined ? undefined : true },
            list: isListed(list) ? list : undefined,
            choices: choices && Object.keys(choices),
            named: choices && true,
            initial,
            types,
            ...shared,
        };
    }
    if (row.draw === 'own') return { draw: 'own', ...shared };
    const { draw, choices, rows, sample, placeholder, list, several, check, wrong } = row;
    return {
        ...{
            draw,
            choices: choices && Object.keys(choices),
            rows,
            sample,
            placeholder: placeholder === undefined ? undefined : true,
        },
        ...{ list, several, check, says: wrong === undefined ? undefined : true, ...shared },
    };
}

import { types } from 'node:util';
import { type Cell, type Table, tones } from './card';
import { link } from './link';
import {
    isBlank,
    listOf,
    oneOf,
    oneOrMore,
    optional,
    parts,
    type Reader,
    record,
    required,
    text,
    value,
    wrong,
} from './reader';

const described = parts({ text: value, url: optional(link), tone: optional(oneOf(tones)) });

/** A cell is text, or an object where it links somewhere or has a tone. */
const cell: Reader<Cell> = (given, at) =>
    typeof given === 'object' && given !== null && !types.isDate(given)
        ? described(given, at)
        : { text: value(given, at) };

const column: Reader<{ key: string; label: string }> = (given, at) => {
    if (typeof given === 'string') return { key: given, label: given };
    const { key, label } = parts({ key: required(text), label: optional(text) })(given, at);
    return { key, label: label ?? key };
};

const outline = parts({ columns: optional(listOf(column)), rows: required(oneOrMore(record)) });

/** Without columns those of the first row count. What a row has besides its columns is not drawn. */
export const table: Reader<Table> = (given, at) => {
    const { columns: named, rows } = outline(given, at);
    const columns = named ?? Object.keys(rows[0] ?? {}).map((key) => ({ key, label: key }));
    const twice = columns.findIndex(({ key }, place) => columns.findIndex((each) => each.key === key) < place);
    if (twice >= 0) throw wrong(`${at}.columns[${twice}].key`, 'is there twice.');
    const drawn = rows.map((row, place) =>
        Object.fromEntries(
            columns.map(({ key }) => {
                const own = Object.hasOwn(row, key) ? row[key] : undefined;
                return [key, isBlank(own) ? { text: '' } : cell(own, `${at}.rows[${place}].${key}`)];
            }),
        ),
    );
    return { columns, rows: drawn };
};

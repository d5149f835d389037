import { types } from 'node:util';
import { inputError, type MissiveError } from '../errors';

/**
 * Checks a value and gives what is drawn of it. `at` is its place in the card (`card.rows[2].label`): an error begins
 * with that, and never shows the value, which may be a customer's words.
 */
export type Reader<T> = (value: unknown, at: string) => T;

/** `ERR_MISSIVE_INPUT` that names the place. */
export const wrong = (at: string, what: string): MissiveError => inputError(`${at} ${what}`);

/** What a flow leaves where it has nothing. */
export const isBlank = (value: unknown): boolean => value === undefined || value === null || value === '';

export const optional =
    <T>(read: Reader<T>): Reader<T | undefined> =>
    (value, at) =>
        isBlank(value) ? undefined : read(value, at);

export const required =
    <T>(read: Reader<T>): Reader<T> =>
    (value, at) => {
        if (isBlank(value)) throw wrong(at, 'is missing.');
        return read(value, at);
    };

/** Text, or a number, a truth value or a date as text. Control characters go; they show nothing and break lines. */
export const text: Reader<string> = (value, at) => {
    if (types.isDate(value) && !Number.isNaN(value.getTime())) return value.toISOString();
    const fits =
        typeof value === 'number' ? Number.isFinite(value) : ['string', 'boolean', 'bigint'].includes(typeof value);
    if (!fits) throw wrong(at, `must be text, not ${kindOf(value)}.`);
    return String(value).replace(/[^\P{Cc}\t\n\r]/gu, '');
};

/** Text that may be empty: what a flow has no value for is shown as nothing. */
export const value: Reader<string> = (given, at) => (isBlank(given) ? '' : text(given, at));

export const flag: Reader<boolean> = (given, at) => {
    if (isBlank(given)) return false;
    if (typeof given === 'boolean') return given;
    if (given === 'true' || given === 'false') return given === 'true';
    throw wrong(at, 'must be true or false.');
};

export const oneOf =
    <T extends string>(choices: readonly T[]): Reader<T> =>
    (given, at) => {
        const found = choices.find((each) => each === given);
        if (found === undefined) throw wrong(at, `must be one of: ${choices.join(', ')}.`);
        return found;
    };

export const number =
    (least: number, most: number): Reader<number> =>
    (given, at) => {
        const found = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
        if (typeof found !== 'number' || !(found >= least && found <= most))
            throw wrong(at, `must be a number from ${least} to ${most}.`);
        return found;
    };

export const listOf =
    <T>(read: Reader<T>): Reader<readonly T[]> =>
    (given, at) => {
        if (!Array.isArray(given)) throw wrong(at, `must be a list, not ${kindOf(given)}.`);
        return Array.from(given, (each: unknown, place) => read(each, `${at}[${place}]`));
    };

/** A list, or the one thing in it: JSONata gives that in place of a list of one. */
export const oneOrMore =
    <T>(read: Reader<T>): Reader<readonly T[]> =>
    (given, at) =>
        Array.isArray(given) ? listOf(read)(given, at) : [read(given, at)];

export const record: Reader<Readonly<Record<string, unknown>>> = (given, at) => {
    if (typeof given !== 'object' || given === null || Array.isArray(given) || types.isDate(given))
        throw wrong(at, `must be an object, not ${kindOf(given)}.`);
    return given as Record<string, unknown>;
};

type Shape = Readonly<Record<string, Reader<unknown>>>;
type Read<S extends Shape> = {
    readonly [K in keyof S as undefined extends ReturnType<S[K]> ? never : K]: ReturnType<S[K]>;
} & {
    readonly [K in keyof S as undefined extends ReturnType<S[K]> ? K : never]?: Exclude<ReturnType<S[K]>, undefined>;
};

/** An object with these parts and no others; a part that comes out `undefined` is left out. */
export const parts =
    <S extends Shape>(shape: S): Reader<Read<S>> =>
    (given, at) => {
        const found = record(given, at);
        known(found, Object.keys(shape), at);
        const entries = Object.entries(shape).flatMap(([key, read]) => {
            const part = read(Object.hasOwn(found, key) ? found[key] : undefined, `${at}.${key}`);
            return part === undefined ? [] : [[key, part] as const];
        });
        return Object.fromEntries(entries) as Read<S>;
    };

/** Refuses what has a name that nobody reads, which would be lost in silence. */
export function known(given: Readonly<Record<string, unknown>>, names: readonly string[], at: string): void {
    const strange = Object.keys(given).find((key) => !names.includes(key) && given[key] !== undefined);
    if (strange === undefined) return;
    throw wrong(`${at}.${shown(strange)}`, `is not understood. There is: ${names.join(', ')}.`);
}

/** A name from a flow, short enough for a sentence. */
export const shown = (name: string): string => (name.length > 60 ? `${name.slice(0, 60)}…` : name);

function kindOf(value: unknown): string {
    if (value === null || value === undefined) return 'nothing';
    if (Array.isArray(value)) return 'a list';
    if (typeof value === 'string') return 'text';
    if (typeof value === 'object') return 'an object';
    return typeof value === 'boolean' ? 'true or false' : `a ${typeof value}`;
}

import { invalid } from './refuse';

/** What one field may hold; `wants` completes the sentence "'field' must be …". */
export interface Check<T> {
    readonly wants: string;
    readonly is: (value: unknown) => value is T;
}

/** The fields of a resource, each with its check. What is not in the table is dropped in silence, as Missive does. */
export type Shape = Readonly<Record<string, Check<unknown>>>;

/** What is left of an input after its check: known fields of the right kind; `null` clears a field. */
export type Checked<S extends Shape> = { readonly [K in keyof S]?: S[K] extends Check<infer T> ? T | null : never };

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
    typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string => typeof value === 'string';

/** Text, at most `max` characters long; an emoji is one, as in Ruby. */
export const text = (max = Number.POSITIVE_INFINITY): Check<string> => ({
    wants: Number.isFinite(max) ? `a text of at most ${max} characters` : 'a text',
    is: (value): value is string => isText(value) && (value.length <= max || [...value].length <= max),
});

export const flag: Check<boolean> = {
    wants: 'true or false',
    is: (value): value is boolean => typeof value === 'boolean',
};

/** Unix time in whole seconds; milliseconds would be the year 50,000 and are refused. */
export const seconds: Check<number> = {
    wants: 'a Unix time in seconds',
    is: (value): value is number => Number.isInteger(value) && Number(value) >= 0 && Number(value) < 1e11,
};

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const id: Check<string> = {
    wants: 'an ID',
    is: (value): value is string => isText(value) && uuid.test(value),
};

export const color: Check<string> = {
    wants: 'a hex color, good, warning or danger',
    is: (value): value is string => isText(value) && /^(#[0-9a-f]{3}([0-9a-f]{3})?|good|warning|danger)$/i.test(value),
};

export const fields: Check<Fields> = { wants: 'an object', is: isFields };

export const choice = <T extends string>(...values: readonly T[]): Check<T> => ({
    wants: `one of ${values.join(', ')}`,
    is: (value): value is T => values.some((one) => one === value),
});

export const list = <T>(item: Check<T>, max = Number.POSITIVE_INFINITY): Check<readonly T[]> => ({
    wants: `a list${Number.isFinite(max) ? ` of at most ${max}` : ''}, each ${item.wants}`,
    is: (value): value is readonly T[] => Array.isArray(value) && value.length <= max && value.every(item.is),
});

export const either = <A, B>(a: Check<A>, b: Check<B>): Check<A | B> => ({
    wants: `${a.wants} or ${b.wants}`,
    is: (value): value is A | B => a.is(value) || b.is(value),
});

/** Keeps the known fields of an input, each checked; throws a 400 for the first that is wrong or missing. */
export function checked<S extends Shape>(input: unknown, shape: S, required: readonly (keyof S & string)[] = []) {
    if (!isFields(input)) throw invalid('Validation failed: an object is needed');
    const known: Record<string, unknown> = {};
    for (const [name, check] of Object.entries(shape)) {
        const value = input[name];
        if (value === undefined) continue;
        if (value !== null && !check.is(value)) throw invalid(`Validation failed: '${name}' must be ${check.wants}`);
        known[name] = value;
    }
    for (const name of required) {
        if (known[name] === undefined || known[name] === null || known[name] === '') {
            throw invalid(`Validation failed: '${name}' is required`);
        }
    }
    return known as Checked<S>;
}

import { MissiveError } from '../errors';

/** How many messages may leave an account in an hour and in a day; `undefined`: any number. */
export interface Bounds {
    readonly hour: number | undefined;
    readonly day: number | undefined;
}

export type Left = Readonly<Record<keyof Bounds, number>>;

/** When messages left, over restarts. */
export interface Departures {
    /** Remembers so many as leaving now, unless a bound is in the way: then it is named and nothing is remembered. */
    add(count: number, bounds: Bounds): Promise<{ readonly undo: () => void } | { readonly full: keyof Bounds }>;
    /** How many have left within an hour and within a day, as far as it is known now. */
    left(): Promise<Left>;
}

/** A bound as the account has it: blank, or a whole number from 0. Throws `ERR_MISSIVE_GUARD` for anything else. */
export function boundOf(value: unknown, name: string): number | undefined {
    if (value === undefined || value === null || String(value).trim() === '') return undefined;
    const number = Number(value);
    if (Number.isInteger(number) && number >= 0) return number;
    throw new MissiveError(
        'ERR_MISSIVE_GUARD',
        `The account’s bound ${name} is no whole number. Nothing is sent until it is put right.`,
    );
}

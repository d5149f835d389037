import { type Fields, flag, type Input, moment, number } from '../operations/fields';

const common = {
    return_all: flag({
        label: 'All rows',
        help: 'True gives every row, page after page; else one page is given.',
    }),
    limit: number({
        label: 'Rows on a page',
        help: 'Where not all rows are given: how many. Missive takes 200 at most, of conversations and tasks 2 to 50, of what is inside a conversation 10.',
    }),
    max_rows: number({
        label: 'At most',
        help: 'No more rows than this are given, however many there are.',
    }),
};

/** The fields that say how much of a list is given, and their rule. */
export const page = {
    /** Of a list that counts by offset. */
    counted: {
        ...common,
        offset: number({ section: 'page', label: 'Begin after', help: 'So many rows are left out at the beginning.' }),
    },
    /** Of a list that goes back in time. */
    backwards: {
        ...common,
        until: moment({
            section: 'page',
            sample: '2026-12-01',
            label: 'Until',
            help: 'Only rows up to this time, newest first.',
        }),
    },
    /** The sentence that says what is wrong, where Missive takes `least` to `most` rows on a page. */
    wrong({ limit, max_rows, return_all }: Input<Fields>, least: number, most: number): string | undefined {
        const isWhole = (value: unknown, from: number, to: number) =>
            value === undefined ||
            value === null ||
            (Number.isInteger(value) && Number(value) >= from && Number(value) <= to);
        if (return_all !== true && !isWhole(limit, least, most))
            return `Rows on a page (limit) should be a whole number from ${least} to ${most} here.`;
        if (!isWhole(max_rows, 1, Number.MAX_SAFE_INTEGER))
            return 'At most (max_rows) should be a whole number above 0.';
        return undefined;
    },
};

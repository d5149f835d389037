/** A day and a time of day as people write them; `offset`: minutes east of UTC, absent where the machine's zone counts. */
export interface Written {
    readonly year: number;
    /** 1 to 12. */
    readonly month: number;
    readonly day: number;
    readonly hour?: number;
    readonly minute?: number;
    readonly second?: number;
    readonly millisecond?: number;
    readonly offset?: number | undefined;
}

/**
 * The milliseconds of a written time; NaN where the day or the time does not exist, or is before 1970. A time that the
 * machine's zone skips in spring is that much later, as everywhere; one that comes twice in autumn is the first.
 */
export function millisecondsOf(written: Written): number {
    const { year, month, day, hour = 0, minute = 0, second = 0, millisecond = 0, offset } = written;
    const exists = year >= 1970 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
    if (!exists || hour > 23 || minute > 59 || second > 59) return Number.NaN;
    const time = [year, month - 1, day, hour, minute, second, millisecond] as const;
    return offset === undefined ? new Date(...time).getTime() : Date.UTC(...time) - offset * 60_000;
}

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

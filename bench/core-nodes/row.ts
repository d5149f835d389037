/** One line of the table: the package beside the same thing drawn from core nodes, measured in one run. */
export interface Row {
    readonly what: string;
    readonly unit: string;
    readonly ours: number;
    readonly core: number;
    /** In words: what the row is held to. */
    readonly goal: string;
    readonly holds: boolean;
}

export const median = (numbers: readonly number[]): number => {
    const sorted = [...numbers].sort((x, y) => x - y);
    const middle = sorted.length / 2;
    const [low = 0, high = 0] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
    return (low + high) / 2;
};

const number = (value: number): string => (Math.abs(value) < 10 ? value.toFixed(2) : value.toFixed(0));

/** The rows in Markdown. */
export function tableOf(rows: readonly Row[]): string {
    const lines = rows.map(
        ({ what, unit, ours, core, goal, holds }) =>
            `| ${what} | ${number(core)} ${unit} | ${number(ours)} ${unit} | ${core > 0 ? (ours / core).toFixed(2) : '–'} | ${goal}${holds ? '' : ' (missed)'} |`,
    );
    return ['| what | core nodes | this package | ratio | held to |', '| --- | --- | --- | --- | --- |', ...lines].join(
        '\n',
    );
}

/** A table in Markdown, its columns padded so that it can be read in a terminal too. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
    const all = [head, ...rows];
    const widths = head.map((_, at) => Math.max(3, ...all.map((row) => [...(row[at] ?? '')].length)));
    const line = (row: readonly string[]) =>
        `| ${widths.map((width, at) => (row[at] ?? '') + ' '.repeat(width - [...(row[at] ?? '')].length)).join(' | ')} |`;
    return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n');
}

export const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Seconds, finer where they are few. */
export const seconds = (value: number | undefined): string =>
    value === undefined || Number.isNaN(value) ? '–' : value < 10 ? value.toFixed(1) : value.toFixed(0);

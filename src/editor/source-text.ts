/** An object as JavaScript, one line an entry, as a person would write it. */
export const literal = (entries: readonly (readonly [string, unknown])[], indent = 4): string =>
    entries.length === 0
        ? '{}'
        : `{\n${entries.map(([key, value]) => `${' '.repeat(indent + 4)}${keyOf(key)}: ${inline(value)},`).join('\n')}\n${' '.repeat(indent)}}`;

/** A value as JavaScript in one line; what is undefined is left out. */
export function inline(value: unknown): string {
    if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
    if (typeof value === 'string') return `'${value.replace(/[\\']/g, '\\$&').replace(/\n/g, '\\n')}'`;
    if (typeof value !== 'object' || value === null) return String(value);
    const entries = Object.entries(value).filter(([, each]) => each !== undefined);
    return entries.length === 0
        ? '{}'
        : `{ ${entries.map(([key, each]) => `${keyOf(key)}: ${inline(each)}`).join(', ')} }`;
}

const keyOf = (key: string): string => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : inline(key));

/** The lines of a text, moved to the right. */
export const indented = (text: string, by: number): string =>
    text
        .trimEnd()
        .split('\n')
        .map((line) => (line === '' ? '' : ' '.repeat(by) + line))
        .join('\n');

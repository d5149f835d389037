/** Missive's tokens have 36 characters and more; a shorter text is a test's, and may be part of a word. */
const shortestSecret = 8;

/** Without the token, and no longer than a person would read: 300 characters, 50 entries, six levels. */
export function scrubbed(value: unknown, token: string, depth = 6): unknown {
    if (typeof value === 'string') {
        const text = token.length < shortestSecret ? value : value.replaceAll(token, '***');
        return text.length > 300 ? `${text.slice(0, 299)}…` : text;
    }
    if (typeof value !== 'object' || value === null) return value;
    if (depth === 0) return '…';
    if (Array.isArray(value)) return value.slice(0, 50).map((one) => scrubbed(one, token, depth - 1));
    const entries = Object.entries(value).slice(0, 50);
    return Object.fromEntries(
        entries.map(([key, one]) => [String(scrubbed(key, token)), scrubbed(one, token, depth - 1)]),
    );
}

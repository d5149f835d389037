import { sourceOf } from '../../missive/attached';
import type { Call } from '../../missive/call';

/** A call as a person reads it. */
export interface ShownCall {
    readonly method: string;
    readonly path: string;
    readonly query?: Readonly<Record<string, unknown>>;
    readonly body?: unknown;
}

/** A call with its files as name and size. */
export function shownCall({ method, path, query, body }: Call): ShownCall {
    const asked = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
    return {
        ...{ method, path },
        ...(asked.length > 0 && { query: Object.fromEntries(asked) }),
        ...(body !== undefined && { body: shown(body) }),
    };
}

function shown(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(shown);
    if (typeof value !== 'object' || value === null) return value;
    const source = sourceOf(value);
    const parts = Object.entries(Object.getOwnPropertyDescriptors(value))
        // Base64 is nothing that anybody reads; that of a file that is still to be fetched cannot be.
        .filter(([key]) => key !== 'base64_data')
        .map(([key, part]) => [key, shown(part.get ? Reflect.get(value, key) : part.value)]);
    if (source) return { ...Object.fromEntries(parts), size: Buffer.isBuffer(source) ? source.length : source.size };
    const { base64_data } = value as { base64_data?: unknown };
    const size = typeof base64_data === 'string' ? Buffer.byteLength(base64_data, 'base64') : undefined;
    return { ...Object.fromEntries(parts), ...(size !== undefined && { size }) };
}

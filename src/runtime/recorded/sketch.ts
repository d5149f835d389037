/** How much of a message is kept: values in all, characters of a text, levels, rows of a list. */
const most = { values: 3_000, text: 1_000, depth: 14, rows: 30 };

/** Of the connection that a message came over, and what nodes keep in it for themselves. */
const isOwn = (key: string): boolean => key === 'req' || key === 'res' || key.startsWith('_');
/** What flows send to other systems to be let in. */
const secret = /^(authorization|cookie|password|secret|token|api[-_]?key|x-api-key|access_token|client_secret)$/i;

export interface Sketch {
    readonly msg: Readonly<Record<string, unknown>>;
    /** Something is shorter than it was, or left out. */
    readonly cut: boolean;
}

/** A copy of a message that is JSON and bounded: its structure with its values, long texts and lists cut, no secrets. */
export function sketchOf(msg: object): Sketch {
    let values = 0;
    let cut = false;
    const above = new Set<object>();
    const shortened = <T>(value: T): T => {
        cut = true;
        return value;
    };

    function drawn(value: unknown): unknown {
        values += 1;
        if (typeof value === 'string')
            return value.length > most.text ? shortened(`${value.slice(0, most.text)}…`) : value;
        if (typeof value === 'bigint') return String(value);
        if (typeof value !== 'object' || value === null) return value;
        if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
        if (ArrayBuffer.isView(value)) return shortened(`‹${value.byteLength} bytes›`);
        if (above.has(value) || above.size >= most.depth || values > most.values) return shortened('…');
        above.add(value);
        const copy = Array.isArray(value) ? rowsOf(value) : partsOf(value);
        above.delete(value);
        return copy;
    }

    function rowsOf(rows: readonly unknown[]): unknown[] {
        if (rows.length > most.rows) cut = true;
        return rows.slice(0, most.rows).map((each) => drawn(each) ?? null);
    }

    function partsOf(thing: object, isLeft: (key: string) => boolean = () => false): Record<string, unknown> {
        const copy: Record<string, unknown> = {};
        for (const key of Object.keys(thing)) {
            if (isLeft(key)) continue;
            if (values > most.values) return shortened(copy);
            const value: unknown = Reflect.get(thing, key);
            if (value === undefined || typeof value === 'function' || typeof value === 'symbol') continue;
            // Not by assignment: the key may be __proto__.
            const kept = secret.test(key) && typeof value === 'string' ? shortened('•••') : drawn(value);
            Object.defineProperty(copy, key, { value: kept, enumerable: true, configurable: true, writable: true });
        }
        return copy;
    }

    return { msg: partsOf(msg, isOwn), cut };
}

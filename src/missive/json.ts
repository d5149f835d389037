/** A value as JSON; `undefined` where it cannot be written: it refers to itself, is a BigInt or a function. */
export function written(value: unknown): string | undefined {
    try {
        return JSON.stringify(value);
    } catch {
        return undefined;
    }
}

/** The value of a text; `undefined` where that is no JSON. */
export function parsed(text: string): unknown {
    try {
        return JSON.parse(text);
    } catch {
        return undefined;
    }
}

/** The id of a row; undefined where it has none. */
export const idOf = (row: unknown): unknown =>
    typeof row === 'object' && row !== null ? Reflect.get(row, 'id') : undefined;

/** A filter that lets each id through once; a row without an id always. */
export function unseen(ids = new Set<unknown>()): (row: unknown) => boolean {
    return (row) => {
        const id = idOf(row);
        if (id === undefined) return true;
        if (ids.has(id)) return false;
        ids.add(id);
        return true;
    };
}

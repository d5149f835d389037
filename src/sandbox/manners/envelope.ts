import { invalid, invalidIds } from './refuse';
import { type Fields, isFields } from './shape';

function inside(body: unknown, key: string): unknown {
    const content = isFields(body) ? body[key] : undefined;
    if (content === undefined) throw invalid(`Validation failed: '${key}' is required`);
    return content;
}

/** The one object of an envelope. */
export function one(body: unknown, key: string): Fields {
    const content = inside(body, key);
    if (!isFields(content)) throw invalid(`Validation failed: '${key}' must be an object`);
    return content;
}

/** The list of an envelope, for a creation. */
export function many(body: unknown, key: string): readonly Fields[] {
    const content = inside(body, key);
    if (!Array.isArray(content) || content.length === 0 || !content.every(isFields)) {
        throw invalid(`Validation failed: '${key}' must be an array of objects`);
    }
    return content;
}

/** The list of an envelope, or one object in its place, as canned responses and labels are made. */
export const oneOrMany = (body: unknown, key: string): readonly Fields[] =>
    isFields(body) && isFields(body[key]) ? [body[key]] : many(body, key);

/** The list of an envelope, for a change: one object per id of the path, with that `id`, none twice. */
export function changes(body: unknown, key: string, ids: readonly string[]): readonly (Fields & { id: string })[] {
    const content = isFields(body) ? body[key] : undefined;
    if (!Array.isArray(content) || content.length !== ids.length) throw invalidIds();
    const rows = content.filter((row): row is Fields & { id: string } => isFields(row) && ids.includes(String(row.id)));
    if (rows.length !== ids.length || new Set(rows.map((row) => row.id)).size !== ids.length) throw invalidIds();
    return rows;
}

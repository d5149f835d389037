import { createHash } from 'node:crypto';

/** The same id for the same name, always: what the seed holds can be found again after a reset. */
export const idOf = (name: string): string =>
    createHash('sha1')
        .update(name)
        .digest('hex')
        .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');

/** Ids that the documentation's examples use, too. */
export const known = {
    harborBikes: '7c1e0f52-886f-4e3d-af67-614f41edf1df',
    ines: '3b9d2a44-c20c-4e2b-a8ac-1fb58103b0e6',
    rui: '88aa224f-97b3-4a85-ae96-971759dd6ff9',
    workshop: '1f0a5c3e-b3c3-4696-a022-3f99b58b0d61',
    customers: '5d0f1b52-7a0d-4b8c-8e53-0e6f2c1a9b77',
    shop: 'aa01a2d0-a628-4b52-ac53-ee404a9bab4c',
    parts: 'b1d21975-ac67-4dea-af96-685e5544656f',
    channel: '0aa6f1d2-7b1c-4e0a-9c37-55d1f2c30b11',
} as const;

/** Records by their id. */
export const byId = <T extends { readonly id: string }>(rows: readonly T[]): Map<string, T> =>
    new Map(rows.map((row) => [row.id, row]));

import type { Declaration } from '../../missive/operations/family';

/** What each node of the palette declares, by its type, as far as Node-RED has loaded it. */
const all = new Map<string, Declaration>();

export const declare = (declaration: Declaration): void => {
    all.set(declaration.type, declaration);
};

export const declared = (type: string): Declaration | undefined => all.get(type);

import type { NodeAPI } from 'node-red';
import { warn } from '../language/speaking';
import { ownershipOf } from '../owner';
import type { Registrar } from './registrar';
import { registrarsOf } from './registrars';

/** The side that a rule of a node that is gone belongs to, by the key in its address. */
export function straySide(RED: NodeAPI, key: string | undefined): Registrar | undefined {
    if (key === undefined) return undefined;
    try {
        return registrarsOf(RED)
            .all()
            .find((side) => (side.shared || ownershipOf(RED).mine) && side.mayLive(key));
    } catch {
        return undefined; // the list cannot be read: whoever needs it says so
    }
}

/** A rule of a node that is gone has called, and says by its event which it is: it is deleted. */
export function deleteStray(RED: NodeAPI, side: Registrar, key: string, body: unknown): void {
    const { rule } = (body ?? {}) as { readonly rule?: { readonly id?: unknown } };
    const id = rule?.id;
    if (typeof id !== 'string' && typeof id !== 'number') return;
    side.deleteFound(key, String(id)).catch((error: Error) => warn(RED, `Missive hooks: ${error.message}`));
}

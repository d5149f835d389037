import { createHash, timingSafeEqual } from 'node:crypto';
import { isVariable } from '../../connection';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Whether two secrets are the same; takes as long whatever they have in common. */
export const sameSecret = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));

/** The key as it is used; blank where there is none, or only the name of a variable that is not there. */
export function keyOf(stored: unknown): string {
    const key = typeof stored === 'string' ? stored.trim() : '';
    return isVariable(key) ? '' : key;
}

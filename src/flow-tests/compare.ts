import { type Case, type Expected, kinds, type Wanted } from './case';
import type { Outcome, Thing } from './outcome';

/** What is wrong, a sentence each; empty where all is as the case says. */
export function problemsOf(expect: Case['expect'], outcome: Outcome): string[] {
    const wanted: Expected = expect === 'nothing' ? {} : expect;
    return kinds.flatMap((kind) => {
        const list = (wanted[kind] ?? []).map((each) => (kind === 'errors' ? { message: each } : each)) as Thing[];
        const left = [...outcome[kind]];
        const missing = list.filter((each) => {
            const place = left.findIndex((thing) => fits(each, thing));
            if (place >= 0) left.splice(place, 1);
            return place < 0;
        });
        const extra = wanted.others === 'allowed' && wanted[kind] === undefined ? [] : left;
        return [
            ...missing.map((each) => `expected, and not there: ${wordOf(kind)} ${JSON.stringify(each)}`),
            ...extra.map((each) => `there, and not expected: ${wordOf(kind)} ${JSON.stringify(each)}`),
        ];
    });
}

const wordOf = (kind: string): string => kind.replace(/s$/, '').replace('_', ' ').replace('sent', 'message sent');

function fits(wanted: Thing, found: Thing): boolean {
    return Object.entries(wanted).every(([key, value]) => fitsValue(value, found[key]));
}

function fitsValue(wanted: unknown, found: unknown): boolean {
    if (typeof wanted === 'number' && Array.isArray(found)) return found.length === wanted;
    if (Array.isArray(wanted)) return JSON.stringify([...wanted].sort()) === JSON.stringify([found].flat().sort());
    if (typeof wanted === 'object' && wanted !== null) return fitsText(wanted as Wanted, String(found ?? ''));
    return typeof wanted === 'string' ? fitsText(wanted, String(found ?? '')) : wanted === found;
}

function fitsText(wanted: Wanted, found: string): boolean {
    if (typeof wanted === 'string') return wanted.trim() === found.trim();
    if ('contains' in wanted) return found.includes(wanted.contains);
    return new RegExp(wanted.matches, 'u').test(found);
}

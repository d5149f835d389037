import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Where a process is: only one with the same place can say whether another one is alive. */
interface Place {
    /** The machine, or the container: its name, its start, its space of process ids. */
    readonly machine: string;
    readonly pid: number;
    /** When the process began, in ticks since the start of the machine; blank where that is not known. */
    readonly began: string;
}

const machine = [hostname(), told('/proc/sys/kernel/random/boot_id'), linked('/proc/self/ns/pid')].join(' ');

/** Where this process is. */
export const placeOfProcess: Place = { machine, pid: process.pid, began: beginningOf(process.pid) };

/** Whether the process at a place is alive; `undefined` where that cannot be told from here. */
export function alive(place: unknown): boolean | undefined {
    const { machine: where, pid, began } = (typeof place === 'object' && place !== null ? place : {}) as Partial<Place>;
    if (where !== machine || typeof pid !== 'number' || !Number.isInteger(pid) || pid <= 0) return undefined;
    if (!isRunning(pid) || isEnded(pid)) return false;
    // Another process may have got its number meanwhile.
    const since = beginningOf(pid);
    if (began && since) return began === since;
    return undefined;
}

function isRunning(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        return (error as NodeJS.ErrnoException).code === 'EPERM';
    }
}

/** A process that has ended stays in the list until its parent has asked for it. */
const isEnded = (pid: number): boolean => /^[ZX]/.test(fieldsOf(pid)[0] ?? '');

/** The 22nd field of its stat; the second may hold blanks, in brackets. */
function beginningOf(pid: number): string {
    return fieldsOf(pid)[19] ?? '';
}

/** The fields of a process' stat from the third on. */
function fieldsOf(pid: number): readonly string[] {
    const stat = told(`/proc/${pid}/stat`);
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function told(file: string): string {
    try {
        return readFileSync(file, 'utf8').trim();
    } catch {
        return '';
    }
}

function linked(file: string): string {
    try {
        return readlinkSync(file);
    } catch {
        return '';
    }
}

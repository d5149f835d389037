import { inputError } from '../errors';
import type { Missive, Outcome } from '../operations/operation';
import { cleanName } from '../reading/file-name';
import { download } from './file-link';
import { megabytes, type Sized } from './file-size';
import { writeInside } from './file-write';

/** More is held by no message that Missive takes in, and would fill the memory. */
const largest = 50 * 1024 * 1024;

/** What names a file: its link as Missive gives it, or the message that it is in and its own id. */
export interface Wanted {
    readonly url?: string | null;
    readonly filename?: string | null;
    readonly message?: string | null;
    readonly id?: string | null;
    /** Where it goes in the account's folder for files; absent: it is given as a Buffer. */
    readonly path?: string | null;
}

/** A file of a message as Missive lists it (missive-api §5.4). */
interface Listed {
    readonly id?: string;
    readonly url?: string;
    readonly filename?: string;
    readonly media_type?: string;
    readonly sub_type?: string;
}

/** The sentence for an input that names no file. */
export const checkWanted = ({ url, message }: Wanted): string | undefined =>
    url || message
        ? undefined
        : 'Nothing names the file: give its Link (url), as Missive lists it among the attachments of a message, or its Message (message).';

/**
 * Fetches a file of a message: as a Buffer, or into the account's folder, where a draft can take it from by its path.
 * A link of a message expires; with the message's id a fresh one is asked for.
 */
export async function getAttachment(wanted: Wanted, missive: Missive): Promise<Outcome> {
    const asked = wanted.message ? await listed(wanted, wanted.message, missive) : undefined;
    const url = asked?.file.url ?? wanted.url ?? '';
    const filename = cleanName(wanted.filename || asked?.file.filename || nameIn(url)) || 'attachment';
    const { places, signal } = missive;
    const fetched = await fewAtOnce(async () => {
        const bytes = await download({ url, filename }, { home: await places.home(), signal, fits });
        return wanted.path
            ? { size: bytes.length, path: await writeInside(places.folder(), wanted.path, filename, bytes) }
            : { size: bytes.length, bytes };
    });
    const { size } = fetched;
    const { pathname } = new URL(url);
    const notes = { filename, size };
    const call = asked?.call ?? { method: 'GET', path: pathname };
    const answer = asked?.answer ?? { status: 200, body: undefined, attempts: 1, waited: 0 };
    const payload = 'bytes' in fetched ? fetched.bytes : { path: fetched.path, filename, size };
    return { call, answer, payload, notes };
}

/** So many files are on their way at once: a hundred of them would not fit into the memory. */
const most = 3;
let running = 0;
const waiting: (() => void)[] = [];

async function fewAtOnce<T>(work: () => Promise<T>): Promise<T> {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
        return await work();
    } finally {
        const next = waiting.shift();
        // The place is handed on.
        if (next) next();
        else running -= 1;
    }
}

async function listed({ id }: Wanted, message: string, { send }: Missive) {
    const call = { method: 'GET', path: `/messages/${encodeURIComponent(message)}` } as const;
    const answer = await send(call);
    const { messages } = (answer.body ?? {}) as { messages?: unknown };
    const [found] = [messages].flat() as ({ attachments?: readonly Listed[] } | undefined)[];
    const files = found?.attachments ?? [];
    const file = id ? files.find((each) => each.id === id) : files.length === 1 ? files[0] : undefined;
    if (file?.url) return { file, call, answer };
    throw inputError(
        id
            ? `The message has no attachment with the id ${id.slice(0, 60)}.`
            : `The message has ${files.length === 0 ? 'no attachments' : `${files.length} attachments: say which one by its id (id)`}.`,
    );
}

function fits({ filename, bytes }: Sized): void {
    if (bytes > largest)
        throw inputError(`The file “${filename}” is larger than ${megabytes(largest)}, which is more than is fetched.`);
}

function nameIn(url: string): string {
    try {
        return decodeURIComponent(new URL(url).pathname);
    } catch {
        return '';
    }
}

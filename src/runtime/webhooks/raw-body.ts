import type { IncomingMessage, ServerResponse } from 'node:http';
import { steady } from '../../missive/steady';

/** The largest body that a webhook may have. */
export const largest = 5 * 1024 * 1024;

/** All bodies that are not dealt with may take so much memory; one more is refused, and Missive sends it again. */
const budget = 128 * 1024 * 1024;
/** Missive gives up after 15 seconds. Who takes longer for a body only wants to keep a connection. */
const deadline = 20_000;

/** The bytes as they were sent, or why there are none. `gone`: somebody read them before we could. */
export type RawBody = Buffer | 'too large' | 'too slow' | 'too many' | 'cut off' | 'gone';

/** Where a request has its copy: a weak map with an entry for each request is work for the garbage collector. */
const copyOf = Symbol('missive copy');

type Copied = IncomingMessage & { [copyOf]?: Copy };

let held = 0;
const none = Buffer.alloc(0);

/**
 * Copies a body's bytes while Node's HTTP parser hands them to the request: nothing is consumed, whoever reads the
 * request still can. To be called before anybody else sees the request, in a server's own `request` event.
 */
export function copyBody(req: Copied, res: ServerResponse): void {
    const copy = new Copy();
    req[copyOf] = copy;
    res.once('close', () => copy.release());
    const push = req.push;
    req.push = (chunk: unknown, encoding?: BufferEncoding): boolean => {
        if (chunk === null) copy.end();
        else copy.add(chunk, encoding);
        return push.call(req, chunk, encoding);
    };
}

/** When the request arrived, in milliseconds. */
export const arrival = (req: Copied): number => req[copyOf]?.began ?? Date.now();

/** The same on a clock that nobody sets, to measure with. */
export const arrivalSteady = (req: Copied): number => req[copyOf]?.since ?? steady();

/** The raw bytes of a request's body, once it is complete. Never rejects. */
export function rawBody(req: Copied): Promise<RawBody> {
    const copy = req[copyOf] ?? readBody(req);
    if (!copy) return Promise.resolve(leftBehind(req) ?? 'gone');
    return new Promise((resolve) => {
        let timer: NodeJS.Timeout | undefined;
        let ended = false;
        copy.endless = () => resolve('too large');
        copy.onEnd(() => {
            ended = true;
            clearTimeout(timer);
            resolve(copy.whole ? copy.bytes : 'cut off');
        });
        req.resume(); // a body that nobody reads never ends
        // Almost every body comes in one piece with its head.
        process.nextTick(() => {
            if (!ended) timer = setTimeout(() => resolve('too slow'), copy.since + deadline - steady());
        });
    });
}

/** Without a copy, as where a host serves RED.httpNode from a server of its own: reads the request itself. */
function readBody(req: Copied): Copy | undefined {
    if (req.readableDidRead) return undefined;
    const copy = new Copy();
    req[copyOf] = copy;
    req.on('data', (chunk: unknown) => copy.add(chunk));
    req.once('end', () => copy.end());
    req.once('close', () => copy.release());
    return copy;
}

/** Some hosts keep the bytes: `rawBody` of cloud functions, `body` of a raw body parser. */
function leftBehind(req: IncomingMessage & { rawBody?: unknown; body?: unknown }): RawBody | undefined {
    const left = [req.rawBody, req.body].find((value) => Buffer.isBuffer(value));
    return left && left.length > largest ? 'too large' : left;
}

/** One growing buffer: a body that comes byte by byte would else keep an object, and a socket's buffer, for each. */
class Copy {
    readonly began = Date.now();
    readonly since = steady();
    whole = false;
    /** Called when there is so much that nobody should wait for the end. */
    endless: () => void = () => {};
    #ended: () => void = () => {};
    #refused = false;
    #released = false;
    #buffer: Buffer = none;
    #length = 0;

    get bytes(): RawBody {
        if (this.#refused) return 'too many';
        return this.#length > largest ? 'too large' : this.#buffer.subarray(0, this.#length);
    }

    add(chunk: unknown, encoding?: BufferEncoding): void {
        const part = typeof chunk === 'string' ? Buffer.from(chunk, encoding) : chunk;
        if (!(part instanceof Uint8Array)) return;
        const from = this.#length;
        this.#length += part.length;
        if (this.#length > 2 * largest) this.endless();
        if (this.#length > largest || this.#refused) this.#drop();
        else {
            // Almost every body comes in one piece, which Node gives us for good: it is taken as it is.
            if (from === 0 && Buffer.isBuffer(part) && part.buffer.byteLength === part.length) this.#take(part);
            else if (this.#length > this.#buffer.length) this.#grow();
            if (!this.#refused && this.#buffer !== part) this.#buffer.set(part, from);
        }
    }

    /** All of it has come. */
    end(): void {
        this.whole = true;
        this.#ended();
    }

    /** Calls a function when all has come, or nothing more can. */
    onEnd(then: () => void): void {
        this.#ended = then;
        if (this.whole || this.#released) then();
    }

    /** Its memory is free for others; nothing more comes. */
    release(): void {
        this.#drop();
        this.#released = true;
        if (!this.whole) this.#ended();
    }

    #grow(): void {
        const more = this.#buffer.length === 0 ? 0 : Math.max(this.#buffer.length * 2, 4096);
        const smaller = this.#buffer;
        // Nothing is read beyond what was written.
        this.#take(Buffer.allocUnsafe(Math.min(largest, Math.max(this.#length, more))));
        if (!this.#refused) this.#buffer.set(smaller);
    }

    /** Keeps the bytes in this buffer from now on, if there is room for it. */
    #take(buffer: Buffer): void {
        this.#refused = this.#released || held + buffer.length - this.#buffer.length > budget;
        const next = this.#refused ? none : buffer;
        held += next.length - this.#buffer.length;
        this.#buffer = next;
    }

    #drop(): void {
        held -= this.#buffer.length;
        this.#buffer = none;
    }
}

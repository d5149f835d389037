import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

/** A request that was read whole: Missive would have carried it out. */
export interface Seen {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
}

/** What the server does when a request has been read whole, or, `early`, as soon as a connection stands. */
export interface Step {
    readonly early?: boolean;
    act(socket: Socket, seen?: Seen): void;
}

/** A proper answer. A body that is no text is sent as JSON. */
export function answer(status: number, body: unknown = {}, headers: Record<string, string> = {}): Step {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const all = { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(text)), ...headers };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    return { act: (socket) => socket.write(`HTTP/1.1 ${status} Test\r\n${lines.join('')}\r\n${text}`) };
}

const half = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"tasks":';

/** The ways in which a server, or what stands before it, can fail. */
export const faults = {
    resetAtOnce: { early: true, act: (socket: Socket) => socket.resetAndDestroy() },
    closeAtOnce: { early: true, act: (socket: Socket) => socket.destroy() },
    resetAfterReading: { act: (socket: Socket) => socket.resetAndDestroy() },
    closeAfterReading: { act: (socket: Socket) => socket.end() },
    silence: { act: () => {} },
    noHttp: { act: (socket: Socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n\r\n') },
    hugeHeaders: { act: (socket: Socket) => socket.end(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`) },
    halfBody: { act: (socket: Socket) => socket.end(half) },
    stalledBody: { act: (socket: Socket) => socket.write(half) },
    resetInBody: { act: (socket: Socket) => socket.write(half, () => socket.resetAndDestroy()) },
    refusalCut: {
        act: (socket: Socket) =>
            socket.end('HTTP/1.1 422 No\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{'),
    },
} satisfies Record<string, Step>;

/** Missive on a bad day: each request meets the next step of a script, and the last one for ever after. */
export class FaultyServer {
    readonly seen: Seen[] = [];
    connections = 0;
    readonly #sockets = new Set<Socket>();
    readonly #server: Server;
    readonly #script: Step[];

    private constructor(script: Step[]) {
        this.#script = script;
        this.#server = createServer({ allowHalfOpen: false }, (socket) => this.#accept(socket));
    }

    static async start(...script: Step[]): Promise<FaultyServer> {
        const server = new FaultyServer(script);
        await new Promise<void>((done) => server.#server.listen(0, '127.0.0.1', done));
        return server;
    }

    get port(): number {
        return (this.#server.address() as AddressInfo).port;
    }

    get address(): string {
        return `http://127.0.0.1:${this.port}/v1`;
    }

    /** Connections that are open now. */
    get open(): number {
        return this.#sockets.size;
    }

    async stop(): Promise<void> {
        for (const socket of this.#sockets) socket.destroy();
        await new Promise((done) => this.#server.close(done));
    }

    #next(early: boolean): Step | undefined {
        const [step] = this.#script;
        if (!step || (step.early ?? false) !== early) return undefined;
        if (this.#script.length > 1) this.#script.shift();
        return step;
    }

    #accept(socket: Socket): void {
        this.connections++;
        this.#sockets.add(socket);
        socket.on('close', () => this.#sockets.delete(socket));
        socket.on('error', () => {});
        const early = this.#next(true);
        if (early) {
            early.act(socket);
            return;
        }
        let pieces: Buffer[] = [];
        let [size, wanted] = [0, 0];
        socket.on('data', (piece) => {
            pieces.push(piece);
            size += piece.length;
            // A large body comes in hundreds of pieces: they are looked at together once they may be all of it.
            if (size < wanted) return;
            const bytes = Buffer.concat(pieces);
            const request = parse(bytes);
            if (!request) {
                wanted = Number(/\r\ncontent-length: *(\d+)/i.exec(bytes.toString('latin1', 0, 4096))?.[1] ?? 0);
                return;
            }
            pieces = [];
            [size, wanted] = [0, 0];
            this.seen.push(request);
            this.#next(false)?.act(socket, request);
        });
    }
}

/** One request, once it is there as a whole. */
function parse(bytes: Buffer): Seen | undefined {
    const end = bytes.indexOf('\r\n\r\n');
    if (end < 0) return undefined;
    const [first = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
    const headers = Object.fromEntries(
        lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
    );
    const body = bytes.subarray(end + 4);
    if (body.length < Number(headers['content-length'] ?? 0)) return undefined;
    const [method = '', path = ''] = first.split(' ');
    return { method, path, headers, body: body.toString() };
}

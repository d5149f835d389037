import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Limits } from '../../src/missive/limits/ledger';

/** A Missive with sliding windows and five slots, in real time; it notes what arrives. */
export class FarEnd {
    /** When requests were taken, in milliseconds. */
    readonly taken: number[] = [];
    refused = 0;
    mostInFlight = 0;
    #inFlight = 0;
    readonly #server: Server;

    private constructor(limits: Limits, latency: () => number) {
        this.#server = createServer((request, response) => {
            request.resume();
            const now = performance.now();
            this.#inFlight++;
            this.mostInFlight = Math.max(this.mostInFlight, this.#inFlight);
            const full = limits.windows.find(({ limit, span }) => (this.taken.at(-limit) ?? -Infinity) > now - span);
            const isRefused = full !== undefined || this.#inFlight > limits.inFlight;
            if (isRefused) this.refused++;
            else this.taken.push(now);
            let over = false;
            const end = () => {
                if (!over) this.#inFlight--;
                over = true;
            };
            response.on('close', end);
            const answer = setTimeout(() => {
                end();
                response.writeHead(isRefused ? 429 : 201, {
                    'content-type': 'application/json',
                    ...(isRefused && {
                        'retry-after': '1',
                        'x-ratelimit-limit': String(full?.limit ?? limits.inFlight),
                    }),
                });
                response.end('{}');
            }, latency());
            // An answer that nobody waits for any more keeps no process.
            answer.unref();
        });
    }

    static async start(limits: Limits, latency: () => number): Promise<FarEnd> {
        const far = new FarEnd(limits, latency);
        await new Promise<void>((done) => far.#server.listen(0, '127.0.0.1', done));
        return far;
    }

    get inFlight(): number {
        return this.#inFlight;
    }

    get address(): string {
        return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
    }

    stop(): void {
        this.#server.closeAllConnections();
        this.#server.close();
    }
}

import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A wire to a port of this machine that can be cut, mended, slow, or deaf on one side. */
export class Cut {
    readonly #sockets = new Set<Socket>();
    readonly #server: Server;
    isCut = false;
    /** Whether what is asked arrives, and no answer comes back. */
    isMute = false;
    /** Told of what is asked. */
    asked: ((data: string) => void) | undefined;

    private constructor(port: number, slow: number) {
        this.#server = createServer((near) => {
            if (this.isCut) {
                near.destroy();
                return;
            }
            const far = connect(port, '127.0.0.1');
            for (const [one, other] of [
                [near, far],
                [far, near],
            ] as const) {
                this.#sockets.add(one);
                one.on('error', () => other.destroy());
                one.on('close', () => {
                    this.#sockets.delete(one);
                    other.destroy();
                });
            }
            near.on('data', (data) => {
                this.asked?.(String(data));
                far.write(data);
            });
            const answer = (data: Buffer) => {
                if (!this.isMute) near.write(data);
            };
            far.on('data', (data) => (slow > 0 ? setTimeout(answer, slow, data).unref() : answer(data)));
        });
    }

    /** `slow`: milliseconds that each answer takes. */
    static async to(port: number, slow = 0): Promise<Cut> {
        const cut = new Cut(port, slow);
        cut.#server.listen(0, '127.0.0.1');
        await once(cut.#server, 'listening');
        return cut;
    }

    get port(): number {
        return (this.#server.address() as AddressInfo).port;
    }

    cut(isCut: boolean): void {
        this.isCut = isCut;
        if (isCut) for (const socket of this.#sockets) socket.destroy();
    }

    close(): void {
        this.cut(true);
        this.#server.close();
    }
}

import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** A wire to a port of this machine that can be cut, and mended. */
export class Cut {
    readonly #sockets = new Set<Socket>();
    readonly #server: Server;
    isCut = false;

    private constructor(port: number) {
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
                one.pipe(other);
            }
        });
    }

    static async to(port: number): Promise<Cut> {
        const cut = new Cut(port);
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

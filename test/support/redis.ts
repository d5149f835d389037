import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

const running = new Set<ChildProcess>();
process.on('exit', () => {
    for (const child of running) child.kill('SIGKILL');
});

/** A real Redis on a free port of this machine, without persistence; it can be killed, stopped and started anew. */
export class RedisServer {
    readonly port: number;
    tlsPort = 0;
    #child: ChildProcess | undefined;

    private constructor(port: number) {
        this.port = port;
    }

    get address(): string {
        return `redis://127.0.0.1:${this.port}/0`;
    }

    static async start(...options: string[]): Promise<RedisServer> {
        const server = new RedisServer(await freePort());
        await server.begin(...options);
        return server;
    }

    /** One that can be reached encrypted, too; `undefined` where this Redis was built without. */
    static async withTls(
        { key, cert }: { readonly key: string; readonly cert: string },
        ...options: string[]
    ): Promise<RedisServer | undefined> {
        const server = new RedisServer(await freePort());
        server.tlsPort = await freePort();
        const files = ['--tls-key-file', key, '--tls-cert-file', cert, '--tls-ca-cert-file', cert];
        try {
            await server.begin('--tls-port', String(server.tlsPort), ...files, '--tls-auth-clients', 'no', ...options);
        } catch {
            await server.kill();
            return undefined;
        }
        return server;
    }

    /** Starts it on its port, empty. */
    begin(...options: string[]): Promise<void> {
        return this.#begin(/Ready to accept connections/, options);
    }

    /** Starts it with what it has saved, and does not wait until it has read that. */
    beginLoading(...options: string[]): Promise<void> {
        return this.#begin(/Server initialized/, options);
    }

    async #begin(ready: RegExp, options: readonly string[]): Promise<void> {
        const fixed = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
        const child = spawn(program(), [...fixed, '--maxmemory', '64mb', ...options], {
            stdio: ['ignore', 'pipe', 'ignore'],
        });
        this.#child = child;
        running.add(child);
        let log = '';
        for await (const text of child.stdout) {
            log += String(text);
            if (ready.test(log)) break;
        }
        child.stdout.resume();
        if (!ready.test(log)) throw new Error(`redis-server does not run:\n${log}`);
    }

    async kill(): Promise<void> {
        const child = this.#child;
        if (!child) return;
        this.#child = undefined;
        child.kill('SIGKILL');
        if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
        running.delete(child);
    }

    /** Stops answering, or goes on. */
    freeze(isFrozen: boolean): void {
        this.#child?.kill(isFrozen ? 'SIGSTOP' : 'SIGCONT');
    }
}

async function freePort(): Promise<number> {
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const address = probe.address();
    probe.close();
    await once(probe, 'close');
    if (!address || typeof address === 'string') throw new Error('No free port');
    return address.port;
}

/** The server: `REDIS_SERVER`, else Redis or Valkey on the path. No npm package brings one without compiling it. */
function program(): string {
    const names = [process.env.REDIS_SERVER, 'redis-server', 'valkey-server'].filter((each) => each !== undefined);
    const found = names.find((name) => spawnSync(name, ['--version'], { timeout: 5000 }).status === 0);
    if (found) return found;
    throw new Error('redis-server is missing: apt-get install redis-server, or name one in REDIS_SERVER');
}

/** Skips the suite where there is no redis-server, and says so. With `CI` set a missing one is a failure. */
export function redisOrSkip(this: Mocha.Context): void {
    try {
        program();
    } catch (error) {
        if (process.env.CI) throw error;
        process.stdout.write(`    ${(error as Error).message}: these tests need it\n`);
        this.skip();
    }
}

import type { Server } from 'node:http';
import type { Answer, Call, Method } from '../../src/missive/call';
import { MissiveError } from '../../src/missive/errors';
import { Limiter } from '../../src/missive/limits/limiter';
import { Client, type ClientOptions } from '../../src/missive/wire/client';
import { FaultyServer, type Step } from './faulty-server';

export const token = 'missive_pat-of-the-client-spec';
export const turn = { node: 'a' };
export const methods: readonly Method[] = ['GET', 'PATCH', 'DELETE', 'POST'];
export const callOf = (method: Method): Call =>
    method === 'GET' || method === 'DELETE'
        ? { method, path: '/tasks' }
        : { method, path: '/tasks', body: { tasks: {} } };

/** What became of a call: the answer or the error. */
export interface End {
    readonly answer?: Answer;
    readonly error?: MissiveError;
}

/** One call of each method: its end, and how often the server really read it. */
export type Ends = Record<Method, End & { readonly seen: number }>;

export const seenOf = (ends: Ends) => methods.map((method) => ends[method].seen);
export const codesOf = (ends: Ends) => methods.map((method) => ends[method].error?.code ?? 'done');
export const deliveredOf = (ends: Ends) => methods.map((method) => ends[method].error?.delivered);

/** What a limiter's windows have counted. */
export const spentOf = (limiter: Limiter) => limiter.state().windows.map(({ used }) => used);

export const pause = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));

/** Stops a server with all its connections. */
export const stop = (server: Server) =>
    new Promise<void>((done) => {
        server.closeAllConnections();
        server.close(() => done());
    });

export async function errorOf(promise: Promise<unknown>): Promise<MissiveError> {
    const error = await promise.then(
        (value) => new Error(`No error but ${JSON.stringify(value)}`),
        (reason: unknown) => reason,
    );
    if (error instanceof MissiveError) return error;
    throw error;
}

export async function endOf(client: Client, call: Call): Promise<End> {
    try {
        return { answer: await client.send(call, turn) };
    } catch (error) {
        if (error instanceof MissiveError) return { error };
        throw error;
    }
}

const proxies = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'];

/** Clients and servers for the suite that calls it, without a proxy, and closed after each test. */
export function clients() {
    const servers: FaultyServer[] = [];
    const opened: Client[] = [];
    let environment: NodeJS.ProcessEnv;

    before(() => {
        environment = { ...process.env };
        for (const name of proxies) delete process.env[name];
    });
    after(() => {
        for (const name of proxies) {
            if (environment[name] === undefined) delete process.env[name];
            else process.env[name] = environment[name];
        }
    });
    const close = () => Promise.all(opened.splice(0).map((client) => client.close()));
    afterEach(async () => {
        await close();
        await Promise.all(servers.splice(0).map((server) => server.stop()));
    });

    async function serve(...script: Step[]): Promise<FaultyServer> {
        const server = await FaultyServer.start(...script);
        servers.push(server);
        return server;
    }

    function clientOf(address: string, options: Partial<ClientOptions> = {}): Client {
        const client = new Client({
            address: async () => address,
            token,
            limiter: new Limiter(),
            backOff: 1,
            ...options,
        });
        opened.push(client);
        return client;
    }

    /** One call of each method against a server of its own, all at the same time. */
    async function each(options: Partial<ClientOptions>, ...script: Step[]): Promise<Ends> {
        const ends = await Promise.all(
            methods.map(async (method): Promise<[Method, Ends[Method]]> => {
                const server = await serve(...script);
                const end = await endOf(clientOf(server.address, options), callOf(method));
                return [method, { ...end, seen: server.seen.length }];
            }),
        );
        return Object.fromEntries(ends) as Ends;
    }

    return { serve, clientOf, each, close };
}

import type { Dispatcher, EnvHttpProxyAgent, Pool } from 'undici';

/** Milliseconds until a connection stands. */
export const connectTime = 10_000;

/**
 * How a connection is made. A name with several addresses has them tried in turn; Node.js gives each a quarter of a
 * second, which is too short for a slow line: where the last one leads nowhere every call would fail.
 */
export const connecting = (timeout = connectTime) => ({
    timeout,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: Math.ceil(timeout * 0.3),
});

/** What a proxy that closed a connection instead of answering is called in an error. */
export const proxyClosed = 'proxy closed the connection';

/** What one that answered something else than HTTP is called: another program listens there. */
export const proxyGarbled = 'proxy speaks no HTTP';

/** What a proxy answered that let nobody through: such an error has no code of its own, its words name the status. */
export function proxyAnswer(error: Error): string | undefined {
    const said = /^Proxy response \((\d+)\)/.exec(error.message);
    return said ? `proxy answered ${said[1]}` : undefined;
}

/** The options of an agent for which a proxy of the environment stands in between. */
export function proxied(timeout = connectTime): Partial<EnvHttpProxyAgent.Options> {
    return {
        requestTls: connecting(timeout),
        proxyTls: connecting(timeout),
        // The proxy's own connections: without this a proxy that stalls would be waited for 300 s.
        clientFactory: (origin, options) => {
            const { Pool: Connections } = require('undici') as typeof import('undici');
            return telling(new Connections(origin, { ...options, headersTimeout: timeout, bodyTimeout: timeout }));
        },
    };
}

/** The codes of errors that mean so: undici takes some of them for something that passes, and would ask again without an end. */
const closed = /^(UND_ERR_SOCKET|UND_ERR_INFO|ECONNRESET|EPIPE)$/;

function telling(pool: Pool): Dispatcher {
    const connect = pool.connect.bind(pool) as (options: Dispatcher.ConnectOptions) => Promise<Dispatcher.ConnectData>;
    const told = (options: Dispatcher.ConnectOptions) =>
        connect(options).catch((cause: unknown) => {
            const { code = '', name = '' } = cause instanceof Error ? (cause as Error & { code?: string }) : {};
            const reason = closed.test(code) ? proxyClosed : name === 'HTTPParserError' ? proxyGarbled : undefined;
            throw reason === undefined ? cause : Object.assign(new Error(reason, { cause }), { code: reason });
        });
    return Object.assign(pool, { connect: told });
}

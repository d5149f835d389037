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

/** undici takes a socket that the proxy closed for something that passes, and would ask again without an end. */
function telling(pool: Pool): Dispatcher {
    const connect = pool.connect.bind(pool) as (options: Dispatcher.ConnectOptions) => Promise<Dispatcher.ConnectData>;
    const told = (options: Dispatcher.ConnectOptions) =>
        connect(options).catch((cause: unknown) => {
            const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
            if (code !== 'UND_ERR_SOCKET' && code !== 'UND_ERR_INFO') throw cause;
            throw Object.assign(new Error(proxyClosed, { cause }), { code: proxyClosed });
        });
    return Object.assign(pool, { connect: told });
}

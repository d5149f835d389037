import path from 'node:path';
import type { Node, NodeAPI, NodeDef } from 'node-red';
import { Client } from '../src/missive/client';
import { MissiveError } from '../src/missive/errors';
import { acquire, type Settings } from '../src/missive/limiters';
import { policyOf } from '../src/missive/policy';
import type { Account } from '../src/runtime/account';
import { serveLimiterState } from '../src/runtime/limiter-state';
import { migrated } from '../src/runtime/migrations';
import { serveSandbox } from '../src/runtime/sandbox-page';
import { sandbox } from '../src/sandbox/shared';

interface Config extends NodeDef {
    readonly url?: string;
    readonly organization?: string;
    readonly connection?: 'missive' | 'sandbox';
    readonly policy?: string;
    readonly redis?: string;
    readonly instances?: number | string;
    readonly maxQueue?: number | string;
    readonly maxWait?: number | string;
    readonly version?: number;
}

/** What Node-RED has of them: text, or nothing where none was entered. */
type Credentials = Record<'token' | 'webhookSecret', unknown>;

const missiveAddress = 'https://public.missiveapp.com/v1';

/** The account: address, token and the limiter that every node of the account shares. */
export default function (RED: NodeAPI): void {
    serveSandbox(RED, sandbox());
    serveLimiterState(RED);

    RED.nodes.registerType(
        'missive-config',
        function (this: Node<Credentials>, stored: Config) {
            RED.nodes.createNode(this, stored);
            const config = migrated('missive-config', stored as Config & Record<string, unknown>) as Config;
            const practice = config.connection === 'sandbox' ? sandbox() : undefined;
            const url = firstOf(config.url, process.env.MISSIVE_API_BASE_URL, missiveAddress);
            const token = practice?.token ?? firstOf(this.credentials?.token, process.env.MISSIVE_API_TOKEN);
            const redis = firstOf(config.redis, process.env.MISSIVE_REDIS_URL);
            let client: Client | undefined;
            let shared: ReturnType<typeof acquire> | undefined;

            const connect = (): Client => {
                if (token === '')
                    throw new MissiveError(
                        'ERR_MISSIVE_CONFIG',
                        'The Missive account has no token. Open the account, enter its API token and deploy.',
                    );
                if (!practice) checkAddress(url);
                if (!practice) checkRedis(redis);
                shared ??= acquire(practice ? 'sandbox' : url, token, settings(), (sentence) => this.warn(sentence));
                return new Client({
                    address: practice ? () => practice.address() : async () => url,
                    token,
                    limiter: shared.limiter,
                    ...numbers({ maxQueue: config.maxQueue, maxWait: config.maxWait }),
                });
            };

            const settings = (): Settings => ({
                policy: policyOf(config.policy),
                // The practice inbox forgets with the process, too.
                folder: practice ? undefined : folderIn(RED.settings.userDir),
                redis: practice ? undefined : redis,
                ...(!practice && numbers({ instances: config.instances })),
            });

            const account: Omit<Account, keyof Node> = {
                client: () => {
                    client ??= connect();
                    return client;
                },
                organization: (config.organization ?? '').trim(),
                webhookSecret: firstOf(
                    this.credentials?.webhookSecret,
                    practice ? practice.secret : process.env.MISSIVE_WEBHOOK_SECRET,
                ),
                ...(practice && { sandbox: practice }),
            };
            Object.assign(this, account);

            this.on('close', () => {
                void client?.close();
                shared?.release();
            });
        },
        { credentials: { token: { type: 'password' }, webhookSecret: { type: 'password' } } },
    );
}

/** Where the package keeps its own files. */
const folderIn = (userDir: string | undefined): string | undefined => userDir && path.join(userDir, 'missive');

/** The first text that is not blank, trimmed. */
const firstOf = (...texts: unknown[]): string =>
    texts.map((text) => (typeof text === 'string' ? text.trim() : '')).find((text) => text !== '') ?? '';

/** Those of some properties that are positive numbers; the editor stores them as text, blank for "not set". */
const numbers = <K extends string>(values: Record<K, number | string | undefined>): { [P in K]?: number } =>
    Object.fromEntries(
        Object.entries(values)
            .map(([key, value]) => [key, Number(value)] as const)
            .filter(([, value]) => Number.isFinite(value) && value > 0),
    ) as { [P in K]?: number };

function checkAddress(url: string): void {
    const protocol = URL.canParse(url) ? new URL(url).protocol : '';
    if (protocol !== 'https:' && protocol !== 'http:')
        throw new MissiveError(
            'ERR_MISSIVE_CONFIG',
            'The address of the Missive account is none. Leave it blank, or write one that starts with https://.',
        );
}

/** The address may hold a password: it is never repeated. */
function checkRedis(address: string): void {
    if (address === '' || (/^rediss?:\/\//i.test(address) && URL.canParse(address))) return;
    throw new MissiveError(
        'ERR_MISSIVE_CONFIG',
        'The address of Redis is none. Leave it blank, or write one that starts with redis:// or rediss://.',
    );
}

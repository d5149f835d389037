import path from 'node:path';
import type { Node, NodeAPI, NodeDef } from 'node-red';
import { gateOf } from '../src/missive/guard/guard';
import type { Limiter } from '../src/missive/limits/limiter';
import { acquire, type Settings } from '../src/missive/limits/limiters';
import { policyOf } from '../src/missive/limits/policy';
import { countryOf } from '../src/missive/reading/phone';
import { Client } from '../src/missive/wire/client';
import type { Account } from '../src/runtime/account';
import { activityOf } from '../src/runtime/activity/activity';
import { serveActivity } from '../src/runtime/admin/activity-routes';
import { serveChoices } from '../src/runtime/admin/choices';
import { serveLimiterState } from '../src/runtime/admin/limiter-state';
import { serveSandbox } from '../src/runtime/admin/sandbox-page';
import { checkConnection, checkRedis, connectionOf, firstOf, isPractice } from '../src/runtime/connection';
import { filesFolder } from '../src/runtime/files-folder';
import { departuresIn } from '../src/runtime/guard/departures-file';
import { migrated } from '../src/runtime/migrations';
import { announced } from '../src/runtime/practice-address';
import { fileOf } from '../src/runtime/user-folder';
import { sandbox } from '../src/sandbox/shared';

interface Config extends NodeDef {
    readonly url?: string;
    readonly organization?: string;
    readonly from?: string;
    /** Two letters: national phone numbers are read as numbers of this country. */
    readonly country?: string;
    readonly files?: string;
    readonly connection?: 'missive' | 'sandbox';
    readonly policy?: string;
    readonly redis?: string;
    readonly instances?: number | string;
    readonly maxQueue?: number | string;
    readonly maxWait?: number | string;
    readonly dry?: boolean;
    readonly send_to?: unknown;
    readonly send_per_hour?: unknown;
    readonly send_per_day?: unknown;
    readonly version?: number;
}

/** What Node-RED has of them: text, or nothing where none was entered. */
type Credentials = Record<'token' | 'webhookSecret', unknown>;

/** The account: address, token and the limiter that every node of the account shares. */
export default function (RED: NodeAPI): void {
    serveSandbox(RED, sandbox);
    serveActivity(RED);
    serveChoices(RED);
    serveLimiterState(RED);

    RED.nodes.registerType(
        'missive-config',
        function (this: Node<Credentials>, stored: Config) {
            RED.nodes.createNode(this, stored);
            const config = migrated('missive-config', stored as Config & Record<string, unknown>) as Config;
            const practice = isPractice(config.connection) ? sandbox() : undefined;
            const connection = connectionOf(config, this.credentials?.token);
            const redis = firstOf(config.redis, process.env.MISSIVE_REDIS_URL);
            const dry = config.dry === true || (!practice && process.env.MISSIVE_DRY_RUN === '1');
            const activity = activityOf(RED);
            const gate = gateOf({ ...config, ...countryOf(config.country), dry }, () =>
                departuresIn(fileOf(RED, 'sent', this.id)),
            );
            let client: Client | undefined;
            let shared: ReturnType<typeof acquire> | undefined;

            const limit = () =>
                acquire(connection.place, connection.token, settings(), (sentence) => this.warn(sentence));
            const connect = (limiter: () => Limiter): Client => {
                checkConnection(connection);
                if (!practice) checkRedis(redis);
                return new Client({
                    address: connection.address,
                    token: connection.token,
                    limiter: limiter(),
                    ...numbers({ maxQueue: config.maxQueue, maxWait: config.maxWait }),
                    signed: practice !== undefined,
                    gate,
                    observe: (happened) => activity.call(this.id, happened),
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
                    client ??= connect(() => {
                        shared ??= limit();
                        return shared.limiter;
                    });
                    return client;
                },
                place: connection.place,
                apart: () => {
                    let own: ReturnType<typeof acquire> | undefined;
                    const apart = connect(() => {
                        own = limit();
                        return own.limiter;
                    });
                    const release = () => {
                        void apart.close();
                        own?.release();
                    };
                    return { client: apart, release };
                },
                files: () => filesFolder(RED, config.files),
                organization: (config.organization ?? '').trim(),
                from: (config.from ?? '').trim(),
                ...countryOf(config.country),
                dry,
                webhookSecret: firstOf(
                    this.credentials?.webhookSecret,
                    practice ? practice.secret : process.env.MISSIVE_WEBHOOK_SECRET,
                ),
                ...(practice && { sandbox: practice }),
            };
            Object.assign(this, account);
            const leave = announced(this, practice);

            this.on('close', () => {
                leave();
                void client?.close();
                shared?.release();
            });
        },
        { credentials: { token: { type: 'password' }, webhookSecret: { type: 'password' } } },
    );
}

/** Where the package keeps its own files. */
const folderIn = (userDir: string | undefined): string | undefined => userDir && path.join(userDir, 'missive');

/** Those of some properties that are positive numbers; the editor stores them as text, blank for "not set". */
const numbers = <K extends string>(values: Record<K, number | string | undefined>): { [P in K]?: number } =>
    Object.fromEntries(
        Object.entries(values)
            .map(([key, value]) => [key, Number(value)] as const)
            .filter(([, value]) => Number.isFinite(value) && value > 0),
    ) as { [P in K]?: number };

import path from 'node:path';
import type { Node, NodeAPI, NodeDef } from 'node-red';
import { gateOf } from '../../missive/guard/guard';
import type { Limiter } from '../../missive/limits/limiter';
import { acquire, type Settings } from '../../missive/limits/limiters';
import { policyOf } from '../../missive/limits/policy';
import { countryOf } from '../../missive/reading/phone';
import { Client } from '../../missive/wire/client';
import { sandbox } from '../../sandbox/shared';
import type { Account, Way } from '../account';
import { activityOf } from '../activity/activity';
import {
    type Connection,
    checkConnection,
    checkRedis,
    connectionOf,
    firstOf,
    isPractice,
    isRedis,
    originOf,
} from '../connection';
import { filesFolder } from '../files-folder';
import { departures } from '../guard/departures';
import { migrated } from '../migrations';
import { fileOf, tellUserDirectory, whoseOf } from '../user-folder';
import { credentialOf, withVariables } from '../variables';
import { pauseOf } from './account-pause';
import { shareOwnCalls } from './own-calls';
import { announced } from './practice-address';

export interface Config extends NodeDef {
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
    /** MB of what waits. */
    readonly maxBytes?: number | string;
    readonly maxWait?: number | string;
    readonly dry?: unknown;
    readonly send_to?: unknown;
    readonly send_per_hour?: unknown;
    readonly send_per_day?: unknown;
    /** `post` or `task`: how the team is told that something is wrong. */
    readonly tell?: unknown;
    readonly tell_conversation?: unknown;
    readonly tell_team?: unknown;
    readonly version?: number;
}

/** What Node-RED has of them: text, or nothing where none was entered. */
export type Credentials = Record<'token' | 'webhookSecret', unknown>;

/** Whom an account may write to, and how often. */
const bounds = ['send_to', 'send_per_hour', 'send_per_day'] as const;

/** Makes a node the account that its config says; it connects with the first call. */
export function becomeAccount(RED: NodeAPI, node: Node<Credentials>, stored: Config): void {
    const whole = migrated('missive-config', stored as Config & Record<string, unknown>) as Config;
    const config = withVariables(RED, node, whole, bounds);
    const practice = isPractice(config.connection) ? sandbox() : undefined;
    const token = credentialOf(RED, node, 'token');
    const connection = connectionOf(config, token);
    const redis = firstOf(config.redis, process.env.MISSIVE_REDIS_URL);
    const sharing = practice || !isRedis(redis) ? '' : redis;
    const dry = isOn(config.dry) || (!practice && isOn(process.env.MISSIVE_DRY_RUN));
    const activity = activityOf(RED);
    const pause = pauseOf(RED, node.id);
    const gate = gateOf({ ...config, ...countryOf(config.country), dry }, () =>
        departures(sharing, whoseOf(RED, node.id), fileOf(RED, 'sent', node.id)),
    );
    let client: Client | undefined;
    let shared: ReturnType<typeof acquire> | undefined;
    let alone: (() => void) | undefined;

    const limit = (to = connection) => {
        const share = acquire(to.place, to.token, settings(to), (sentence) => node.warn(sentence));
        pause.holds(share.limiter);
        return share;
    };
    const connect = (limiter: () => Limiter, to = connection): Client => {
        checkConnection(to);
        if (to.place !== 'sandbox') checkRedis(redis);
        return new Client({
            address: to.address,
            token: to.token,
            limiter: limiter(),
            ...numbers({ maxQueue: config.maxQueue, maxWait: config.maxWait }),
            ...bytesOf(config.maxBytes),
            signed: to.place === 'sandbox',
            gate,
            observe: (happened) => activity.call(node.id, happened),
        });
    };

    const settings = ({ place }: Connection): Settings => ({
        policy: policyOf(config.policy),
        // The practice inbox forgets with the process, too.
        folder: place === 'sandbox' ? undefined : folderIn(RED.settings.userDir),
        redis: place === 'sandbox' ? undefined : redis,
        ...(place !== 'sandbox' && numbers({ instances: config.instances })),
    });

    const wayTo = (to: Connection): Way => ({
        origin: originOf(to),
        apart: () => {
            let own: ReturnType<typeof acquire> | undefined;
            const apart = connect(() => {
                own = limit(to);
                return own.limiter;
            }, to);
            const release = () => {
                void apart.close();
                own?.release();
            };
            return { client: apart, release };
        },
    });
    // Flows that are being tested never reach the real Missive.
    const before =
        practice && process.env.MISSIVE_PRACTICE !== '1' ? [wayTo(connectionOf({ url: config.url }, token))] : [];

    const account: Omit<Account, keyof Node> = {
        client: () => {
            client ??= connect(() => {
                shared ??= limit();
                alone ??= shareOwnCalls(shared.limiter, sharing, originOf(connection));
                return shared.limiter;
            });
            return client;
        },
        place: connection.place,
        ways: [wayTo(connection), ...before],
        files: () => filesFolder(RED, config.files),
        organization: (config.organization ?? '').trim(),
        from: (config.from ?? '').trim(),
        ...countryOf(config.country),
        dry,
        pause,
        redis: sharing,
        ...teamOf(config),
        ...(gate && { gate }),
        webhookSecret: firstOf(
            credentialOf(RED, node, 'webhookSecret'),
            practice ? practice.secret : process.env.MISSIVE_WEBHOOK_SECRET,
        ),
        ...(practice && { sandbox: practice }),
    };
    Object.assign(node, account);
    const leave = announced(node, practice);
    tellUserDirectory(RED);

    node.on('close', () => {
        leave();
        void client?.close();
        shared?.release();
        alone?.();
    });
}

/** Whether a switch is on, also as a variable gives it: a text that does not say no. Who tries something out writes to nobody. */
const isOn = (given: unknown): boolean =>
    given === true || (typeof given === 'string' && !/^\s*(|0|false|no|off)\s*$/i.test(given));

/** Where the package keeps its own files. */
const folderIn = (userDir: string | undefined): string | undefined => userDir && path.join(userDir, 'missive');

/** Where the team is told; nowhere where that is not said. */
function teamOf({ tell, tell_conversation, tell_team }: Config): Pick<Account, 'team'> {
    const conversation = firstOf(tell_conversation);
    const team = firstOf(tell_team);
    if (tell === 'post' && conversation !== '') return { team: { conversation } };
    return tell === 'task' && team !== '' ? { team: { team } } : {};
}

/** Those of some properties that are positive numbers; the editor stores them as text, blank for "not set". */
const numbers = <K extends string>(values: Record<K, number | string | undefined>): { [P in K]?: number } =>
    Object.fromEntries(
        Object.entries(values)
            .map(([key, value]) => [key, Number(value)] as const)
            .filter(([, value]) => Number.isFinite(value) && value > 0),
    ) as { [P in K]?: number };

/** Megabytes as bytes, where they are any. */
const bytesOf = (megabytes: number | string | undefined): { maxBytes?: number } =>
    Number(megabytes) > 0 ? { maxBytes: Number(megabytes) * 1024 ** 2 } : {};

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { MissiveError } from '../missive/errors';
import { sandbox } from '../sandbox/shared';

/** The properties of an account that say where Missive is. */
export interface Place {
    readonly url?: string | undefined;
    readonly connection?: string | undefined;
}

/** Where an account's calls go, and the token that goes with them. */
export interface Connection {
    /** The address as it stands; `sandbox` for the practice Missive, whose port is another after each start. */
    readonly place: string;
    /** Blank where the account has none. */
    readonly token: string;
    /** The variable that holds the token, and is not set or blank. */
    readonly unset?: string;
    readonly address: () => Promise<string>;
}

/** Tells one address and token from others, and holds neither. */
export const originOf = ({ place, token }: Connection): string =>
    [place, token].map((text) => createHash('sha256').update(text.trim()).digest('base64url').slice(0, 16)).join('.');

/** Whether two origins are one address, with whatever token. */
export const isSamePlace = (one: string, other: string): boolean => one.split('.')[0] === other.split('.')[0];

const missiveAddress = 'https://public.missiveapp.com/v1';

/** Whether an account speaks to the practice inbox: by its own choice, or because flows are being tested. */
export const isPractice = (connection: string | undefined): boolean =>
    connection === 'sandbox' || process.env.MISSIVE_PRACTICE === '1';

/** The connection of an account: its own address and token, then the environment's, then Missive's own address. */
export function connectionOf({ url, connection }: Place, token: unknown): Connection {
    if (isPractice(connection)) {
        const practice = sandbox();
        return { place: 'sandbox', token: practice.token, address: () => practice.address() };
    }
    const place = firstOf(url, process.env.MISSIVE_API_BASE_URL, missiveAddress);
    const given = firstOf(token, process.env.MISSIVE_API_TOKEN);
    if (isVariable(given)) return { place, token: '', unset: given, address: async () => place };
    return { place, token: given, address: async () => place };
}

/** Throws `ERR_MISSIVE_CONFIG` where nothing can be sent over a connection. */
export function checkConnection({ place, token, unset }: Connection): void {
    if (unset !== undefined)
        throw new MissiveError(
            'ERR_MISSIVE_CONFIG',
            `The token of the Missive account is the variable ${unset}, which is not set. Set it and deploy, or enter the token in the account.`,
        );
    if (token === '')
        throw new MissiveError(
            'ERR_MISSIVE_CONFIG',
            'The Missive account has no token. Open the account, enter its API token and deploy.',
        );
    const protocol = URL.canParse(place) ? new URL(place).protocol : '';
    if (place !== 'sandbox' && protocol !== 'https:' && protocol !== 'http:')
        throw new MissiveError(
            'ERR_MISSIVE_CONFIG',
            'The address of the Missive account is none. Leave it blank, or write one that starts with https://.',
        );
}

/**
 * `${NAME}`, or `$(NAME)` as Node-RED had it before: what stands there where the environment has no such variable.
 * Everybody can guess it.
 */
export const isVariable = (text: string): boolean => /^\$(\{[^}]*\}|\([^)]*\))$/.test(text.trim());

/** The first text that is not blank, trimmed. */
export const firstOf = (...texts: unknown[]): string =>
    texts.map((text) => (typeof text === 'string' ? text.trim() : '')).find((text) => text !== '') ?? '';

/** Whether a text is an address of Redis; the certificate behind `?ca=`, where there is one, has to be a file. */
export function isRedis(address: string): boolean {
    if (!/^rediss?:\/\//i.test(address) || !URL.canParse(address)) return false;
    const file = new URL(address).searchParams.get('ca');
    return !file || existsSync(file);
}

/** Throws `ERR_MISSIVE_CONFIG` where the address of Redis is none; it may hold a password, and is never repeated. */
export function checkRedis(address: string): void {
    if (address === '' || isRedis(address)) return;
    throw new MissiveError(
        'ERR_MISSIVE_CONFIG',
        'The address of Redis is none. Leave it blank, or write one that starts with redis:// or rediss://; what stands behind ?ca= has to be the file of a certificate.',
    );
}

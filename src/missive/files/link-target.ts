import { inputError } from '../errors';
import { isPrivateHost } from './private-address';

/** The address to call; throws where it is none that a message may make this computer call. */
export function linkTarget(link: string, filename: string, home: string, from?: URL): URL {
    const wrong = (what: string) =>
        inputError(
            `The link of the file “${filename}” ${what}. Fetch other files with an http request node and attach the Buffer.`,
        );
    if (!URL.canParse(link, from?.href)) throw wrong('is no web address');
    const url = new URL(link, from?.href);
    const practice =
        /^(127\.0\.0\.1|localhost)$/.test(url.hostname) && URL.canParse(home) && url.origin === new URL(home).origin;
    if (practice && (!from || from.origin === url.origin)) return url;
    if (url.protocol !== 'https:') throw wrong('does not begin with https://');
    if (url.username || url.password) throw wrong('holds a user name or password');
    if (isPrivateHost(url) || /(^|\.)localhost\.?$/.test(url.hostname)) throw wrong('leads to a private address');
    return url;
}

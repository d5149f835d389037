import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Addresses that are no public ones: this computer, its network, link-local (a cloud's metadata), multicast, reserved. */
const closed = new BlockList();
for (const range of [
    ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
    ...['192.168.0.0/16', '198.18.0.0/15', '224.0.0.0/4', '240.0.0.0/4'],
    // Those of IPv6, with the two that lead on to IPv4.
    ...['::/127', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8', '64:ff9b::/96', '2002::/16'],
]) {
    const [network = '', bits] = range.split('/');
    closed.addSubnet(network, Number(bits), network.includes(':') ? 'ipv6' : 'ipv4');
}

/** Whether an IP address is none of the public internet. IPv4 written as IPv6 counts as what it is. */
export const isPrivate = (ip: string): boolean => closed.check(ip, ip.includes(':') ? 'ipv6' : 'ipv4');

/** Whether the host of a web address is an IP address of that kind. */
export function isPrivateHost({ hostname }: URL): boolean {
    const host = hostname.replace(/^\[|\]$/g, '');
    return isIP(host) > 0 && isPrivate(host);
}

/** Looks a name up and leaves out private addresses: asked at the very connection, so that no second answer slips in. */
export const publicLookup: LookupFunction = (hostname, options, callback) =>
    lookup(hostname, { ...options, all: true }, (error, all) => {
        if (error) return callback(error, '');
        const found = all.filter(({ address }) => !isPrivate(address));
        const [first] = found;
        if (!first) return callback(Object.assign(new Error('private address'), { code: privateAddress }), '');
        return options.all ? callback(null, found) : callback(null, first.address, first.family);
    });

/** Code of the error of a name that leads only to private addresses. */
export const privateAddress = 'MISSIVE_PRIVATE_ADDRESS';

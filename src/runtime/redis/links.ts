import { Link } from './link';

/** A share in the connection to a Redis; `release` gives it up, a second time does nothing. */
export interface Linked {
    readonly link: Link;
    release(): void;
}

/** So long a connection stays open that nobody uses, in milliseconds: a deploy gives it up and takes it again. */
const linger = 1_000;

const links = new Map<string, { readonly link: Link; users: number; timer: NodeJS.Timeout | undefined }>();

/** The connection to the Redis at an address, one for all who ask in this process. */
export function linkTo(address: string): Linked {
    const entry = links.get(address) ?? { link: new Link(address), users: 0, timer: undefined };
    links.set(address, entry);
    entry.users += 1;
    clearTimeout(entry.timer);
    let held = true;
    return {
        link: entry.link,
        release() {
            if (!held) return;
            held = false;
            entry.users -= 1;
            if (entry.users > 0) return;
            entry.timer = setTimeout(() => {
                links.delete(address);
                entry.link.close();
            }, linger);
        },
    };
}

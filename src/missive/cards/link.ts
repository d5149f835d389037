import { type Reader, text, wrong } from './reader';

const linked = ['http:', 'https:', 'mailto:', 'tel:', 'missive:'];

/** The address as the browser will read it; `undefined` where that is none of these schemes. */
function addressOf(value: string, schemes: readonly string[]): string | undefined {
    const url = URL.canParse(value) ? new URL(value) : undefined;
    return url && schemes.includes(url.protocol) ? url.href : undefined;
}

/** An address that a person may be led to; `undefined` where it is another one, as in a text that somebody else wrote. */
export const linkIn = (value: string): string | undefined => addressOf(value, linked);

/** An address that a person may be led to. What comes out is what was checked, written as browsers read it. */
export const link: Reader<string> = (value, at) => {
    const found = linkIn(text(value, at));
    if (found === undefined)
        throw wrong(at, 'must be an address that begins with https, http, mailto, tel or missive.');
    return found;
};

export const imageLink: Reader<string> = (value, at) => {
    const found = addressOf(text(value, at), ['https:']);
    if (found === undefined) throw wrong(at, 'must be an address that begins with https.');
    return found;
};

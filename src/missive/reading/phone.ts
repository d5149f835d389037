import { visible } from './hidden';

/** A telephone number that can be read as one of the whole world. */
export interface Phone {
    /** As `+` and digits. */
    readonly number: string;
    /** Its digits without the country's code and without a zero that is only dialled at home. */
    readonly national: string;
    readonly extension?: string;
}

/** Digits, and what people set between them; after NFKC, so that `＋` and narrow blanks are `+` and blanks. */
const phoneText =
    /^\(?[+\d(][\d\s().\-‐-―−]*(?:\/\s*\d[\d\s.-]{4,})?(?:(?:;?ext=|ext|extension|x|#)[.:]?\s*\d{1,7})?$/i;

/** A country as an account has it, two letters in any case; nothing where it is none. */
export function countryOf(text: unknown): { readonly country?: string } {
    const code = typeof text === 'string' ? text.trim().toUpperCase() : '';
    return /^[A-Z]{2}$/.test(code) ? { country: code === 'UK' ? 'GB' : code } : {};
}

/** The longest number with all that people set around it; a longer text is none. */
const longest = 64;

/**
 * The number that a text stands for; `undefined` where it is none, or a national one while no country is known. `00` in
 * front is `+`, a `(0)` behind the country's code is not dialled from abroad.
 */
export function phoneOf(text: string, country?: string): Phone | undefined {
    const plain = visible(inDigits(text.normalize('NFKC'))).replace(/^tel:\s*/i, '');
    if (plain.length > longest || !phoneText.test(plain)) return undefined;
    const defaultCountry = country !== undefined && library().isSupportedCountry(country) ? country : undefined;
    // `(+351) 910…`: people set the country's code in brackets.
    const international = plain.replace(/^\(\s*(?:\+|00)\s*(\d{1,3})\s*\)/, '+$1 ').replace(/^\(?\s*00/, '+');
    for (const each of new Set([international, international.replace(/\(\s*0\s*\)/, '')])) {
        const found = library().parsePhoneNumberFromString(each, {
            extract: false,
            ...(defaultCountry && { defaultCountry }),
        });
        if (found?.isPossible())
            return { number: found.number, national: found.nationalNumber, ...(found.ext && { extension: found.ext }) };
    }
    return undefined;
}

/**
 * What two telephone numbers have in common that are the same: the number, where both can be read as one of the world,
 * else the text without case, blanks and punctuation.
 */
export function phoneKey(text: string, country?: string): string {
    const { number, extension = '' } = phoneOf(text, country) ?? { number: text };
    const plain = visible(inDigits(number.normalize('NFKC'))).toLowerCase();
    return `${plain.replace(/[^\p{L}\p{N}]/gu, '')}${extension && ` ${extension}`}`;
}

/** The text with the digits of all scripts as those of Latin ones: a keyboard in Arabic or Hindi has others. */
const inDigits = (text: string): string => text.replace(/(?![0-9])\p{Nd}/gu, (sign) => String(digitOf(sign)));

/** The digits of a script stand one after another, from its zero on. */
function digitOf(sign: string): number {
    const code = sign.codePointAt(0) ?? 0;
    let value = 0;
    while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
    return value;
}

/** Whether a text has a digit of any script: one without is no telephone number. */
export const hasDigit = (text: string): boolean => /\p{Nd}/u.test(text);

/**
 * A number as Missive takes it, `+` and digits; throws a TypeError that says what is wrong. What is written so already
 * stays as it is where nobody can tell whether it exists: Missive knows newer numbers than we do.
 */
export function toPhoneNumber(text: string, country?: string): string {
    const phone = phoneOf(text, country);
    if (phone?.extension) throw new TypeError('has a phone number with an extension, which no message can reach');
    if (phone) return phone.number;
    const plain = visible(inDigits(text.normalize('NFKC')));
    if (/^\+[1-9]\d{4,14}$/.test(plain)) return plain;
    if (/^\s*(\+|00)/.test(plain) || country !== undefined)
        throw new TypeError('has a phone number that cannot be one; write it like +351910000001');
    throw new TypeError('has a phone number without its country code; write it like +351910000001');
}

type Library = typeof import('libphonenumber-js/min');

/** Loaded with the first number: its table of all countries is the largest thing that a flow without numbers would load. */
let loaded: Library | undefined;
function library(): Library {
    loaded ??= require('libphonenumber-js/min') as Library;
    return loaded;
}

import { type Check, either, isFields, list, text } from '../manners/shape';
import type { Address } from './records';

const isAddress = (value: unknown): value is Address =>
    isFields(value) &&
    ['address', 'phone_number', 'id', 'username', 'name', 'type'].every(
        (key) =>
            value[key] === undefined || typeof value[key] === 'string' || (value[key] === null && key !== 'address'),
    ) &&
    (typeof value.address === 'string' ? /^[^\s@]+@[^\s@]+$/.test(value.address) : true) &&
    (typeof value.phone_number === 'string' ? /^\+\d{3,15}$/.test(value.phone_number) : true) &&
    ['address', 'phone_number', 'id', 'username'].some((key) => typeof value[key] === 'string');

/** An e-mail address, a number (`+` and digits only) or the id of somebody in a channel. */
export const address: Check<Address> = {
    wants: 'an object with an address, a phone_number of + and digits, or an id',
    is: isAddress,
};

export const addresses: Check<readonly Address[]> = list(address);

/** The fields of a message that name people. */
export const envelopeFields = {
    from_field: address,
    to_fields: addresses,
    cc_fields: addresses,
    bcc_fields: addresses,
    reply_to_fields: addresses,
};

/** The id in a web address that Missive shows for a conversation; anything else as it stands. */
export const conversationIdOf = (text: string): string =>
    /#[^#\n]*?\/conversations\/([0-9a-f-]{36})/i.exec(text)?.[1] ?? text.trim();

export const textOrNumber = either(text(), {
    wants: 'a number',
    is: (value: unknown): value is number => typeof value === 'number',
});

import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** Whether an id of a channel is a phone number: the id of a WhatsApp person no longer is. */
export const isNumber = (id: string | undefined): id is string => id !== undefined && /^\+\d{3,15}$/.test(id);

/** A number as Missive shows it to people: `+1 (123) 456-7891`, `+351 910 000 001`. */
export function shownNumber(number: string): string {
    const american = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
    if (american) return `+1 (${american[1]}) ${american[2]}-${american[3]}`;
    return parsePhoneNumberFromString(number)?.formatInternational() ?? number;
}

import type { Address, Message } from '../data/records';
import type { Data } from '../data/store';
import { addressView } from './message-view';
import { isNumber, shownNumber } from './number';

/** An author always has a name, and a number only where there is one: the id of a channel is none. */
function view({ name, address, phone_number, id, username }: Address) {
    if (address !== undefined) return { name: name || address, address };
    const number = phone_number ?? (isNumber(id) ? id : undefined);
    if (number !== undefined)
        return { name: name && name !== number ? name : shownNumber(number), phone_number: number };
    return { name: name || username || id || '' };
}

/** Who wrote in a conversation, and who of them is of another house. */
export function authorsOf(data: Data, messages: readonly Message[]) {
    const own = [...data.users.values()].map(({ email }) => email).concat(data.aliases);
    const known = new Map(messages.map((one) => [JSON.stringify(addressView(one.from_field)), one]));
    const all = [...known.values()];
    const external = all.filter(
        ({ author, from_field }) =>
            author === null && !own.includes(from_field.address?.toLowerCase() ?? from_field.phone_number ?? ''),
    );
    const views = (rows: readonly Message[]) => rows.map(({ from_field }) => view(from_field));
    return { authors: views(all), external_authors: views(external) };
}

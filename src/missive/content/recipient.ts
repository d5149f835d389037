import type { Address } from '../operations/addresses';

/** A person as the variables of a canned response have one (missive-api §14.3); null: not known. */
export type Person = Readonly<Record<'name' | 'first_name' | 'last_name' | 'email' | 'phone_number', string | null>>;

/** What the variables `recipient.…` and `user.…` stand for. */
export function personOf({ name, email, phone_number }: Partial<Person>): Person {
    // Where nobody gave a name, mail programs put the address in its place.
    const called = name && !name.includes('@') ? name.trim() : '';
    return { name: called || null, ...parts(called), email: email ?? null, phone_number: phone_number ?? null };
}

/** The first recipient of a message. */
export function recipientOf(addresses: readonly Address[] | null | undefined): Person {
    const [first] = addresses ?? [];
    if (!first) return personOf({});
    if ('address' in first) return personOf({ name: first.name ?? null, email: first.address });
    if ('phone_number' in first) return personOf({ phone_number: first.phone_number });
    const isNumber = /^\+\d{5,15}$/.test(first.id);
    return personOf({ name: first.name ?? null, ...(isNumber && { phone_number: first.id }) });
}

/** What people write in front of a name. */
const titles = /^(?:(?:dr|prof|mr|mrs|ms|mx|miss|herr|frau|m|mme|mlle|sir|dame)\.?\s+)+(?=\S)/i;

/** `Ann Lee`, `Lee, Ann`, `Dr. Ann Lee`; behind a title a single word is the last name, and a number is no name. */
function parts(name: string): Pick<Person, 'first_name' | 'last_name'> {
    if (!/\p{L}/u.test(name)) return { first_name: null, last_name: null };
    const turned = /^([^,]+),\s*([^,]+)$/.exec(name);
    const whole = turned ? `${turned[2]} ${turned[1]}` : name;
    const bare = whole.replace(titles, '').trim();
    // A title alone, and what has more commas than one, is nobody's first name.
    if (bare.includes(',') || titles.test(`${bare} x`)) return { first_name: null, last_name: null };
    const [first = '', ...rest] = bare.split(/\s+/);
    if (rest.length > 0) return { first_name: first, last_name: rest.join(' ') };
    return bare === whole ? { first_name: first, last_name: null } : { first_name: null, last_name: first };
}

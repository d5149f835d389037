type Facts = Readonly<Record<string, unknown>>;

/** A person outside, as the flow gets them. */
export interface Contact {
    readonly address?: string;
    readonly phone_number?: string;
    readonly name?: string;
}

/** The people of a conversation that are not ours, and of them the one that it is about. */
export function contactsOf(
    given: { readonly contact?: Facts | undefined; readonly contacts?: readonly Facts[] | undefined },
    own: readonly string[],
): { readonly contact?: Contact; readonly contacts: readonly Contact[] } {
    const contacts = (given.contacts ?? []).map(contactIn).filter((each) => isOutside(each, own));
    const picked = given.contact && contactIn(given.contact);
    const contact = picked && isOutside(picked, own) ? picked : contacts[0];
    return contact ? { contact, contacts: contacts.length > 0 ? contacts : [contact] } : { contacts };
}

function contactIn({ address, phone_number, phoneNumber, name }: Facts): Contact {
    const texts = { address, phone_number: phone_number ?? phoneNumber, name };
    const given = Object.entries(texts).filter(([, text]) => typeof text === 'string' && text !== '');
    return Object.fromEntries(given);
}

function isOutside({ address, phone_number }: Contact, own: readonly string[]): boolean {
    if (address === undefined) return phone_number !== undefined;
    return !isOwn(address, own);
}

/** Whether an address is one of ours: it is named, or its domain is, or that domain is below a named one. */
export function isOwn(address: string, own: readonly string[]): boolean {
    const lower = address.toLowerCase();
    const domain = lower.slice(lower.lastIndexOf('@') + 1);
    return own.some((each) =>
        each.includes('@') && !each.startsWith('@')
            ? each === lower
            : domain === each.replace(/^@/, '') || domain.endsWith(`.${each.replace(/^@/, '')}`),
    );
}

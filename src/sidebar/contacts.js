const digits = (number) => number.replace(/[^\d]/g, '').replace(/^00/, '');

/** Whether an address or number is one of ours: of a domain or address that the node names, or a colleague's. */
function own({ address, phone_number }, domains, users) {
    if (phone_number) return domains.some((one) => digits(one).length > 5 && digits(one) === digits(phone_number));
    const at = address.slice(address.lastIndexOf('@') + 1);
    return (
        domains.some((one) => one === address || one.replace(/^@/, '') === at) ||
        users.some(({ email }) => email?.toLowerCase() === address)
    );
}

/** Missive writes `phone_number` in some places, `phoneNumber` and `value` in others. */
function contactOf(given) {
    const { name, address, phone_number = given?.phoneNumber } = given ?? {};
    const at = typeof address === 'string' ? address.trim().toLowerCase() : '';
    const number = typeof phone_number === 'string' ? phone_number.trim() : '';
    if (at) return { address: at, name: name || undefined };
    return number ? { phone_number: number, name: name || undefined } : undefined;
}

export const keyOf = (contact) => contact?.address ?? (contact?.phone_number && digits(contact.phone_number)) ?? '';

/**
 * The people outside of a conversation, without doubles: who wrote comes first, then whoever else takes part.
 * `missive` is the app's own script, which knows all addresses of a conversation.
 */
export function contactsOf(missive, conversations, domains, users) {
    const found = new Map();
    const all = [
        conversations.flatMap(({ authors }) => authors ?? []),
        missive.getEmailAddresses(conversations) ?? [],
        missive.getPhoneNumbers(conversations) ?? [],
    ];
    for (const contact of all.flat().map(contactOf)) {
        if (!contact || own(contact, domains, users)) continue;
        const known = found.get(keyOf(contact));
        if (known) known.name ??= contact.name;
        else found.set(keyOf(contact), contact);
    }
    return [...found.values()];
}

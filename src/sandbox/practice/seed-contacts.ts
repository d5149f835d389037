import type { Contact, ContactGroup, Info } from '../data/book-records';
import { byId, idOf, known } from '../data/known';
import { now } from '../data/store';

const email = (value: string, label = 'work'): Info => ({ kind: 'email', label, value });
const phone = (value: string, label = 'mobile'): Info => ({ kind: 'phone_number', label, value });
const crm = (value: string): Info => ({ kind: 'custom', label: 'other', custom_label: 'CRM id', value });

/** The contact book: two share a name, and one mentions another's address in its notes, as the search will find. */
export function seedContacts(groups: Map<string, ContactGroup>) {
    const group = (kind: ContactGroup['kind'], name: string, id = idOf(name)): string => {
        groups.set(id, { id, contact_book: known.customers, kind, name });
        return id;
    };
    const harbor = group('organization', 'Harbor Bikes', 'a7d057d2-5c78-44e5-a6b2-4545e0e65360');
    const trail = group('organization', 'Trail Club');
    const wholesale = group('group', 'Wholesale', 'e4c0f8bb-b4b8-468f-a3d1-a0cc3666aafb');
    let age = 0;
    const contact = (
        [first_name, last_name]: readonly [string, string],
        infos: readonly Info[],
        memberships: Contact['memberships'] = [],
        {
            id = idOf(`${first_name} ${last_name}`),
            notes,
            ...rest
        }: { id?: string; notes?: string; book?: string } = {},
    ): Contact => {
        age += 3600;
        return {
            ...{ id, contact_book: rest.book ?? known.customers, deleted: false, modified_at: now() - age },
            details: { first_name, last_name, ...(notes && { notes }) },
            ...{ infos, memberships },
        };
    };
    const contacts = [
        contact(
            ['Marta', 'Okafor'],
            [email('marta@harborbikes.example'), phone('+351910000001'), crm('C-2291')],
            [{ group: harbor, title: 'Buyer' }],
            { id: 'c2b7b1c4-2f55-4d6c-9a7c-7b7d1d4f0a10' },
        ),
        contact(
            ['Tom', 'Reyes'],
            [email('tom@trailclub.example'), crm('C-1180')],
            [{ group: trail, title: 'President' }],
        ),
        contact(['Leonor', 'Vaz'], [email('leonor.vaz@post.example', 'home'), phone('+351910000044')]),
        contact(['Hugo', 'Brandt'], [email('hugo@brandt-wheels.example')], [{ group: wholesale }], {
            notes: 'Ordered with Tom in May; copy tom@trailclub.example on quotes.',
        }),
        contact(['Leonor', 'Vaz-Prata'], [email('leonor@prata.example', 'personal')]),
        contact(['Dr. Elsa', 'Moura'], [phone('+351910000077', 'work')], [], { book: idOf('Personal book') }),
        { ...contact(['Gone', 'Away'], []), deleted: true },
    ];
    return { groups, contacts: byId(contacts) };
}

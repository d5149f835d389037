import { parseInfos } from '../src/missive/contacts/infos';
import { parseMemberships } from '../src/missive/contacts/merge';
import { findOrWrite } from '../src/missive/contacts/upsert';
import { flag, json, list, long, pick, text } from '../src/missive/operations/fields';
import { operation } from '../src/missive/operations/operation';
import { operationNode } from '../src/runtime/operations/operation-node';

const names = { section: 'names' };
const removing = { section: 'removing' };

export default operationNode(
    operation({
        type: 'missive-upsert-contact',
        label: 'upsert contact',
        sign: 'missive-contact.svg',
        keywords: 'customer person people address book crm create update',
        gives: 'the contact',
        did: { created: 'contact created', updated: 'contact updated', unchanged: 'contact unchanged' },
        tells: ['action'],
        summary:
            'Finds a contact by e-mail, phone number or custom field, then changes it, or creates it where there is none.',
        details: [
            'The first of E-mail, phone and more (infos) with the kind that is matched decides which contact it is. Case and spaces of an e-mail address do not count. Phone numbers are the same where they are one number of the world, however they are written; national ones are read as those of the account’s country, without one they are compared as text.',
            'What the contact has and the message does not mention stays, unless they are to be removed. A contact that has everything already is left alone.',
            'msg.missive.action says what happened: created, updated or unchanged.',
        ],
        icons: { infos: 'address-card-o', memberships: 'building-o' },
        resource: 'contact',
        method: 'POST',
        path: '/contacts',
        harmless: true,
        envelope: 'contacts',
        wrap: 'list',
        alsoCalls: ['GET /contacts', 'GET /contacts/{id}', 'PATCH /contacts/{id}'],
        fields: {
            contact_book: pick('contact_book', {
                required: true,
                label: 'Contact book',
                help: 'The contact book that is searched, and in which a new contact is made.',
            }),
            infos: json(
                {
                    label: 'E-mail, phone and more',
                    sample: 'ann@example.com',
                    help: 'E-mail addresses, phone numbers and more: text such as ann@example.com, +351910000001, or a list of the objects that Missive uses, such as { "kind": "email", "label": "work", "value": "ann@example.com" }.',
                },
                parseInfos,
            ),
            first_name: text({ label: 'First name', help: '' }),
            last_name: text({ label: 'Last name', help: '' }),
            memberships: json(
                {
                    label: 'Companies and groups',
                    help: 'Companies and groups, such as { "title": "Buyer", "group": { "kind": "organization", "name": "Harbor Bikes" } }.',
                },
                parseMemberships,
            ),
            remove_infos: json(
                {
                    ...removing,
                    label: 'Take off e-mail, phone',
                    help: 'E-mail addresses, numbers and more to take off, in the same forms: text such as old@example.com, or a list of objects. Those that the contact does not have are passed over.',
                },
                parseInfos,
            ),
            remove_memberships: list({
                ...removing,
                label: 'Take out of groups',
                help: 'Names of companies and groups that the contact leaves: a list, or text with commas.',
            }),
            notes: long({ label: 'Notes', help: 'Notes about the contact.' }),
            starred: flag({ label: 'Starred', help: 'Whether the contact has a star.' }),
            middle_name: text({ ...names, label: 'Middle name', help: '' }),
            prefix: text({ ...names, label: 'Prefix', help: 'What stands before the name, such as Dr.' }),
            suffix: text({ ...names, label: 'Suffix', help: 'What stands after the name, such as Jr.' }),
            nickname: text({ ...names, label: 'Nickname', help: '' }),
            file_as: text({ ...names, label: 'File as', help: 'The name under which the contact is sorted.' }),
            gender: text({ ...names, label: 'Gender', help: '' }),
            phonetic_first_name: text({ ...names, label: 'Phonetic first name', help: '' }),
            phonetic_middle_name: text({ ...names, label: 'Phonetic middle name', help: '' }),
            phonetic_last_name: text({ ...names, label: 'Phonetic last name', help: '' }),
        },
        sections: { removing: 'Take off', names: 'More about the name' },
        common: ['infos', 'first_name', 'last_name'],
        settings: {
            match: {
                label: 'Match by',
                help: 'What tells that two contacts are the same.',
                choices: { email: 'E-mail address', phone_number: 'Phone number', custom: 'Custom field' },
            },
            ambiguous: {
                label: 'If several match',
                help: 'Change the contact that was modified last, or stop with the error ERR_MISSIVE_AMBIGUOUS.',
                choices: { newest: 'Change the newest', error: 'Stop with an error' },
            },
        },
        example: {
            input: {
                contact_book: '5d0f1b52-7a0d-4b8c-8e53-0e6f2c1a9b77',
                first_name: 'Marta',
                last_name: 'Okafor',
                infos: [
                    { kind: 'email', label: 'work', value: 'marta@harborbikes.example' },
                    { kind: 'custom', label: 'other', custom_label: 'CRM id', value: 'C-2291' },
                ],
            },
            output: {
                id: 'c2b7b1c4-2f55-4d6c-9a7c-7b7d1d4f0a10',
                contact_book: '5d0f1b52-7a0d-4b8c-8e53-0e6f2c1a9b77',
                first_name: 'Marta',
                last_name: 'Okafor',
                starred: false,
                deleted: false,
                modified_at: 1_767_712_044,
                infos: [{ kind: 'email', label: 'work', value: 'marta@harborbikes.example' }],
            },
        },
        outcome: (_, notes) => String(notes?.action),
        run: findOrWrite,
    }),
);

import { form, type Row } from '../../src/editor/form';
import { iconOf } from '../../src/editor/types';
import { listKinds } from '../../src/missive/lists/list-kinds';
import { mailboxes } from '../../src/missive/lists/mailboxes';
import { watchedKinds, watchedParameters } from '../../src/missive/lists/watched-parameters';
import { propertyOf } from '../../src/missive/operations/operation';

/** What a row can be filled with: there is no message to read from. */
const typesOf: Readonly<Record<string, readonly string[]>> = {
    flag: ['bool'],
    pick: ['pick'],
    picks: ['pick', 'json'],
    choice: ['choice'],
    moment: ['str', 'num'],
};

/** The parameters that choose a mailbox, drawn as one choice. */
function mailboxRow(): Row {
    const { label, choices } = mailboxes.setting;
    const { message: _, ...own } = choices;
    const list = listKinds.conversations;
    const properties = Object.keys(mailboxes.fields).map((key) => [key, list ? propertyOf(list, key) : key]);
    return {
        ...{ draw: 'select', icon: 'inbox', label, choices: own, rows: Object.fromEntries(properties) },
        help: 'Whose activity is told. The choice sets the parameter of Missive that goes by this name.',
        when: { resource: ['conversations'] },
    };
}

/** The lists' own parameters, each by the property that stores it, shown with the kinds that have it. */
function parameterRows(): Record<string, Row> {
    const rows: Record<string, Row> = {};
    for (const kind of watchedKinds) {
        const list = listKinds[kind];
        if (!list) continue;
        for (const [key, field] of Object.entries(watchedParameters(list))) {
            const property = propertyOf(list, key);
            const earlier = rows[property]?.when?.resource ?? [];
            rows[property] = {
                ...{ draw: 'typed', kind: field.kind, icon: iconOf(field), label: field.label, help: field.help },
                ...(list.common?.includes(key) && { commonIn: [kind] }),
                ...(field.required && { requiredBy: [kind] }),
                ...(key === 'search' && { placeholder: 'marta' }),
                list: field.resource,
                ...(field.choices && { choices: Object.fromEntries(field.choices.map((each) => [each, each])) }),
                initial: { type: 'none', value: '' },
                types: ['none', ...(typesOf[field.kind] ?? ['str']), 'env', 'flow', 'global', 'jsonata'],
                when: { resource: [...earlier, kind] },
            };
        }
    }
    return rows;
}

export default form({
    type: 'missive-watch',
    label: 'watch Missive',
    verb: 'watch',
    sign: 'missive-watch.svg',
    keywords: 'trigger start poll contact customer task conversation new changed',
    gives: 'what is new or changed',
    brings: [
        ...['topic', 'payload', 'payload.id', 'missive.event', 'missive.contact', 'missive.task'],
        ...['missive.conversation', 'missive.organization', 'missive.events'],
    ],
    inputs: 0,
    outputs: 1,
    account: 'required',
    rows: {
        resource: {
            draw: 'select',
            icon: 'eye',
            label: 'Watch',
            choices: { contacts: 'contacts', tasks: 'tasks', conversations: 'conversations of a mailbox' },
        },
        mailbox: mailboxRow(),
        ...parameterRows(),
        every: {
            draw: 'number',
            icon: 'clock-o',
            label: 'Look every',
            initial: 300,
            sample: '300',
            help: 'Seconds, 60 at least. Each look costs a request for a page of news, and gives way to all other calls.',
            check: 'count',
            wrong: 'Look every: should be a whole number.',
        },
        first: {
            draw: 'select',
            icon: 'play',
            label: 'First look',
            choices: { skip: 'tells nothing: what is there is known', emit: 'tells all that is there as created' },
        },
        send: {
            draw: 'select',
            icon: 'sliders',
            label: 'Output',
            choices: { each: 'a message for each', array: 'one message a look' },
        },
    },
    status: {
        looking: 'looking',
        watching: 'watching',
        failed: 'failed',
        'no account': 'no account',
    },
    says: { output: 'news' },
});

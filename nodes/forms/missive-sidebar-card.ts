import { form, type Row } from '../../src/editor/form';
import { cardParts, fieldTypes, tones } from '../../src/missive/cards/card';
import { effectNames } from '../../src/missive/cards/effects';

const none = { type: 'none', value: '' };
const reading = ['flow', 'global', 'jsonata', 'env', 'none'] as const;

const line = (label: string, icon: string): Row & { readonly draw: 'typed' } => ({
    ...{ draw: 'typed', kind: 'text', icon, label, initial: none, types: ['str', 'msg', ...reading] },
});
/** A line that a new node offers to be filled in. */
const offered = (label: string, icon: string, placeholder: string) =>
    ({ ...line(label, icon), placeholder, common: true }) as const;
/** A part that is a list: built in the dialog, or read from somewhere. */
const list = (label: string, icon: string, section?: string): Row => ({
    ...{ draw: 'typed', kind: 'json', icon, label, initial: none, types: ['parts', 'msg', 'json', ...reading] },
    ...(section === undefined ? {} : { section }),
});

const words = (names: readonly string[]) => Object.fromEntries(names.map((each) => [each, each.replace(/_/g, ' ')]));

const rows: Readonly<Record<(typeof cardParts)[number] | 'card', Row>> = {
    title: offered('Title', 'font', 'Order 1042'),
    subtitle: offered('Subtitle', 'font', 'Marta Okafor'),
    badge: offered('Badge', 'certificate', 'paid'),
    tone: {
        ...{
            draw: 'typed',
            kind: 'choice',
            icon: 'paint-brush',
            label: 'Tone',
            initial: none,
            types: ['choice', 'msg', ...reading],
        },
        choices: { neutral: 'neutral', good: 'good', warning: 'warning', bad: 'bad' },
    },
    text: {
        ...offered('Text', 'align-left', 'Two saddles, **in stock**'),
        ...{ kind: 'long', help: 'Markdown.', types: ['lines', 'msg', ...reading] },
    },
    rows: list('Rows', 'list'),
    buttons: list('Buttons', 'hand-pointer-o'),
    form: list('Form', 'pencil-square-o'),
    links: list('Links', 'link', 'more'),
    table: { ...list('Table', 'table', 'more'), types: ['msg', 'json', ...reading] } as Row,
    image: { ...line('Image', 'picture-o'), section: 'more', help: 'An address that begins with https.' },
    effects: {
        ...list('Effects', 'bolt', 'more'),
        help: 'What the page does in Missive, as the colleague, when it gets the card.',
    } as Row,
    refresh: {
        ...{ draw: 'typed', kind: 'number', icon: 'refresh', section: 'more', label: 'Ask again', initial: none },
        ...{ types: ['num', 'msg', ...reading], help: 'Seconds until the page asks for the card anew.' },
    },
    keep: {
        ...list('Keep', 'archive', 'more'),
        types: ['msg', 'json', ...reading],
        help: 'Comes back in msg.payload.keep with every event of this card. Up to 64 kB.',
    } as Row,
    card: {
        ...{ draw: 'typed', kind: 'json', icon: 'code', section: 'more', label: 'Whole card' },
        ...{ initial: { type: 'msg', value: 'payload.card' }, types: ['msg', 'json', ...reading] },
        help: 'A card ready-made, as JSON. The rows above go over it.',
    },
};

export default form({
    type: 'missive-sidebar-card',
    label: 'sidebar card',
    sign: 'missive-card.svg',
    keywords: 'show customer order panel button form iframe',
    gives: 'the message, unchanged',
    inputs: 1,
    outputs: 1,
    account: 'optional',
    readsPayload: true,
    rows: {
        ...rows,
        fields: { draw: 'own', label: '', stored: 'rows' },
        may_send: {
            draw: 'check',
            section: 'more',
            label: 'May send',
            initial: false,
            help: 'Lets deliver: true in reply and compose send a message that nobody has looked at.',
        },
        sidebar_in: {
            draw: 'line',
            section: 'more',
            label: 'Only pages of',
            placeholder: 'all sidebars',
            help: 'For cards that are pushed: the sidebar in node whose pages get them.',
        },
        preview: { draw: 'own', label: '' },
    },
    sections: { more: 'Links, table, image, effects, and more' },
    status: { 'no page open': 'no page open', 'dry run': 'dry run: nothing done' },
    says: {
        did: { shown: 'card shown' },
        here: 'here',
        add: 'add',
        everySidebar: 'all sidebars',
        preview: {
            title: 'Preview',
            light: 'Light',
            dark: 'Dark',
            json: 'JSON',
            use: 'Use this JSON',
            empty: 'Nothing to show yet.',
            broken: 'This is no JSON: __reason__',
            notes: 'What comes from the message stands in ‹ ›.',
        },
        part: {
            ...{ label: 'Label', value: 'Value', url: 'Link', copy: 'Can be copied', press: 'When pressed' },
            ...{
                action: 'Action',
                confirm: 'Asks first',
                tone: 'Tone',
                do: 'Effect',
                subject: 'Subject',
                to_fields: 'To',
            },
            ...{
                name: 'Name',
                submit: 'Button',
                type: 'Type',
                options: 'Options',
                required: 'Required',
                fields: 'Fields',
            },
            ...{
                body: 'Text',
                completed: 'Done',
                labels: 'Labels',
                users: 'People',
                color: 'Colour',
                html: 'HTML',
                text: 'Text',
            },
            ...{ conversation: 'Conversation', message: 'Message' },
        },
        press: { action: 'tell the flow', url: 'open a link', effect: 'do in Missive' },
        effect: words(effectNames),
        type: words(fieldTypes),
        tone: { neutral: 'neutral', good: 'good', warning: 'warning', bad: 'bad' },
    },
    lists: { parts: cardParts, effects: effectNames, types: fieldTypes, tones },
});

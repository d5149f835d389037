import type { Field, Kind, Resource } from '../missive/operations/fields';

/**
 * How a row of the form can be filled: Node-RED's own TypedInput types by their names, and five of ours that `form.js`
 * makes: `lines` (text of several lines), `choice`, `now`, `pick` (an id) and `none` (not set).
 */
type Source = 'msg' | 'flow' | 'global' | 'jsonata' | 'env' | 'str' | 'num' | 'bool' | 'json' | Ours;
type Ours = 'lines' | 'choice' | 'now' | 'pick' | 'none';

/** What each kind has of its own; every kind can also be read from the message, the context, an expression, the environment. */
const own: Readonly<Record<Kind, readonly Source[]>> = {
    text: ['str'],
    long: ['lines'],
    number: ['num'],
    flag: ['bool'],
    choice: ['choice'],
    moment: ['str', 'now', 'num'],
    list: ['str', 'json'],
    address: ['str', 'json'],
    addresses: ['str', 'json'],
    json: ['json', 'str'],
    attachments: ['json'],
    pick: ['pick'],
    picks: ['pick', 'json'],
};

/** The types of a row, in the order of its menu. */
export const sourcesFor = (kind: Kind): Source[] => ['msg', ...own[kind], 'flow', 'global', 'jsonata', 'env', 'none'];

/** The types of each kind, for the editor's script. */
export const sourcesOfKinds = (): Readonly<Record<Kind, readonly Source[]>> =>
    Object.fromEntries(Object.keys(own).map((kind) => [kind, sourcesFor(kind as Kind)])) as unknown as Record<
        Kind,
        readonly Source[]
    >;

const iconOfKind: Readonly<Record<Kind, string>> = {
    text: 'font',
    long: 'align-left',
    number: 'hashtag',
    flag: 'check-square-o',
    choice: 'list-ul',
    moment: 'calendar',
    list: 'list',
    address: 'at',
    addresses: 'at',
    json: 'code',
    attachments: 'paperclip',
    pick: 'hashtag',
    picks: 'hashtag',
};

const iconOfResource: Readonly<Record<Resource, string>> = {
    organization: 'building-o',
    team: 'users',
    user: 'user',
    shared_label: 'tag',
    contact_book: 'address-book-o',
    contact_group: 'object-group',
    response: 'reply',
    conversation: 'comments-o',
    sender: 'at',
    account: 'plug',
    task: 'check-circle-o',
    message: 'envelope-o',
    draft: 'pencil-square-o',
    post: 'sticky-note-o',
    contact: 'address-card-o',
    report: 'bar-chart',
    hook: 'link',
};

/** Font Awesome name of the sign in front of a row that the operation gives none. */
export const iconOf = ({ kind, resource }: Pick<Field, 'kind' | 'resource'>): string =>
    resource === undefined ? iconOfKind[kind] : iconOfResource[resource];

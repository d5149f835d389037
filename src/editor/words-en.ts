import { dropped, type ErrorCode, statusTexts } from '../missive/errors';

/** The status texts of an operation: those of errors, and two of its own. */
type Status = (typeof statusTexts)[ErrorCode] | typeof dropped | 'sending' | 'failed' | 'dry: not sent' | 'paused';
const statuses: readonly Status[] = [
    ...Object.values(statusTexts),
    dropped,
    'sending',
    'failed',
    'dry: not sent',
    'paused',
];

/** The words that all nodes have in common: form, checks, help, status. */
export const english = {
    /** Words of the form. */
    word: {
        name: 'Name',
        account: 'Account',
        fields: 'Fields',
        fieldsHere: 'fill in here',
        fieldsPayload: 'take them from msg.payload',
        fieldsOther: 'Fields',
        addField: 'add a field',
        searchField: 'search: what is it about?',
        noField: 'Nothing else fits.',
        takeOff: 'Take this field off',
        why: 'What is this?',
        sends: { now: 'send message', later: 'send later', maybe: 'draft or message' },
        reply: 'Reply to this message',
        replyHelp: 'Behind a webhook in: sets conversation, recipient, subject, and for SMS and channels the sender.',
        preview: 'Preview',
        sampleMoment: 'tomorrow 9:00',
        none: 'not set',
        choice: 'choice',
        text: 'text',
        now: 'now',
        id: 'id',
        pick: 'from Missive',
        search: 'search by name, or paste an id',
        loading: 'Loading from Missive …',
        empty: 'Missive has nothing here.',
        nothing: 'Nothing found. Enter takes “__text__” as it stands.',
        more: '__number__ more: type to narrow them down',
        refresh: 'Load from Missive again',
        gone: 'not in Missive',
        remove: 'Remove __name__',
        noAccount: 'Choose an account first.',
        one: '1 set',
        several: '__number__ set',
        wrong: 'to be corrected',
    },
    /** What the form says of a row that cannot work; `__field__` is the row's label. */
    wrong: {
        required: '__field__ is required, but not set.',
        account: 'Account: choose a Missive account, or add one with the + button.',
        accountGone: 'Account: the Missive account no longer exists. Choose another one.',
        accountWrong: 'Account: the settings of the Missive account are not valid. Open it with the pencil button.',
        path: '__field__ has a path that cannot be read: __reason__',
        number: '__field__ is not a number.',
        flag: '__field__ should be true or false.',
        json: '__field__ is not valid JSON: __reason__',
        expression: '__field__ is not a valid expression: __reason__',
        long: '__field__ is __length__ characters long, and Missive takes __max__ at most.',
        choice: '__field__ should be one of: __choices__.',
        gone: '__field__: “__value__” is no longer in Missive, or the account cannot see it.',
        date: '__field__ is not a date such as 2026-12-01T09:00:00Z.',
    },
    help: {
        inputs: 'Inputs',
        inputsText:
            'Each row of the form says where its value comes from. Where Fields are taken from msg.payload, a row that nobody touched reads the message: __field__, for example, msg.payload.__key__; where they are filled in here, only what is filled in counts. A row that comes out blank, or is “not set”, is left out of the request.',
        settings: 'Settings',
        outputs: 'Outputs',
        payload: 'What Missive answered, without its outer wrapper.',
        missive:
            'How it went: method, path, status, attempts, and waited (milliseconds in the queue). All other properties of the message are kept.',
        errors: 'Errors',
        errorsText:
            'A message that fails is not sent on. A Catch node gets it, with the reason in msg.error.message and a code:',
        causeText:
            'Before Node-RED 4.1 the code is in msg.error.cause.code only. Where it is not known whether Missive did it, msg.error.cause.delivered is “unknown”.',
        example: 'Example',
        exampleIn: 'In:',
        exampleOut: 'Out:',
        required: 'Required.',
        onlyFor: 'Only for:',
        requiredFor: 'Required for:',
        max: 'At most __max__ characters.',
        choices: 'One of:',
        default: 'default',
    },
    /** A field's type as the help names it. */
    kind: {
        text: 'text',
        long: 'text',
        number: 'number',
        flag: 'true or false',
        choice: 'choice',
        moment: 'date',
        list: 'list, or text with commas',
        address: 'address',
        addresses: 'addresses',
        json: 'JSON',
        attachments: 'files',
        pick: 'id',
        picks: 'ids',
        named: 'name or id',
        severalNamed: 'names or ids',
        object: 'object',
    },
    /** When an error with this code occurs. */
    error: {
        ERR_MISSIVE_CONFIG: 'The account is missing or has no token.',
        ERR_MISSIVE_INPUT: 'A field is missing or unusable. Nothing was sent.',
        ERR_MISSIVE_AUTH: 'Missive refused the token, or the token may not do this.',
        ERR_MISSIVE_NOT_FOUND: 'What an id names does not exist.',
        ERR_MISSIVE_REFUSED: 'Missive refused the request.',
        ERR_MISSIVE_RATE: 'Too many requests, in spite of waiting and trying again.',
        ERR_MISSIVE_SERVER: 'Missive failed.',
        ERR_MISSIVE_NETWORK: 'Missive gave no whole answer.',
        ERR_MISSIVE_QUEUE: 'The queue is full, or the message waited longer than allowed.',
        ERR_MISSIVE_CLOSED: 'The node was stopped while the message waited.',
        ERR_MISSIVE_GUARD: 'The account’s guard stands against it; nothing was sent.',
        ERR_MISSIVE_AMBIGUOUS: 'Several contacts match.',
    } satisfies Record<ErrorCode, string>,
    /** Built where the flow runs, as the editor fills in no numbers. */
    waiting: {
        alone: 'waiting __time__',
        before: 'waiting __time__ · __count__ before it',
        defended: 'waiting __time__ · without Redis',
        paused: 'paused · __count__ waiting',
    },
    /** What the status says of an error where it is built from a name. */
    short: { refused: '__field__ not allowed' },
    /** Which language the runtime speaks is known by this. */
    language: 'en-US',
    /** What a node shows under itself, by what the runtime sends. */
    status: Object.fromEntries(statuses.map((text) => [text, text])) as Record<Status, string>,
};

export type Words = typeof english;

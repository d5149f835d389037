import { eventOf, ruleType } from '../../missive/events/event';
import { object } from '../../missive/events/event-filter';
import { operationOf } from '../../missive/operations/family';
import { declared } from '../operations/declared';
import { messageOf } from '../sidebar/message';

type Msg = Readonly<Record<string, unknown>>;
type Config = Readonly<Record<string, unknown>>;

/** The practice inbox is loaded when somebody asks for a sample. */
const sampleOf: typeof import('../../sandbox/practice/samples').sampleOf = (...given) =>
    (require('../../sandbox/practice/samples') as typeof import('../../sandbox/practice/samples')).sampleOf(...given);

const usualEvents = ['incoming_email', 'outgoing_email', 'new_comment'];
const mostEvents = 6;

/** The message of a webhook in for an event. */
export const webhookMessage = (payload: Msg, facts: Config = {}): Msg => ({
    ...{ payload, topic: ruleType(payload), missive: { ...eventOf(payload), ...facts } },
});

/** What a node of ours sends, made up: with an event's kind as its name, where it has several. */
export function examplesOf(type: string, config: Config): readonly { readonly event?: string; readonly msg: Msg }[] {
    if (type === 'missive-webhook-in') {
        const events = [config.events ?? []].flat().filter((each) => typeof each === 'string');
        return (events.length > 0 ? events : usualEvents)
            .slice(0, mostEvents)
            .map((event) => ({ event, msg: webhookMessage(sampleOf(event)) }));
    }
    if (type === 'missive-sidebar-in') return [{ event: 'sidebar_open', msg: opened() }];
    if (type === 'missive-watch') return watched(String(config.resource ?? 'contacts'), config.send === 'array');
    const declaration = declared(type);
    if (!declaration) return [];
    const { method, path, example } = operationOf(declaration, config.resource);
    const { output } = example;
    const payload = config.send === 'each' && Array.isArray(output) ? output[0] : output;
    return [{ msg: { payload, missive: { method, path, status: 200, attempts: 1, waited: 0 } } }];
}

/** Somebody opens the conversation of the sample in Missive. */
function opened(): Msg {
    const { conversation, message } = sampleOf('incoming_email');
    const { id } = object(conversation);
    const from = object(object(message).from_field);
    return messageOf(
        {
            ...{ do: 'open', seq: 1, conversations: [String(id)] },
            ...{ conversation: object(conversation), message: object(message) },
            ...{ contact: from, contacts: [from] },
            user: { id: 'sample', first_name: 'Ana', last_name: 'Silva', email: 'ana@bikes.example', me: true },
        },
        'sample',
        [],
    ) as unknown as Msg;
}

const topics: Readonly<Record<string, string>> = {
    ...{ contacts: 'contact_created', tasks: 'task_created', conversations: 'conversation_active' },
};

/** The rows of a list, as the node that lists them declares them. */
function watched(resource: string, together: boolean): { readonly event?: string; readonly msg: Msg }[] {
    const list = declared('missive-list');
    const event = topics[resource];
    if (!list || !event) return [];
    const rows = [operationOf(list, resource).example.output].flat();
    const [row] = rows.map(object);
    const missive = { event, [String(event.split('_')[0])]: row?.id };
    return together
        ? [{ event, msg: { topic: resource, payload: rows, missive: { event: resource, events: [missive] } } }]
        : [{ event, msg: { topic: event, payload: row, missive } }];
}

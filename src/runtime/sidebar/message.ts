import type { NodeMessage } from 'node-red';
import type { Asked, EventKind } from './page/asked';
import { contactsOf } from './page/contacts';

const idIn = (thing: unknown): string | undefined =>
    typeof thing === 'object' && thing !== null && 'id' in thing && typeof thing.id === 'string' ? thing.id : undefined;

const given = (entries: Readonly<Record<string, unknown>>): Record<string, unknown> =>
    Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined));

/** A message that started in a sidebar; every other node of the package writes its own `missive` over it. */
export type SidebarMessage = NodeMessage & { missive?: unknown; _missiveSidebar?: unknown };

/** The message that an event is in the flow. `found`: the conversation as Missive itself has it, where it was asked. */
export function messageOf(
    asked: Asked & { readonly do: EventKind },
    request: string,
    own: readonly string[],
    found?: Readonly<Record<string, unknown>>,
): SidebarMessage {
    const { conversations, message, messages, user, action, values, keep } = asked;
    const [id] = conversations;
    const claimed = asked.conversation ?? (id === undefined ? undefined : { id });
    const conversation = claimed && { ...claimed, ...found };
    const { contact, contacts } = contactsOf(asked, own);
    return {
        topic: `sidebar_${asked.do}`,
        payload: given({
            ...{ conversation, conversations, message, messages, contact, contacts },
            ...{ user, action, values, keep },
        }),
        missive: {
            event: `sidebar_${asked.do}`,
            conversation: id,
            message: idIn(message),
            organization: idIn(conversation?.organization),
            sidebar: request,
        },
        _missiveSidebar: request,
    } as SidebarMessage;
}

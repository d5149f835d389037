import type { Conversation, Standing } from './records';

/** A conversation that lies before somebody: in no mailbox but that of its own team. */
export const fresh = (changes: Partial<Standing> = {}): Standing => ({
    ...{ inbox: false, closed: false, archived: false, trashed: false, junked: false, flagged: false, snoozed: false },
    ...changes,
});

/** Changes how a conversation stands with everyone who has access. */
export function forAll(conversation: Conversation, changes: Partial<Standing>): void {
    for (const [id, standing] of conversation.users) conversation.users.set(id, { ...standing, ...changes });
}

/** There is no flag on a conversation: it is closed where it is so for everyone. */
export const isClosed = ({ users }: Conversation): boolean => [...users.values()].every(({ closed }) => closed);

/** Gives somebody access. */
export function admit(conversation: Conversation, user: string, changes: Partial<Standing> = {}): void {
    conversation.users.set(user, { ...fresh(), ...conversation.users.get(user), ...changes });
}

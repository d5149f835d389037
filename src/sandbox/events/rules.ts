import { plain } from '../data/html';
import type { Data } from '../data/store';
import type { Occurrence } from '../data/world';
import type { Fields } from '../manners/shape';

/** A rule whose action is a webhook. */
export interface Rule {
    readonly id: string;
    readonly description: string;
    /** Empty: all types, save those that only an explicit wish turns on (`explicit`). */
    readonly types: readonly string[];
    readonly url: () => string | undefined;
    /** Blank: deliveries are not signed. */
    readonly secret: string;
    /** Conditions of a rule that was made by the API. */
    readonly conditions?: Fields;
    failures: number;
    /** Switched off, after too many failures in a row. */
    off: boolean;
}

/**
 * In Missive a rule has one type, chosen by a person. A practice rule "of all types" leaves out what goes out: else a
 * flow that answers every event with a message would answer its own.
 */
const explicit = ['outgoing_email', 'outgoing_sms_message', 'outgoing_whatsapp_message', 'custom_channel_message'];

/** Each condition of POST /hooks: whether it holds for the text, the message or the comment at hand. */
const conditions: Readonly<Record<string, (wanted: unknown, occurrence: Occurrence, text: string) => boolean>> = {
    organization: (wanted, { conversation }) => conversation.organization === wanted,
    content_contains: (wanted, _, text) => text.includes(lower(wanted)),
    content_starts_with: (wanted, _, text) => text.startsWith(lower(wanted)),
    content_ends_with: (wanted, _, text) => text.endsWith(lower(wanted)),
    is_task: (wanted, { comment }) => wanted !== true || Boolean(comment?.task),
    author: (wanted, { comment }) => comment?.author === wanted,
    mention: (wanted, { comment }) => comment?.mentions.some(({ id }) => id === wanted) ?? false,
    from_eq: (wanted, { message }) => lower(message?.from_field.address) === lower(wanted),
    subject_contains: (wanted, { message }) => lower(message?.subject).includes(lower(wanted)),
};

const lower = (value: unknown): string => (typeof value === 'string' ? value.toLowerCase() : '');

/** Whether a rule runs on something that happened. */
export function matches(rule: Rule, occurrence: Occurrence): boolean {
    const { type, message, comment } = occurrence;
    if (rule.off) return false;
    if (rule.types.length === 0 ? explicit.includes(type) : !rule.types.includes(type)) return false;
    const text = plain(message?.body ?? comment?.body ?? '').toLowerCase();
    return Object.entries(rule.conditions ?? {}).every(([name, wanted]) => {
        const holds = conditions[name];
        return holds === undefined || wanted === null || holds(wanted, occurrence, text);
    });
}

/** Rules as the practice page shows them. */
export const ruleView = ({ id, description, types, url, failures, off, conditions }: Rule) => ({
    ...{ id, description, types, url: url() ?? null, failures, off },
    by: conditions === undefined ? 'flow' : 'api',
});

/** The ids of users and teams that a comment names with an @. */
export function mentionsIn(data: Data, body: string) {
    const named = [...data.users.values(), ...data.teams.values()];
    return [...body.matchAll(/@([\p{L}\d]+)/gu)].flatMap((found) => {
        const word = String(found[1]).toLowerCase();
        const one = named.find(({ name }) => name.toLowerCase().split(' ')[0] === word);
        return one ? { id: one.id, index: found.index, length: found[0].length } : [];
    });
}

import { isUtf8 } from 'node:buffer';

type Json = Readonly<Record<string, unknown>>;
type Id = string | number;

/** What a delivery is about: the ids that a flow asks for most, each `undefined` where the body has none. */
export interface Event {
    /** `rule.type`; `custom_channel_message` where the body has no rule. */
    readonly event: string | undefined;
    readonly rule: Id | undefined;
    readonly conversation: Id | undefined;
    readonly message: Id | undefined;
    readonly comment: Id | undefined;
    readonly organization: Id | undefined;
}

/** Whether a body says nothing: no bytes, white space, or `{}`. Missive sends such a one when a rule is saved. */
export const isEmpty = (body: Buffer): boolean =>
    body.length < 1024 && /^\s*(\{\s*\})?\s*$/.test(body.toString('utf8'));

/** No body of Missive's is nested nearly as deep; what is, Node-RED could not copy from one node to the next. */
const deepest = 1000;

/**
 * The JSON object in a body; `undefined` where it is no UTF-8, no JSON, or no object, or is nested without an end. Skips a
 * byte order mark.
 */
export function parseBody(body: Buffer): Json | undefined {
    try {
        if (!isUtf8(body) || isTooDeep(body)) return undefined;
        const text = body.toString('utf8');
        const parsed: unknown = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
        return isObject(parsed) ? parsed : undefined;
    } catch {
        return undefined;
    }
}

/** Whether brackets outside of texts are open one in another, more than can be. */
function isTooDeep(body: Buffer): boolean {
    if (hasFewBrackets(body)) return false;
    let depth = 0;
    let inText = false;
    for (let at = 0; at < body.length; at++) {
        const sign = body[at];
        if (inText && sign === 0x5c) at++;
        else if (sign === 0x22) inText = !inText;
        else if (!inText && (sign === 0x5b || sign === 0x7b)) depth++;
        else if (!inText && (sign === 0x5d || sign === 0x7d)) depth--;
        if (depth > deepest) return true;
    }
    return false;
}

/** Almost every body has fewer brackets in all than may be open, and is looked through in no time. */
function hasFewBrackets(body: Buffer): boolean {
    if (body.length <= deepest) return true;
    let brackets = 0;
    for (const bracket of [0x5b, 0x7b])
        for (let at = body.indexOf(bracket); at >= 0; at = body.indexOf(bracket, at + 1))
            if (++brackets > deepest) return false;
    return true;
}

/** The type of the rule that a body comes from, such as `incoming_email`. */
export function ruleType({ rule }: Json): string | undefined {
    return isObject(rule) && typeof rule.type === 'string' ? rule.type : undefined;
}

/** Reads the ids out of a body of any shape. */
export function eventOf(body: Json): Event {
    const rule = isObject(body.rule) ? body.rule : undefined;
    const conversation = isObject(body.conversation) ? body.conversation : undefined;
    return {
        event: rule ? ruleType(body) : 'custom_channel_message',
        rule: idOf(rule),
        conversation: idOf(conversation),
        message: idOf(body.message) ?? idOf(body.latest_message),
        comment: idOf(body.comment),
        organization: idOf(conversation?.organization),
    };
}

/**
 * What tells one event from all others: its rule with the message or comment that set it off. A label change has none
 * of its own (a message in it is the same for the next one), and so no key.
 */
export function eventKey(body: Json): string | undefined {
    const event = ruleType(body);
    return keyOf({ event, rule: idOf(body.rule), message: idOf(body.message), comment: idOf(body.comment) });
}

/** The same key, from what a message of webhook in says. */
export function keyOf({
    event = '',
    rule,
    ...ids
}: Pick<Event, 'event' | 'rule' | 'message' | 'comment'>): string | undefined {
    const message = /^(incoming|outgoing)_/.test(event) ? ids.message : undefined;
    const comment = event === 'new_comment' ? ids.comment : undefined;
    const known = rule !== undefined && (message !== undefined || comment !== undefined);
    return known ? JSON.stringify([rule, message ?? null, comment ?? null]) : undefined;
}

const isObject = (value: unknown): value is Json =>
    typeof value === 'object' && value !== null && !Array.isArray(value);

function idOf(thing: unknown): Id | undefined {
    const id = isObject(thing) ? thing.id : undefined;
    return (typeof id === 'string' && id !== '') || typeof id === 'number' ? id : undefined;
}

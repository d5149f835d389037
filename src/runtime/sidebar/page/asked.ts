/** What a page can tell, and by that the end of `msg.topic`. */
export const eventKinds = ['open', 'action', 'form', 'sent', 'shortcut'] as const;
export type EventKind = (typeof eventKinds)[number];

type Facts = Readonly<Record<string, unknown>>;

/** What a page has sent, its shape checked. All of it is a claim of the browser. */
export interface Asked {
    readonly do: EventKind | 'listen';
    readonly seq: number;
    readonly conversations: readonly string[];
    readonly conversation?: Facts;
    readonly message?: Facts;
    readonly messages?: readonly Facts[];
    readonly contact?: Facts;
    readonly contacts?: readonly Facts[];
    readonly user?: Facts;
    readonly action?: string;
    readonly values?: Facts;
    readonly keep?: unknown;
}

const isObject = (value: unknown): value is Facts =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
const isId = (value: unknown): value is string => typeof value === 'string' && /^[\w:.-]{1,100}$/.test(value);
const listOf =
    <T>(fits: (each: unknown) => each is T, most: number) =>
    (value: unknown): value is readonly T[] =>
        Array.isArray(value) && value.length <= most && value.every(fits);
const isKind = (value: unknown): value is Asked['do'] =>
    value === 'listen' || eventKinds.some((each) => each === value);
const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= 1000;

/** How each part has to look; `undefined` is left out, and so is what has no line here. */
const shapes: Readonly<Record<keyof Asked, (value: unknown) => boolean>> = {
    do: isKind,
    seq: Number.isSafeInteger,
    conversations: listOf(isId, 500),
    conversation: isObject,
    message: isObject,
    messages: listOf(isObject, 5000),
    contact: isObject,
    contacts: listOf(isObject, 1000),
    user: isObject,
    action: isText,
    values: isObject,
    keep: () => true,
};
const needed: readonly string[] = ['do', 'seq', 'conversations'] satisfies (keyof Asked)[];

/** What a page has sent, or the name of the part that cannot be. */
export function askedIn(body: unknown): Asked | string {
    if (!isObject(body)) return 'body';
    const found: Record<string, unknown> = {};
    for (const [part, fits] of Object.entries(shapes)) {
        const value = Object.hasOwn(body, part) ? body[part] : undefined;
        if (value === undefined || (value === null && !needed.includes(part))) {
            if (needed.includes(part)) return part;
            continue;
        }
        if (!fits(value)) return part;
        found[part] = value;
    }
    return found as unknown as Asked;
}

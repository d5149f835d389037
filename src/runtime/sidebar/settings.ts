import { type EventKind, eventKinds } from './page/asked';

type Config = Readonly<Record<string, unknown>>;

/** An entry in one of Missive's own menus; its click comes as `sidebar_action`. */
export interface MenuEntry {
    readonly label: string;
    readonly contexts: readonly string[];
    readonly action: string;
    readonly emoji?: string;
}

/** The menus that missive.js knows. */
export const contexts = [
    ...(['message', 'conversation', 'conversations', 'draft', 'comment', 'comment_box'] as const),
    ...(['command_bar', 'tel', 'swipe', 'setting'] as const),
] as const;

/** What a sidebar in node stores, read once. */
export interface SidebarSettings {
    /** Lower case: addresses, and domains without `@`. */
    readonly domains: readonly string[];
    /** Kinds of events; empty: all. */
    readonly events: readonly EventKind[];
    readonly detail: 'summary' | 'body' | 'all';
    readonly several: 'hint' | 'send';
    /** Seconds. */
    readonly wait: number;
    readonly verify: boolean;
    readonly actions: readonly MenuEntry[];
}

const textsIn = (value: unknown): string[] =>
    (Array.isArray(value) ? value : typeof value === 'string' ? value.split(/[,;\s]+/) : [])
        .filter((each) => typeof each === 'string')
        .map((each) => each.trim())
        .filter((each) => each !== '');

const oneOf = <T extends string>(choices: readonly [T, ...T[]], value: unknown): T =>
    choices.find((each) => each === value) ?? choices[0];

export function settingsIn(config: Config): SidebarSettings {
    const wait = Number(config.wait);
    return {
        domains: textsIn(config.domains).map((each) => each.toLowerCase().replace(/^@/, '')),
        events: eventKinds.filter((each) => textsIn(config.events).includes(each)),
        detail: oneOf(['summary', 'body', 'all'], config.detail),
        several: oneOf(['hint', 'send'], config.several),
        wait: wait > 0 ? Math.min(wait, 600) : 20,
        verify: config.verify === true,
        actions: (Array.isArray(config.actions) ? config.actions : []).flatMap(entryIn),
    };
}

/** An entry without words or without a menu would be nowhere. */
function entryIn(stored: unknown): MenuEntry[] {
    if (typeof stored !== 'object' || stored === null) return [];
    const { label, context, contexts: several, action, emoji } = stored as Config;
    const places = textsIn(several ?? context).filter((each) => contexts.some((known) => known === each));
    if (typeof label !== 'string' || label.trim() === '' || places.length === 0) return [];
    const name = typeof action === 'string' && action.trim() !== '' ? action.trim() : label.trim();
    return [
        {
            ...{ label: label.trim(), contexts: places, action: name },
            ...(typeof emoji === 'string' && emoji.trim() !== '' ? { emoji: emoji.trim() } : {}),
        },
    ];
}

import type { NodeAPI } from 'node-red';

/**
 * A text of the node's own catalogue in the language that Node-RED itself runs in, its numbers filled in. `english`
 * stands in where there is no catalogue.
 */
export function translate(RED: NodeAPI, key: string, english: string, values: Record<string, string | number>): string {
    const text = RED._(key, values);
    // i18next gives the key back where it has no text for it.
    return text && !text.endsWith(key) ? text : filled(english, values);
}

const filled = (text: string, values: Record<string, string | number>): string =>
    text.replace(/__(\w+)__/g, (_, name: string) => String(values[name] ?? ''));

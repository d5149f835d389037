import type { NodeAPI } from 'node-red';
import { MissiveError } from '../../missive/errors';
import type { Operation } from '../../missive/operations/operation';
import { type Say, saidByMissive, sayIn } from '../language/speaking';
import { translate } from '../translate';

/** Longer than this a status runs into the next node. */
const longest = 44;

/** Errors of which the sentence says more than any fixed text: what is missing, what Missive does not take. */
const spoken: readonly string[] = ['ERR_MISSIVE_INPUT', 'ERR_MISSIVE_REFUSED'];

/** What a node shows of an error: its sentence in short where it says what to mend, else the text of its kind. */
export function statusOf(
    RED: NodeAPI,
    error: unknown,
    fields: Operation['fields'] = {},
    say: Say = sayIn(RED),
): string {
    if (!(error instanceof MissiveError)) return 'failed';
    if (!spoken.includes(error.code)) return error.text;
    const [, key = ''] = /^'(\w+)(?:\.\w+)*' does not match an available/.exec(error.message) ?? [];
    const refused = fields[key];
    const sentence = say(error.message, saidByMissive(error));
    if (!refused) return inShort(sentence, (name) => fields[name]?.label) || error.text;
    const label = translate(RED, `field.${key}`, refused.label, {});
    return translate(RED, 'short.refused', '__field__ not allowed', { field: label });
}

const ends = /[.!?]+(?:\s|$)|\s?;\s|\s?: (?=\p{Ll})|\s–\s|\n/u;

/**
 * The beginning of a sentence: without what stands in brackets, up to its end or to what is to be done, and with the
 * names of fields as the form has them.
 */
export function inShort(sentence: string, labelOf: (key: string) => string | undefined = () => undefined): string {
    const plain = sentence
        .replace(/'(\w+)(?:\.\w+)*'/g, (whole, key: string) => labelOf(key) ?? whole)
        // In French, what is wrong with a field stands behind its name and a colon: it is no end.
        .replace(/\s*\([^()]*\) : /g, '\u00a0:\u00a0')
        .replace(/\s*\([^()]*\)/g, '');
    const [first = ''] = plain.split(ends);
    const text = first.trim();
    if (text.length <= longest) return text;
    const cut = text.slice(0, longest - 1);
    return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), longest / 2)).replace(/[\s,:;]+$/, '')}…`;
}

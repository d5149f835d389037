import { parts, sentences } from './catalogue';
import { type Pattern, patternOf } from './pattern';

/** What a node calls its fields, English → French. */
export type Labels = ReadonlyMap<string, string>;

const none: Labels = new Map();
const patterns = Object.entries(sentences).map(patternOf);
const partPatterns = Object.entries(parts)
    .map(patternOf)
    .sort((a, b) => b.own - a.own);

/** Characters: what is longer was not written by us. So many sentences belong together at most. */
const longest = 4000;
const most = 6;

/**
 * A text of ours in French: an error's sentences and what stands in them. `kept` are somebody else's words (Missive's)
 * that it begins with; they, and what nobody has translated, stay as they are.
 */
export function inFrench(text: string, labels: Labels = none, kept = ''): string {
    if (kept !== '' && text.startsWith(kept)) {
        const [own = ''] = /^[.\s]*/.exec(text.slice(kept.length)) ?? [];
        return kept + own + inFrench(text.slice(kept.length + own.length), labels);
    }
    if (text.length > longest) return text;
    const possible = patterns.filter(({ mark }) => text.includes(mark));
    // Sentences, and the blanks between them.
    const pieces = text.split(/(?<=[.!?…])(\s+)/);
    const said: string[] = [];
    for (let from = 0; from < pieces.length; ) {
        const found = surest(possible, pieces, from);
        said.push(found ? filled(found, labels) : (pieces[from] ?? ''));
        from = found?.to ?? from + 1;
    }
    return said.join('');
}

interface Found {
    readonly pattern: Pattern;
    readonly values: readonly (string | undefined)[];
    readonly to: number;
    /** What is filled in at the end, where that is more than one sentence. */
    readonly rest?: Found;
}

/** What says most of the sentences from a place on; of two that say as much, the one that takes fewer of them. */
function surest(possible: readonly Pattern[], pieces: readonly string[], from: number): Found | undefined {
    let best: Found | undefined;
    for (let to = from + 1; to <= Math.min(pieces.length, from + 2 * most); to += 2) {
        const text = pieces.slice(from, to).join('');
        for (const pattern of possible) {
            if (best && pattern.own <= best.pattern.own) continue;
            const values = pattern.shape.exec(text)?.slice(1);
            if (values) best = { pattern, values, to };
        }
    }
    return best && withRest(best, possible, pieces);
}

/** `Refused at {1}: {2}`: what is filled in at the end goes on behind its first full stop where it is ours, too. */
function withRest(found: Found, possible: readonly Pattern[], pieces: readonly string[]): Found {
    const { pattern, values, to } = found;
    if (!pattern.isOpen) return found;
    const [last = '', stop = ''] = values.slice(-2);
    const rest = surest(possible, [last + stop, ...pieces.slice(to)], 0);
    if (!rest || rest.to === 1) return found;
    return { pattern, values: [...values.slice(0, -2), '', ''], to: to - 1 + rest.to, rest };
}

function filled({ pattern, values, rest }: Omit<Found, 'to'>, labels: Labels): string {
    const { french, quoted, digits, isSaidOf } = pattern;
    const given = isSaidOf ? values.slice(1) : values;
    const said = french.replace(/\{\d\}/g, (digit) => {
        const place = digits.indexOf(digit);
        const each = given[place] ?? '';
        return quoted[place] ? each : partIn(each, labels);
    });
    const subject = isSaidOf ? `${partIn(values[0] ?? '', labels)} ` : '';
    return `${subject}${said}${rest ? filled(rest, labels) : (given[quoted.length] ?? '')}`;
}

/** What is filled in: a field's name, words of ours, or somebody's own. */
function partIn(text: string, labels: Labels): string {
    const [, label = text, key = ''] = /^([^(]+?)( \([^)]*\))$/.exec(text) ?? [];
    const field = labels.get(label);
    if (field !== undefined) return field + key;
    if (/^“[^“”]*”$/.test(text)) return `« ${text.slice(1, -1)} »`;
    for (const pattern of partPatterns) {
        const values = text.includes(pattern.mark) ? pattern.shape.exec(text)?.slice(1) : undefined;
        if (values) return filled({ pattern, values }, labels);
    }
    return inFrench(text, labels);
}

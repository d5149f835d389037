/** A sentence of the catalogue, ready to be found in a text. */
export interface Pattern {
    readonly french: string;
    readonly shape: RegExp;
    /** A text without this cannot be it. */
    readonly mark: string;
    /** How much of the text is the sentence's own: the more, the surer. */
    readonly own: number;
    /** The parts that are filled in, in the order of the English sentence. */
    readonly digits: readonly string[];
    /** For each part that is filled in: whether it stands in quotation marks, so that it is somebody's own words. */
    readonly quoted: readonly boolean[];
    /** Ends with what is filled in, in both languages. */
    readonly isOpen: boolean;
    /** Said of something that stands before it. */
    readonly isSaidOf: boolean;
}

const part = /\{\d\}/g;
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const withoutStop = (text: string): string => text.replace(/\.$/, '');

/** Another sentence that is filled in before it or behind it is found by itself. */
const alone = (text: string): string =>
    text.replace(/(?<=[.)]) \{\d\}$/, '').replace(/^\{\d\} (?=\p{Lu}[a-zé]+ )/u, '');

/** Some sentences get the status of an answer, or their full stop, only where they are put together. */
const endOf = (last: string): string => (last === '' ? '(\\.?)' : '((?: \\(\\d{3}\\))?\\.?)');

export function patternOf([whole, said]: readonly [string, string]): Pattern {
    const [english, french] = [alone(whole), alone(said)];
    const fixed = withoutStop(english).split(part);
    const isSaidOf = french.startsWith(': ') || french.startsWith('et ');
    return {
        french: withoutStop(french),
        shape: new RegExp(
            `^${isSaidOf ? '(?:(.+?) )?' : ''}${fixed.map(escaped).join('(.*?)')}${endOf(fixed.at(-1) ?? '')}$`,
            's',
        ),
        mark: fixed.reduce((longest, each) => (each.length > longest.length ? each : longest)),
        own: fixed.join('').length,
        digits: [...english.matchAll(part)].map(([found]) => found),
        quoted: [...english.matchAll(part)].map(({ index }) => english[index - 1] === '“'),
        isOpen: fixed.at(-1) === '' && new RegExp(`: \\{${fixed.length - 1}\\}$`).test(french),
        isSaidOf,
    };
}

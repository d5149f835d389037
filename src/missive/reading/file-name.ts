/** Signs that are not seen, or that turn the order of others: `gpj.exe` can be shown as `exe.jpg`. */
const unseen = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Most bytes that a file system takes. */
const longest = 255;

/**
 * The name of a file as it goes to a customer: without the folders of a path, without signs that are not seen, no
 * longer than a disk takes. Blank where nothing is left.
 */
export function cleanName(name: string): string {
    const last = name.split(/[/\\]/).pop() ?? '';
    const clean = last.replace(unseen, '').trim().replace(/^\.+$/, '');
    if (Buffer.byteLength(clean) <= longest) return clean;
    const ending = /\.[^.]{1,10}$/.exec(clean)?.[0] ?? '';
    let stem = '';
    for (const letter of clean.slice(0, clean.length - ending.length)) {
        if (Buffer.byteLength(stem + letter + ending) > longest) break;
        stem += letter;
    }
    return stem + ending;
}

/** A name in an error. What is too long for one may be the text of a message in the wrong field. */
export const shownName = (name: string): string =>
    name.length > longest ? `text of ${name.length} characters` : name.replace(unseen, '·');

/** The same names, each once: `a.pdf`, `a (2).pdf`. */
export function distinctNames(names: readonly string[]): string[] {
    const taken = new Set<string>();
    const folded = (name: string) => name.normalize('NFC').toLowerCase();
    return names.map((name) => {
        const [, stem = name, ending = ''] = /^(.+?)(\.[^.]{1,10})?$/s.exec(name) ?? [];
        let own = name;
        for (let count = 2; taken.has(folded(own)); count++) own = `${stem} (${count})${ending}`;
        taken.add(folded(own));
        return own;
    });
}

/** What nobody sees in a text: signs of width nothing, marks of direction, soft hyphens, fillers. */
const unseen = '\\p{Default_Ignorable_Code_Point}\\p{Cf}';
const anywhere = new RegExp(`[${unseen}]`, 'gu');
const outside = new RegExp(`^[\\s${unseen}]*`, 'u');
const isOutside = new RegExp(`^[\\s${unseen}]$`, 'u');

/** The text without blanks and hidden signs around it; what is copied from an address book often has some. */
export function trimmed(text: string): string {
    const rest = text.replace(outside, '');
    let end = rest.length;
    // A pattern for the end would begin anew at each blank of a long row of them.
    while (end > 0) {
        const start = end - sizeAt(rest, end);
        if (!isOutside.test(rest.slice(start, end))) break;
        end = start;
    }
    return rest.slice(0, end);
}

/** How many units the last sign before a place has. */
const sizeAt = (text: string, end: number): number => (/[\udc00-\udfff]/.test(text[end - 1] ?? '') ? 2 : 1);

/** The text without any hidden sign. */
export const visible = (text: string): string => text.replace(anywhere, '').trim();

/** The first hidden sign, as its number is written (`U+200B`). */
export function hiddenIn(text: string): string | undefined {
    const [sign] = text.match(anywhere) ?? [];
    return sign && `U+${sign.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`;
}

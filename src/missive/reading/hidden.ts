/** What nobody sees in a text: signs of width nothing, marks of direction, soft hyphens, fillers. */
const unseen = '\\p{Default_Ignorable_Code_Point}\\p{Cf}';
const anywhere = new RegExp(`[${unseen}]`, 'gu');
const outside = new RegExp(`^[\\s${unseen}]+|[\\s${unseen}]+$`, 'gu');

/** The text without blanks and hidden signs around it; what is copied from an address book often has some. */
export const trimmed = (text: string): string => text.replace(outside, '');

/** The text without any hidden sign. */
export const visible = (text: string): string => text.replace(anywhere, '').trim();

/** The first hidden sign, as its number is written (`U+200B`). */
export function hiddenIn(text: string): string | undefined {
    const [sign] = text.match(anywhere) ?? [];
    return sign && `U+${sign.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`;
}

/**
 * How wide the editor draws a letter of a node's name, in thousandths of its size: DejaVu Sans, the widest of the fonts that
 * it may find. What fits in this one fits in Helvetica and Arial.
 */
const rows = {
    275: "'",
    278: 'ijl',
    295: 'IJ',
    318: ' ,.’‘· ',
    337: '/:;\\|',
    352: 'f',
    361: '-',
    390: '()[]',
    392: 't',
    401: '!',
    411: 'r',
    460: '"',
    500: '*_`–',
    518: '“”',
    521: 's',
    525: 'z',
    531: '?',
    550: 'c',
    557: 'L',
    575: 'F',
    579: 'k',
    592: 'vxy',
    603: 'P',
    611: 'TY',
    612: 'o«»',
    613: 'a',
    615: 'e',
    632: 'E',
    634: 'hnu',
    635: 'Sbdgpq',
    636: '$0123456789{}€',
    656: 'K',
    684: 'AV',
    685: 'XZ',
    686: 'B',
    695: 'R',
    698: 'C',
    732: 'U',
    748: 'N',
    752: 'H',
    770: 'D',
    775: 'G',
    780: '&',
    787: 'OQ',
    818: 'w',
    838: '#+<=>^~→',
    863: 'M',
    950: '%',
    974: 'm',
    989: 'W',
    1000: '@…—',
    1023: 'œ',
};
const widths = new Map(
    Object.entries(rows).flatMap(([width, letters]) => [...letters].map((one) => [one, Number(width)])),
);

const fontSize = 14;
const letterWidth = (letter) => widths.get(letter) ?? widths.get(letter.normalize('NFD')[0]) ?? 640;

/** The lines of a name: the editor breaks it at a backslash, an n and a blank. */
export const linesOf = (label) => label.split('\\n ');

/** A node's width in the editor, in pixels, which Node-RED rounds up to its grid. */
export function widthOf(label, hasInput) {
    const line = (text) => ([...text].reduce((sum, letter) => sum + letterWidth(letter), 0) * fontSize) / 1000;
    const text = Math.max(...linesOf(label).map(line));
    return Math.max(100, 20 * Math.ceil((text + 50 + (hasInput ? 7 : 0)) / 20));
}

/** How wide the editor draws a letter of a node's name: Helvetica (and Arial) in thousandths of its size. */
const rows = {
    191: "'",
    222: 'ijl’‘',
    260: '|',
    278: ' !,./:;I[\\]ft·\u00a0',
    333: '()-r`“”',
    334: '{}',
    355: '"',
    389: '*',
    469: '^',
    500: 'Jcksvxyz',
    556: '#$0123456789?L_abdeghnopqu€«»–',
    584: '+<=>~',
    611: 'FTZ',
    667: '&ABEKPSVXY',
    722: 'CDHNRUw',
    778: 'GOQ',
    833: 'Mm',
    889: '%',
    944: 'WœŒ',
    1000: '…→—',
    1015: '@',
};
const widths = new Map(
    Object.entries(rows).flatMap(([width, letters]) => [...letters].map((one) => [one, Number(width)])),
);

const fontSize = 14;
const letterWidth = (letter) => widths.get(letter) ?? widths.get(letter.normalize('NFD')[0]) ?? 556;

/** A node's width in the editor, in pixels, which Node-RED rounds up to its grid. */
export function widthOf(label, hasInput) {
    const text = ([...label].reduce((sum, letter) => sum + letterWidth(letter), 0) * fontSize) / 1000;
    return Math.max(100, 20 * Math.ceil((text + 50 + (hasInput ? 7 : 0)) / 20));
}

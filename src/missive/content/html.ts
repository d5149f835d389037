/** Text as HTML, also inside an attribute. */
export const escaped = (text: string): string =>
    text.replace(/[&<>"']/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? '&#39;');

/** An empty line between two blocks: Missive shows `<p>` without space between (missive-api §6.5). */
export const emptyLine = '<div><br></div>';

/** Plain text in the form that Missive shows as it was typed: one `<div>` a line; what looks like HTML stays text. */
export const linesAsHtml = (text: string): string => {
    // A template's last line break is no empty line of the message.
    const lines = text.trimEnd().split(/\r\n|\r|\n/);
    return lines.length === 1 && lines[0] === ''
        ? ''
        : lines.map((line) => (line.trim() === '' ? emptyLine : `<div>${spaced(escaped(line))}</div>`)).join('');
};

/** HTML shows several spaces as one; a list that was indented by hand keeps its shape. */
const spaced = (line: string): string => line.replace(/\t/g, '    ').replace(/^ | (?= )/g, '&nbsp;');

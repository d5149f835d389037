/** HTML as one line of plain text. */
export const plain = (html: string): string =>
    withoutCode(html)
        .replace(/<[^<>]*>/g, ' ')
        .replace(/&nbsp;/g, ' ')
        .replace(/&lt;/g, '<')
        .replace(/&gt;/g, '>')
        .replace(/&quot;/g, '"')
        .replace(/&amp;/g, '&')
        .replace(/\s+/g, ' ')
        .trim();

/** HTML without its styles and scripts, looked for once from the beginning to the end. */
function withoutCode(html: string): string {
    const lower = html.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
    let result = '';
    let place = 0;
    for (const { 1: name, index } of lower.matchAll(/<(style|script)/g)) {
        if (index < place) continue;
        const end = lower.indexOf(`</${name}>`, index);
        if (end < 0) break;
        result += `${html.slice(place, index)} `;
        place = end + `</${name}>`.length;
    }
    return result + html.slice(place);
}

const escaped = (plain: string): string =>
    plain.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;' })[sign] ?? '&gt;');

/** Plain text as the HTML of an e-mail: one div a line. */
export const asHtml = (plain: string): string =>
    plain
        .split(/\r?\n/)
        .map((line) => `<div>${escaped(line) || '<br>'}</div>`)
        .join('');

/** HTML as one line of plain text. */
export const plain = (html: string): string =>
    html
        .replace(/<(style|script)[\s\S]*?<\/\1>/gi, ' ')
        .replace(/<[^>]*>/g, ' ')
        .replace(/&nbsp;/g, ' ')
        .replace(/&lt;/g, '<')
        .replace(/&gt;/g, '>')
        .replace(/&quot;/g, '"')
        .replace(/&amp;/g, '&')
        .replace(/\s+/g, ' ')
        .trim();

const escaped = (plain: string): string =>
    plain.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;' })[sign] ?? '&gt;');

/** Plain text as the HTML of an e-mail: one div a line. */
export const asHtml = (plain: string): string =>
    plain
        .split(/\r?\n/)
        .map((line) => `<div>${escaped(line) || '<br>'}</div>`)
        .join('');

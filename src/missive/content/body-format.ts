import type { Setting } from '../operations/operation';
import { linesAsHtml } from './html';
import { markdownAsHtml } from './markdown';

/** How the text of a body is written; a setting of each node that has a body. */
export const bodyFormat: Setting = {
    label: 'Body is',
    help: 'What Body holds. Plain text keeps its line breaks, and what looks like HTML in it stays text. Markdown may have links, lists, bold, code, quotes and tables; scripts and styles in it are taken out. For SMS and WhatsApp leave it as it is.',
    beside: 'body',
    choices: { html: 'HTML, left as it is', text: 'Plain text', markdown: 'Markdown' },
};

/** A body as Missive takes it: HTML in the form that it shows with space between paragraphs. */
export const formatted = async <B extends string | null | undefined>(body: B, format?: string): Promise<B | string> => {
    if (typeof body !== 'string') return body;
    if (format === 'text') return linesAsHtml(body);
    return format === 'markdown' ? markdownAsHtml(body) : body;
};

import { marked } from 'marked';
import type { Post } from '../data/records';
import { isFields } from '../manners/shape';

/** Markdown as the page draws it; the page takes out whatever is not plain text and its marks. Long text stays text. */
const drawn = (markdown: unknown): string | null =>
    typeof markdown === 'string' && markdown !== '' && markdown.length <= 20_000
        ? String(marked.parse(markdown, { async: false, breaks: true, gfm: true }))
        : null;

/** The content of a post as the page shows it: with its Markdown as HTML beside it. */
export function shownPost({ content }: Post): Readonly<Record<string, unknown>> {
    const { attachments } = content;
    return {
        ...content,
        html: drawn(content.markdown),
        ...(Array.isArray(attachments) && {
            attachments: attachments.map((one: unknown) =>
                isFields(one) ? { ...one, html: drawn(one.markdown) } : one,
            ),
        }),
    };
}

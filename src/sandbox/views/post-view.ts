import type { Post } from '../data/records';
import { isFields } from '../manners/shape';

let parse: typeof import('marked').parse | undefined;

/** Markdown is drawn from then on; before it, posts are shown without. */
export async function loadMarkdown(): Promise<void> {
    // A module of the new kind only: `require` does not load it before Node.js 20.19, nor while it is being imported.
    parse = (await import('marked')).parse;
}

/** Markdown as the page draws it; the page takes out whatever is not plain text and its marks. Long text stays text. */
const drawn = (markdown: unknown): string | null =>
    parse && typeof markdown === 'string' && markdown !== '' && markdown.length <= 20_000
        ? String(parse(markdown, { async: false, breaks: true, gfm: true }))
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

import type { MarkedExtension, Token } from 'marked';
import { inputError } from '../errors';
import { emptyLine, escaped, linesAsHtml } from './html';
import { isLeftOpen, isTag, safeHtml } from './safe-html';
import { within } from './time-limit';

/** More characters than this are no letter; they go out as the text that they are. */
const longest = 100_000;

/** Milliseconds for a long text. A letter takes a few; what was made to take long goes out as text. */
const patience = 500;

/** Up to so many characters nothing takes longer than a fifth of a second, so that a busy computer changes no letter. */
const short = 10_000;

/**
 * Markdown (GitHub's) as the HTML of a message: paragraphs are `<div>` with an empty line between. A line break in the
 * text is one in the message, as people who write e-mails mean it. What is HTML in it comes out harmless. What is too
 * long, or takes too long, comes out as plain text: nothing of it is lost, and Node-RED does not stand still.
 */
export async function markdownAsHtml(text: string): Promise<string> {
    if (text.length > longest) return linesAsHtml(text);
    // marked is a module of the new kind only, which `require` does not load before Node.js 20.19.
    const { Marked } = await import('marked');
    const marked = new Marked({ gfm: true, breaks: true }, messageForm);
    try {
        const work = () => safeHtml(blocks(marked.lexer(text), (token) => marked.parser([token])));
        if (text.length <= short) return work();
        const done = within(patience, work);
        return done ? done.result : linesAsHtml(text);
    } catch (cause) {
        // Thousands of quotes in each other, which nobody writes by hand, are more than the stack holds.
        if (cause instanceof RangeError) throw inputError('Body (body) is nested too deeply for Markdown.');
        throw cause;
    }
}

/** Blocks one after another, with an empty line wherever `apart` says so; as a rule everywhere. */
function blocks(
    tokens: readonly Token[],
    render: (token: Token) => string,
    apart: (before: Token, after: Token) => boolean = () => true,
): string {
    let before: Token | undefined;
    let html = '';
    for (const token of tokens) {
        const block = render(token).trim();
        if (block === '') continue;
        html += (before && apart(before, token) ? emptyLine : '') + block;
        before = token;
    }
    return html;
}

/** What begins like a tag and is none of HTML's, such as `<Name>`, is text to Markdown, too. */
const onlyTags = (text: string): false | undefined => (isTag(text) ? false : undefined);

const messageForm: MarkedExtension = {
    tokenizer: { html: (text) => (isLeftOpen(text) ? undefined : onlyTags(text)), tag: onlyTags },
    renderer: {
        space: () => '',
        paragraph({ tokens }) {
            return `<div>${this.parser.parseInline(tokens)}</div>`;
        },
        blockquote({ tokens }) {
            return `<blockquote>${blocks(tokens, (token) => this.parser.parse([token]))}</blockquote>`;
        },
        listitem({ tokens }) {
            const inside = blocks(
                tokens,
                (token) => this.parser.parse([token]),
                (before, after) => before.type === 'paragraph' && after.type === 'paragraph',
            );
            return `<li>${inside}</li>`;
        },
        // A form's box cannot be ticked in a message.
        checkbox: ({ checked }) => (checked ? '☑&nbsp;' : '☐&nbsp;'),
        code: ({ text }) => `<pre><code>${escaped(text)}\n</code></pre>`,
        table({ header, rows }) {
            const row = (cells: typeof header) =>
                `<tr>${cells.map(({ tokens, align, header }) => cell(header ? 'th' : 'td', align, this.parser.parseInline(tokens))).join('')}</tr>`;
            // Without lines of its own a table is hard to read in most mail programs.
            return `<table border="1" cellpadding="4" cellspacing="0"><thead>${row(header)}</thead><tbody>${rows.map(row).join('')}</tbody></table>`;
        },
    },
};

const cell = (tag: string, align: string | null, html: string): string =>
    `<${tag}${align ? ` align="${align}"` : ''}>${html}</${tag}>`;

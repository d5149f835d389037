import type { Token, Tokens } from 'marked';
import type { Block, Inline } from './card';
import { linkIn } from './link';
import { wrong } from './reader';

/**
 * Markdown (GitHub's) as blocks of text, which the page draws without ever reading HTML. What is HTML in it is shown as
 * it was typed; a link that leads nowhere good is plain text.
 */
export async function blocksOf(markdown: string, at: string): Promise<readonly Block[]> {
    // marked is a module of the new kind only, which `require` does not load before Node.js 20.19.
    const { Marked } = await import('marked');
    try {
        return blocks(new Marked({ gfm: true, breaks: true }).lexer(markdown));
    } catch (cause) {
        // Thousands of quotes in each other, which nobody writes by hand, are more than the stack holds.
        if (cause instanceof RangeError) throw wrong(at, 'is nested too deeply for Markdown.');
        throw cause;
    }
}

const blocks = (tokens: readonly Token[]): Block[] => tokens.flatMap((each) => block(each as Tokens.Generic));

function block(token: Tokens.Generic): Block[] {
    switch (token.type) {
        case 'space':
        case 'def':
            return [];
        case 'heading':
            return [{ h: inlines(token.tokens), level: Math.min(3, Number(token.depth)) }];
        case 'code':
            return [{ pre: String(token.text) }];
        case 'blockquote':
            return [{ quote: blocks(token.tokens ?? []) }];
        case 'hr':
            return [{ hr: true }];
        case 'list': {
            const items = (token as Tokens.List).items.map((item) => [...ticked(item), ...blocks(item.tokens)]);
            return [token.ordered ? { ol: items, start: Number(token.start) || 1 } : { ul: items }];
        }
        case 'table': {
            const { header, rows } = token as Tokens.Table;
            const line = (cells: readonly Tokens.TableCell[]) => cells.map((each) => inlines(each.tokens));
            return [{ table: { head: line(header), rows: rows.map(line) } }];
        }
        case 'checkbox':
            return [];
        case 'paragraph':
        case 'text':
            return [{ p: token.tokens ? inlines(token.tokens) : [plain(token.text)] }];
        default:
            return [{ p: [String(token.raw).trimEnd()] }];
    }
}

const ticked = (item: Tokens.ListItem): Block[] => (item.task ? [{ p: [item.checked ? '☑' : '☐'] }] : []);

const inlines = (tokens: readonly Token[] = []): Inline[] => tokens.flatMap((each) => inline(each as Tokens.Generic));

function inline(token: Tokens.Generic): Inline[] {
    switch (token.type) {
        case 'strong':
            return [{ b: inlines(token.tokens) }];
        case 'em':
            return [{ i: inlines(token.tokens) }];
        case 'del':
            return [{ s: inlines(token.tokens) }];
        case 'codespan':
            return [{ code: String(token.text) }];
        case 'br':
            return [{ br: true }];
        case 'checkbox':
            return [];
        case 'link': {
            const url = linkIn(plain(token.href));
            const words = inlines(token.tokens);
            return url === undefined ? words : [{ a: words, url }];
        }
        case 'image': {
            const url = linkIn(plain(token.href));
            const words = [plain(token.text) || url || ''];
            return url === undefined ? words : [{ a: words, url }];
        }
        case 'text':
        case 'escape':
            return token.tokens ? inlines(token.tokens) : [plain(token.text)];
        default:
            return [String(token.raw)];
    }
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

/** Text with the usual entities as the letters that they stand for: it is shown as text, never read as HTML. */
const plain = (text: unknown): string =>
    String(text ?? '').replace(
        /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/gi,
        (found, ten, hex, name) => {
            if (name !== undefined) return named[String(name).toLowerCase()] ?? found;
            const code = ten === undefined ? Number.parseInt(hex, 16) : Number(ten);
            return code > 31 && code <= 0x10ffff ? String.fromCodePoint(code) : found;
        },
    );

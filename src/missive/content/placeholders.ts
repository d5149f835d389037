import { Context, Writer } from 'mustache';
import { inputError } from '../errors';
import { escaped } from './html';

/** What fills the placeholders: an object as JSON has it. */
export type Values = Readonly<Record<string, unknown>>;

/** How a value is written into a text. */
type Write = (value: string) => string;

/** A value in an HTML body: whatever it holds, it is text there, with its line breaks. */
const inHtml: Write = (value) => escaped(value).replace(/\r\n|\r|\n/g, '<br>');

/** A value in a subject, which has one line. */
const inLine: Write = (value) => value.replace(/\s*[\r\n]\s*/g, ' ');

/**
 * A canned text with its {{placeholders}} filled. Throws `ERR_MISSIVE_INPUT` that names each one without a value, so
 * that no customer is greeted with “Hello {{name}}”. Sections (`{{#list}}…{{/list}}`) may be without.
 */
export function filled(text: string, values: Values, where: 'html' | 'line', name: string): string {
    const writer = new Placeholders(where === 'html' ? inHtml : inLine);
    let result: string;
    try {
        result = writer.render(text, new Context(plain(values)), {});
    } catch (cause) {
        // The parser's words name the place in the text, nothing of it.
        throw inputError(
            `${name} cannot be filled: ${cause instanceof Error ? cause.message : String(cause)}. Correct the canned response in Missive.`,
        );
    }
    const missing = [...writer.missing].map((each) => `{{${each}}}`);
    if (missing.length === 0) return result;
    throw inputError(
        `${name} has ${missing.length === 1 ? 'a placeholder' : 'placeholders'} without a value: ${missing.join(', ')}. Give Values (values) ${missing.length === 1 ? 'a text or number of that name' : 'a text or number for each'}.`,
    );
}

/** Writes each value in one way, also in `{{{three}}}` braces, and remembers which were not there. */
class Placeholders extends Writer {
    readonly missing = new Set<string>();

    constructor(readonly write: Write) {
        super();
    }

    override escapedValue(token: string[], context: Context): string {
        const name = token[1] ?? '';
        const value: unknown = context.lookup(name);
        if ((typeof value === 'string' && value.trim() !== '') || typeof value === 'number' || value === true)
            return this.write(String(value));
        // Blank text greets nobody either; an object would read "[object Object]".
        if (value !== false) this.missing.add(name);
        return value === false ? 'false' : '';
    }

    override unescapedValue(token: string[], context: Context): string {
        return this.escapedValue(token, context);
    }

    override renderPartial(token: string[]): string {
        this.missing.add(`>${token[1] ?? ''}`);
        return '';
    }
}

/** A copy without functions, dates and what objects inherit: mustache calls a function that a placeholder names. */
const plain = (values: Values): unknown =>
    JSON.parse(JSON.stringify(values), (_, value: unknown) =>
        typeof value === 'object' && value !== null && !Array.isArray(value)
            ? Object.assign(Object.create(null), value)
            : value,
    );

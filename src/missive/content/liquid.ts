import { inputError } from '../errors';
import { type Engine, engineOf, Missing, most, TooMuch } from './liquid-engine';
import { within } from './time-limit';

/** What the variables of a template stand for: an object as JSON has it. */
export type Values = Readonly<Record<string, unknown>>;

/** Milliseconds that one template may take; what people write takes a few. */
const patience = 1000;

/** As many variables without a value as an error names. */
const mostNamed = 20;

const engines = new Map<boolean, Engine>();

/** Loaded with the first canned response that is used. */
async function engine(html: boolean): Promise<Engine> {
    const found = engines.get(html) ?? engineOf(await import('liquidjs'), html);
    engines.set(html, found);
    return found;
}

/**
 * A canned text, which is Liquid, with its variables filled in. In HTML a value is text, whatever it holds. Throws
 * `ERR_MISSIVE_INPUT` that names each variable without a value and without `default`, so that no customer is greeted
 * with “Hello ,”.
 */
export async function filled(text: string, values: Values, where: 'html' | 'line', name: string): Promise<string> {
    const html = where === 'html';
    const liquid = await engine(html);
    const unusable = (reason: string) =>
        inputError(`${name} cannot be filled: ${reason}. Correct the canned response in Missive.`);
    let done: ReturnType<typeof within<Rendered>>;
    try {
        done = within(patience, () => render(liquid, html ? decoded(text) : text, plain(values)));
    } catch (cause) {
        throw unusable(reasonOf(cause));
    }
    if (!done) throw unusable(`it is not done after ${patience / 1000} second, as a loop without end`);
    const { output, missing } = done.result;
    if (missing.length === 0) return html ? output : oneLine(output);
    const one = missing.length === 1;
    throw inputError(
        `${name} has ${one ? 'a variable' : 'variables'} without a value: ${missing.join(', ')}. Give Values (values) a text or number ${one ? 'of that name' : 'for each'}, or write a default into the canned response, such as {{ recipient.first_name | default: 'there' }}.`,
    );
}

/** A line break would end the header that a subject is. */
const oneLine = (text: string): string => text.replace(/\s+/g, (blank) => (/[\r\n]/.test(blank) ? ' ' : blank)).trim();

interface Rendered {
    readonly output: string;
    readonly missing: readonly string[];
}

/** Where variables have no value, it goes on with something in their place, so that all of them are named at once. */
function render(liquid: Engine, text: string, scope: Record<string, unknown>): Rendered {
    const templates = liquid.parse(text);
    const missing = new Set<string>();
    for (;;) {
        try {
            return { output: liquid.render(templates, scope), missing: [...missing].map((each) => `{{${each}}}`) };
        } catch (cause) {
            const variable = missingIn(cause);
            if (variable === undefined) throw cause;
            const isLast = missing.has(variable) || missing.size + 1 === mostNamed || !fill(scope, variable);
            missing.add(variable);
            if (isLast) return { output: '', missing: [...missing].map((each) => `{{${each}}}`) };
        }
    }
}

/** The variable that an error is about: its name, else the text of the output that it stands in. */
function missingIn(cause: unknown): string | undefined {
    const { originalError, token } = cause as { originalError?: unknown; token?: { getText?(): string } };
    if (!(originalError instanceof Missing)) return undefined;
    const source = (token?.getText?.() ?? '').slice(0, 60);
    return originalError.variableName ?? source.replace(/^\{[{%]-?|-?[}%]\}$/g, '').trim();
}

function fill(scope: Record<string, unknown>, variable: string): boolean {
    const keys = variable.split('.');
    const last = keys.pop() ?? '';
    let place = scope;
    for (const key of keys) {
        const next = place[key] ?? Object.create(null);
        if (typeof next !== 'object') return false;
        place[key] = next;
        place = next as Record<string, unknown>;
    }
    place[last] = 'x';
    return true;
}

/** Missive's editor writes the quotation marks of a tag as HTML does. */
const decoded = (text: string): string =>
    text.replace(/\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g, (tag) =>
        tag.replace(/&(quot|#39|#x27|apos|lt|gt|nbsp|amp);|\u00a0/g, (_, name: string) => signs[name] ?? ' '),
    );

const signs: Readonly<Record<string, string>> = {
    ...{ quot: '"', '#39': "'", '#x27': "'", apos: "'", lt: '<', gt: '>', amp: '&' },
};

/** The words of liquidjs name the place in the template; of a long one they would show much. */
function reasonOf(cause: unknown): string {
    if (cause instanceof RangeError) return 'it is nested too deeply or makes too much text';
    const { originalError, message } = cause as { originalError?: unknown; message?: unknown };
    if (originalError instanceof RangeError) return 'it is nested too deeply or makes too much text';
    if (originalError instanceof TooMuch || /limit exceeded/.test(String(message)))
        return `it is too long, or makes more than ${(most.output / 1_000_000).toFixed(0)} million characters`;
    const said = String(message).replace(/\s+/g, ' ');
    return said.length > 150 ? `${said.slice(0, 150)}…` : said;
}

/** A copy without functions, dates and what objects inherit. */
const plain = (values: Values): Record<string, unknown> =>
    JSON.parse(JSON.stringify(values), (_, value: unknown) =>
        typeof value === 'object' && value !== null && !Array.isArray(value)
            ? Object.assign(Object.create(null), value)
            : value,
    ) as Record<string, unknown>;

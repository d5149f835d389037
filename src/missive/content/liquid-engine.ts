import type { Template } from 'liquidjs';
import { escaped } from './html';
import { registerMarkup } from './liquid-markup';

type Module = typeof import('liquidjs');

/** Most characters of what a template is, of what comes out of it, and of what it makes on the way. */
export const most = { template: 500_000, output: 2_000_000, memory: 1_000_000 };

/** Tags that read other templates: there are none. */
const withoutFiles = ['include', 'render', 'layout', 'block'];

/** The error of a variable without a value; liquidjs knows it by this name, as its own. */
export class Missing extends Error {
    override readonly name = 'InternalUndefinedVariableError';

    constructor(readonly variableName: string | undefined) {
        super(`no value: ${variableName ?? ''}`);
    }
}

/** More came out than a message can be. */
export class TooMuch extends Error {}

export interface Engine {
    parse(text: string): Template[];
    /** Throws what liquidjs throws; `Missing` is the original error where a variable has no value. */
    render(templates: Template[], scope: object): string;
}

/** Liquid as Missive has it, without files; for HTML every value is written as text, also one marked `raw`. */
export function engineOf(liquidjs: Module, html: boolean): Engine {
    const { Liquid, Context, CaptureTag, Drop, toValueSync, defaultOperators } = liquidjs;

    /** HTML that is done: what `capture` holds, or a filter that escapes gave. */
    class Markup extends Drop {
        constructor(readonly html: string) {
            super();
        }

        override valueOf(): string {
            return this.html;
        }
    }
    const asHtml = (value: unknown): string =>
        value instanceof Markup ? value.html : escaped(textOf(value)).replace(/\r\n|\r|\n/g, '<br>');

    /** Counts, so that no loop fills the memory. */
    class Bounded {
        buffer = '';

        write(part: unknown): void {
            this.buffer += typeof part === 'string' ? part : textOf(part);
            if (this.buffer.length > most.output) throw new TooMuch();
        }
    }

    class Capture extends CaptureTag {
        override *render(ctx: InstanceType<typeof Context>): Generator<unknown, void, string> {
            const captured = new Bounded();
            yield this.liquid.renderer.renderTemplates(this.templates, ctx, captured);
            ctx.bottom()[this.variable] = html ? new Markup(captured.buffer) : captured.buffer;
        }
    }

    /** Where blank text is no value either; the template's own variables may be blank. */
    class Strict extends Context {
        override *_getFromScope(
            scope: unknown,
            paths: (string | number | InstanceType<typeof Drop>)[] | string,
            strict = this.strictVariables,
        ): IterableIterator<unknown> {
            const value: unknown = yield super._getFromScope(scope, paths, false);
            const isMissing = scope === this.bottom() ? value === undefined || value === null : isBlank(value);
            if (strict && isMissing) throw new Missing([paths].flat().map(String).join('.'));
            return value;
        }
    }

    const liquid = new Liquid({
        // Nothing is there that could be read; the tags that would are gone, too.
        ...{ templates: {}, ownPropertyOnly: true, strictFilters: true, strictVariables: true, lenientIf: true },
        ...{ parseLimit: most.template, memoryLimit: most.memory, operators: operatorsOf(defaultOperators) },
        outputEscape: html ? asHtml : textOf,
    });
    for (const tag of withoutFiles) delete liquid.tags[tag];
    liquid.registerTag('capture', Capture);
    liquid.registerFilter('raw', (value: unknown) => value);
    if (html) registerMarkup(liquid, { make: (text) => new Markup(text), asHtml, is: (v) => v instanceof Markup });

    return {
        parse: (text) => lenient(liquidjs, liquid.parse(text)),
        render(templates, scope) {
            const output = new Bounded();
            const context = new Strict(scope, liquid.options, { sync: true }, { liquid });
            toValueSync(liquid.renderer.renderTemplates(templates, context, output) as never);
            return output.buffer;
        },
    };
}

const isBlank = (value: unknown): boolean =>
    value === undefined || value === null || (typeof value === 'string' && unseen.test(value));

/** Nothing that a person would see: blanks, and signs that only steer. */
const unseen = /^[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

/** A value as text; an object would read "[object Object]". */
function textOf(value: unknown): string {
    if (typeof value === 'number' && !Number.isFinite(value)) throw new Error('a number in it is divided by zero');
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
    throw new Missing(undefined);
}

/** What has no value equals blank text, and the other way round. */
const operatorsOf = (all: Module['defaultOperators']): Module['defaultOperators'] => {
    const equal = all['=='] as (l: unknown, r: unknown) => unknown;
    const isNone = (value: unknown) => value === undefined || value === null;
    const same = (l: unknown, r: unknown): unknown =>
        (isNone(l) && isNothing(r)) || (isNone(r) && isNothing(l)) || equal(l, r);
    return {
        ...all,
        *'=='(l: unknown, r: unknown): Generator<unknown, boolean, unknown> {
            return Boolean(yield same(l, r));
        },
        *'!='(l: unknown, r: unknown): Generator<unknown, boolean, unknown> {
            return !(yield same(l, r));
        },
    };
};

/** Blank text, or the words `empty` and `blank`. */
const isNothing = (value: unknown): boolean =>
    isBlank(value) || (typeof value === 'object' && /^(Empty|Blank)Drop$/.test(value?.constructor.name ?? ''));

/** A `default` counts wherever it stands among the filters; liquidjs looks at the first one alone. */
function lenient({ Output, toValueSync }: Module, templates: Template[]): Template[] {
    for (const template of templates) {
        const value = template instanceof Output ? template.value : Reflect.get(template, 'value');
        if (isValue(value) && value.filters.some(({ name }) => name === 'default')) {
            const original = value.value.bind(value);
            value.value = (context) => original(context, true);
        }
        const inside = template.children ? toValueSync(template.children(false, true) as never) : [];
        if (Array.isArray(inside)) lenient({ Output, toValueSync } as Module, inside as Template[]);
    }
    return templates;
}

interface Valued {
    readonly filters: readonly { readonly name: string }[];
    value(context: unknown, lenient?: boolean): unknown;
}

const isValue = (value: unknown): value is Valued =>
    typeof value === 'object' &&
    value !== null &&
    'filters' in value &&
    Array.isArray(value.filters) &&
    'value' in value;

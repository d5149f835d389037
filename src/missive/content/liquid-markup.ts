import type { FilterImplOptions, Liquid } from 'liquidjs';

/** HTML that is done, as a value of a template. */
export interface MarkupKind {
    make(html: string): unknown;
    is(value: unknown): boolean;
    asHtml(value: unknown): string;
}

type Filter = (this: unknown, value: unknown, ...args: unknown[]) => unknown;

/** Filters after which HTML stays HTML, and those that make it: nothing is escaped twice. */
export function registerMarkup(liquid: Liquid, markup: MarkupKind): void {
    const wrap = (name: string, around: (filter: Filter) => Filter) => {
        const filter = liquid.filters[name];
        if (typeof filter === 'function') liquid.registerFilter(name, around(filter as Filter) as FilterImplOptions);
    };
    for (const name of ['escape', 'escape_once', 'xml_escape', 'newline_to_br'])
        wrap(
            name,
            () => (value) => (value === undefined || value === null ? value : markup.make(markup.asHtml(value))),
        );
    for (const name of ['strip', 'lstrip', 'rstrip', 'strip_newlines', 'squish', 'normalize_whitespace'])
        wrap(
            name,
            (filter) =>
                function (value, ...args) {
                    const result = filter.call(this, value, ...args);
                    return markup.is(value) ? markup.make(String(result)) : result;
                },
        );
    for (const name of ['append', 'prepend'])
        wrap(
            name,
            (filter) =>
                function (...values) {
                    if (!values.some(markup.is)) return filter.apply(this, values as [unknown]);
                    const [first, ...rest] = values.map(markup.asHtml);
                    return markup.make(String(filter.call(this, first, ...rest)));
                },
        );
}

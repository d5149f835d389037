/**
 * What may stay of HTML that somebody else wrote: tag → attributes. All else is taken out, so that nothing in a message
 * of a customer or of a language model runs, loads a style or hides in a draft.
 */
const allowed: Readonly<Record<string, readonly string[]>> = {
    ...Object.fromEntries(
        'div br b strong i em u s del ins sub sup code pre kbd mark small span blockquote ul li h1 h2 h3 h4 h5 h6 hr thead tbody tr'
            .split(' ')
            .map((tag) => [tag, []]),
    ),
    ol: ['start'],
    a: ['href', 'title'],
    img: ['src', 'alt', 'title', 'width', 'height'],
    table: ['border', 'cellpadding', 'cellspacing'],
    th: ['align', 'colspan', 'rowspan'],
    td: ['align', 'colspan', 'rowspan'],
};

/** Tags without content. */
const single = new Set(['br', 'hr', 'img']);

/** Elements of which the content goes, too: it is no text to be read. */
const hidden = new Set(
    'script style title textarea xmp iframe noembed noframes noscript template svg math object select'.split(' '),
);

/** The other elements of HTML: the tag goes, what is in it stays. */
const known = new Set(
    (
        'p html head body main section article header footer nav aside hgroup figure figcaption center font form input ' +
        'button label fieldset legend option optgroup output progress meter details summary dialog menu picture source ' +
        'video audio track canvas map area embed param applet link meta base col colgroup caption tfoot dl dt dd address ' +
        'abbr acronym big cite dfn q samp tt var strike nobr wbr time data bdi bdo ruby rt rp dir marquee blink ' +
        'frame frameset slot search plaintext image bgsound basefont'
    ).split(' '),
);

/** Elements that stay open in a text only by mistake; a word such as `<table>` that nobody closes is that word. */
const paired = new Set('div span a code pre kbd blockquote ul ol table h1 h2 h3 h4 h5 h6'.split(' '));

const isKnown = (tag: string): boolean => Object.hasOwn(allowed, tag) || hidden.has(tag) || known.has(tag);

/** Whether a text begins with a tag of HTML or XML, a comment or the like. */
export const isTag = (text: string): boolean => {
    const name = /^ {0,3}<\/?([a-z][^\s<>"'/=]{0,40})/i.exec(text)?.[1]?.toLowerCase();
    return name === undefined || name.includes(':') || isKnown(name);
};

/** Whether a text begins with a tag that should be closed in it, and is not. */
export const isLeftOpen = (text: string): boolean => {
    const name = /^ {0,3}<([a-z][a-z0-9]{0,20})/i.exec(text)?.[1]?.toLowerCase() ?? '';
    return (hidden.has(name) || paired.has(name)) && !new RegExp(`</${name}`, 'i').test(text);
};

/** The beginning of a comment, or a tag with its attributes; the bounds keep a text full of `<` from taking long. */
const markup = /<!--|<(\/?)([a-z][a-z0-9]*)((?:"[^"]{0,4000}"|'[^']{0,4000}'|[^"'<>]){0,4000})>/gi;

const attribute = /(?<![a-z-])([a-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi;

/** Judged as it is written: an address that hides its scheme behind `&#…;` does not begin with one of these. */
const address: Readonly<Record<string, RegExp>> = { href: /^(https?:\/\/|mailto:|tel:)/i, src: /^https?:\/\//i };

/**
 * HTML of which every tag is written anew from a list of harmless ones, closed where it was left open. The text between
 * stays; `<p>` becomes `<div>`. What is no tag of HTML, or is closed nowhere, is text, too: `<Name>`, `the <title> field`.
 */
export function safeHtml(html: string): string {
    // Letters beyond ASCII stay: some of them have another length in lower case.
    const endOf = finder(html.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()));
    const open: string[] = [];
    let result = '';
    let place = 0;
    for (const { 0: found, 1: slash, 2: name = '', 3: attributes = '', index } of html.matchAll(markup)) {
        // Inside of what was just left out.
        if (index < place) continue;
        result += asText(html.slice(place, index));
        const tag = nameOf(name);
        place = index + found.length;
        const end = tag === '' ? endOf('-->', place) : endOf(`</${name.toLowerCase()}`, place);
        const isOpen = end < 0 && !slash && (tag === '' || hidden.has(tag) || paired.has(name.toLowerCase()));
        if (isOpen || !isTag(found)) result += asText(found);
        else if (tag === '') place = end;
        else if (slash) result += closing(tag, open);
        else if (hidden.has(tag)) place = Math.max(end, endOf('>', end));
        else result += opening(tag, attributes, open);
    }
    result += asText(html.slice(place));
    return result + open.reverse().map(closed).join('');
}

/** Where the next one of an ending is over; below 0 where there is none. Places are asked for in order. */
function finder(html: string): (ending: string, from: number) => number {
    const next = new Map<string, number>();
    return (ending, from) => {
        const before = next.get(ending);
        // What was found further on is still the next one, and none is looked for twice in vain.
        const found = before === -1 || (before ?? -1) >= from ? Number(before) : html.indexOf(ending, from);
        next.set(ending, found);
        return found < 0 ? -1 : found + ending.length;
    };
}

/** Text of which the entities are written already. */
const asText = (text: string): string => text.replace(/</g, '&lt;').replace(/>/g, '&gt;');

const nameOf = (name: string): string => (name.toLowerCase() === 'p' ? 'div' : name.toLowerCase());

const closed = (tag: string): string => `</${tag}>`;

function opening(tag: string, attributes: string, open: string[]): string {
    const known = Object.hasOwn(allowed, tag) ? allowed[tag] : undefined;
    if (!known) return '';
    const kept = [...attributes.matchAll(attribute)].flatMap(([, name = '', ...values]) => {
        const key = name.toLowerCase();
        const value = values.find((each) => each !== undefined) ?? '';
        return known.includes(key) && (address[key]?.test(value) ?? true) ? ` ${key}="${quoted(value)}"` : [];
    });
    // A picture from nowhere would be a broken one.
    if (tag === 'img' && !kept.some((each) => each.startsWith(' src='))) return '';
    if (!single.has(tag)) open.push(tag);
    return `<${tag}${kept.join('')}>`;
}

const quoted = (value: string): string => asText(value).replace(/"/g, '&quot;');

/** Closes a tag with what was left open inside; one that was never opened closes nothing of ours. */
function closing(tag: string, open: string[]): string {
    const place = open.lastIndexOf(tag);
    return place < 0 ? '' : open.splice(place).reverse().map(closed).join('');
}

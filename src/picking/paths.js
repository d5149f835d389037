/* How Node-RED and JSONata write the way to a value in a message. */

const plain = /^[A-Za-z_$][\w$]*$/;

/** A key in brackets; Node-RED knows no escapes in it, so one with both quotes, or none at all, cannot be written. */
function bracketed(key) {
    if (typeof key === 'number') return `[${key}]`;
    if (key === '' || (key.includes('"') && key.includes("'"))) return undefined;
    const quote = key.includes('"') ? "'" : '"';
    return `[${quote}${key}${quote}]`;
}

/** The property expression below `msg`: `payload.message["x-y"][0]`; undefined where Node-RED could not read any. */
export function pathOf(keys) {
    let path = '';
    for (const key of keys) {
        const isPlain = typeof key === 'string' && plain.test(key);
        // The first stands alone: Node-RED reads no path that starts with a bracket.
        const part = isPlain ? (path === '' ? key : `.${key}`) : path === '' ? undefined : bracketed(key);
        if (part === undefined) return undefined;
        path += part;
    }
    return path;
}

const words = new Set(['and', 'or', 'in', 'true', 'false', 'null', 'function']);

/** The same way in JSONata. */
export function jsonataOf(keys) {
    let path = '';
    for (const key of keys) {
        if (typeof key === 'number') path += `[${key}]`;
        else if (key.includes('`') || key === '') return undefined;
        else path += `${path ? '.' : ''}${/^[A-Za-z_]\w*$/.test(key) && !words.has(key) ? key : `\`${key}\``}`;
    }
    return path;
}

const isFrench = () => globalThis.RED?.i18n?.lang?.()?.startsWith('fr') ?? false;

/** A text in the quotes of the editor's language. */
export const quoted = (text) => (isFrench() ? `«\u00a0${text}\u00a0»` : `“${text}”`);

/** A value in a few words: texts in quotes, how much there is in a list or an object. */
export function shortly(value, most = 60) {
    if (Array.isArray(value)) return `[ ${value.length} ]`;
    if (value && typeof value === 'object') return `{ ${Object.keys(value).length} }`;
    if (typeof value !== 'string') return String(value);
    const line = value.replace(/\s+/g, ' ');
    return quoted(line.length > most ? `${line.slice(0, most - 1)}…` : line);
}

export const isBranch = (value) => typeof value === 'object' && value !== null && Object.keys(value).length > 0;

/** The entries of a list or object, keys of a list as numbers. */
export const entriesOf = (value) =>
    Array.isArray(value) ? value.map((each, place) => [place, each]) : Object.entries(value);

/** The ways to all values in which a text stands, in a key or in the value itself. */
export function found(root, text, most = 60) {
    const wanted = text.trim().toLowerCase();
    const ways = [];
    const look = (value, keys) => {
        for (const [key, each] of entriesOf(value)) {
            if (ways.length >= most) return;
            const way = [...keys, key];
            const here = isBranch(each) ? [key] : [key, each];
            if (here.some((part) => String(part).toLowerCase().includes(wanted))) ways.push(way);
            if (isBranch(each)) look(each, way);
        }
    };
    look(root, []);
    return ways;
}

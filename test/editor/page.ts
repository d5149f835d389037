import { readFileSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import { browserScripts } from '../../src/editor/browser-files';
import { commonCatalogueOf } from '../../src/editor/catalogue';
import { scriptOf } from '../../src/editor/plugin';
import { words } from '../../src/editor/words';

/** The script of the package's plugin, from its sources. */
export const pluginScript = scriptOf(
    browserScripts.map((name) => readFileSync(path.resolve(__dirname, '../../src/editor/browser', name), 'utf8')),
);

export interface Definition {
    readonly category: string;
    readonly icon: string | (() => string);
    readonly defaults: Readonly<Record<string, Property>>;
    readonly credentials?: Readonly<Record<string, unknown>>;
    paletteLabel(): string;
    label(): string;
    oneditprepare?(): void;
    oneditsave?(): void;
    oneditcancel?(): void;
}
interface Property {
    readonly value: unknown;
    readonly type?: string;
    readonly validate?: (this: object, value: unknown, options: object) => boolean | string;
}
interface MenuType {
    readonly value: string;
    readonly options?: readonly { readonly value: string }[];
    readonly export?: (text: string) => string;
}

/** One box of the form, as much of jQuery as the form uses. */
class Box {
    id: string;
    value = '';
    said = '';
    hidden = false;
    menu: (string | MenuType)[] | undefined;
    readonly listeners: (() => void)[] = [];
    constructor(id: string) {
        this.id = id;
    }
}

/** The texts of the scripts in an html file. */
export const scriptsIn = (html: string): string[] =>
    [...html.matchAll(/<script type="text\/javascript">([\s\S]*?)<\/script>/g)].map(([, script = '']) => script);

const noHelp = { querySelectorAll: () => [], addEventListener: () => undefined };

/** The form that the script draws for the node of an html file. */
export function formIn(html: string): string {
    let drawn = '';
    const $ = (selected: string) => ({
        text: (text: string) => {
            if (selected.startsWith('script[data-template-name=')) drawn = text;
        },
    });
    const RED = { i18n: { loadNodeCatalog: () => undefined }, nodes: { registerType: () => undefined } };
    for (const script of [pluginScript, ...scriptsIn(html)]) vm.runInNewContext(script, { RED, $, document: noHelp });
    return drawn;
}

/** The properties that the form of an html file has boxes for. */
export const shownIn = (html: string): string[] =>
    [...formIn(html).matchAll(/ id="node-(?:config-)?input-([^"]+)"/g)].map(([, property = '']) => property);

/** The catalogue keys that an html file and its form name. */
export const keysIn = (html: string): string[] => [
    ...[...formIn(html).matchAll(/data-i18n="([^"]+)"/g)].flatMap(([, keys = '']) =>
        keys
            .split(';')
            .map((key) => key.replace(/^\[[\w-]+\]/, ''))
            // Those of the plugin are in its own catalogue.
            .filter((key) => !key.includes(':')),
    ),
    ...[...html.matchAll(/\b(?:this|node)\._\(\s*'([^']+)'/g)].map(([, key = '']) => key),
];

/** The help of an html file's node, `begun` in its locale, as the script completes it. */
export function helpIn(html: string, begun: string, catalogue: unknown): string {
    const script = { textContent: begun, setAttribute: () => undefined };
    const RED = {
        _: (key: string, more: Record<string, unknown> = {}) =>
            said(
                key.includes('missive-forms:') ? commonCatalogueOf(words['en-US']) : catalogue,
                key.replace(/^.*:/, ''),
                more,
            ),
        i18n: { loadNodeCatalog: () => undefined },
        nodes: { registerType: () => undefined },
    };
    const page = {
        RED,
        $: () => ({ text: () => undefined }),
        document: { ...noHelp, querySelectorAll: () => [script] },
    };
    for (const each of [pluginScript, ...scriptsIn(html)]) vm.runInNewContext(each, page);
    return script.textContent;
}

/** A text of a catalogue by its dotted key; undefined where there is none. */
export function textAt(catalogue: unknown, key: string): string | undefined {
    let found = catalogue;
    for (const part of key.split('.'))
        found = typeof found === 'object' && found !== null ? Reflect.get(found, part) : undefined;
    return typeof found === 'string' ? found : undefined;
}

function said(catalogue: unknown, key: string, more: Record<string, unknown>): string {
    const text = textAt(catalogue, key);
    if (text === undefined) throw new Error(`The catalogue has no ${key}`);
    return text.replace(/__(\w+)__/g, (_, name: string) => String(more[name]));
}

/**
 * A stand-in for the editor's page with one html file in it: Node-RED's part is little enough to be seen through, and the
 * real one is met in the browser tests.
 */
export function pageOf(html: string, catalogue: unknown, accounts: Readonly<Record<string, { valid: boolean }>> = {}) {
    const form = formIn(html);
    const boxes = new Map([...form.matchAll(/ id="([^"]+)"/g)].map(([, id = '']) => [id, new Box(id)] as const));
    const sections = [...form.matchAll(/data-section="([^"]+)"/g)].map(([, section = '']) => ({
        dataset: { section },
        open: false,
        hidden: false,
        count: new Box(''),
    }));
    const registered: { type: string; definition: Definition }[] = [];

    const over = (found: readonly Box[]) => ({
        length: found.length,
        val(text?: unknown) {
            if (text === undefined) return found[0]?.value;
            for (const each of found) each.value = String(text);
            return over(found);
        },
        text(text: string) {
            for (const each of found) each.said = text;
            return over(found);
        },
        typedInput(options: { types: (string | MenuType)[] } | string) {
            const [box] = found;
            if (!box || typeof options === 'string') return;
            box.menu = options.types;
            // As the real one does, it writes its value back into the box.
            const type = boxes.get(`${box.id}Type`)?.value;
            const used = options.types.find((each) => typeof each !== 'string' && each.value === type);
            if (typeof used === 'object' && used.export) box.value = used.export(box.value);
        },
        on(_events: string, listener: () => void) {
            found[0]?.listeners.push(listener);
            return over(found);
        },
        add: (other: { found: readonly Box[] }) => over([...found, ...other.found]),
        removeAttr: () => {
            for (const each of found) boxes.delete(each.id);
        },
        next: () => over([]),
        find: () => over([]),
        children: () => over([]),
        append: () => undefined,
        appendTo: () => over(found),
        prependTo: () => over(found),
        prop: () => undefined,
        trigger: () => undefined,
        attr: () => over(found),
        toggleClass: () => over(found),
        toggle(on: boolean) {
            for (const each of found) each.hidden = !on;
            return over(found);
        },
        found,
    });
    const $ = (selected: unknown) => {
        if (selected === '.missive-section')
            return {
                each(act: () => void) {
                    for (const section of sections) act.call(section);
                },
            };
        if (typeof selected === 'string') {
            const row = /\[data-row="([^"]+)"\]$/.exec(selected)?.[1];
            const box = boxes.get(row === undefined ? selected.replace(/^#/, '') : `node-input-${row}`);
            return over(box ? [box] : []);
        }
        return { find: () => over([(selected as (typeof sections)[number]).count]) };
    };
    const RED = {
        _: (key: string, more: Record<string, unknown> = {}) =>
            said(commonCatalogueOf(words['en-US']), key.replace(/^.*:/, ''), more),
        nodes: {
            registerType: (type: string, definition: Definition) => registered.push({ type, definition }),
            node: (id: string) => accounts[id],
            eachConfig: () => undefined,
        },
        utils: {
            validatePropertyExpression: (path: string) =>
                /[[\]]|\.\.|\s/.test(path) ? 'Invalid property expression' : true,
            parseContextKey: (text: string) => ({ key: text.replace(/^#:\(\w+\)::/, '') }),
        },
    };
    const jsonata = (text: string) => {
        if (text.includes('((')) throw new Error('Expected ")"');
    };
    for (const script of [pluginScript, ...scriptsIn(html)])
        vm.runInNewContext(script, { RED, $, jsonata, document: noHelp });

    /** A node as the editor has it. */
    const node = (properties: Record<string, unknown>) => ({
        ...properties,
        _: (key: string, more: Record<string, unknown> = {}) => said(catalogue, key, more),
    });
    return {
        registered,
        sections,
        node,
        box: (property: string) => boxes.get(`node-input-${property}`),
        wrong: (property: string) => boxes.get(`missive-wrong-${property}`)?.said,
        /** What a change of a box sets off. */
        change(property: string, value: string) {
            const box = boxes.get(`node-input-${property}`);
            if (!box) throw new Error(`The form has no ${property}`);
            box.value = value;
            for (const listener of box.listeners) listener();
        },
    };
}

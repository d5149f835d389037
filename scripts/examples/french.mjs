import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { laidOut } from './layout.mjs';

const { folders, files, words } = JSON.parse(readFileSync(new URL('french.json', import.meta.url), 'utf8'));

/** What people read of a node, and the addresses: two flows with one address would be in each other's way. */
const read = {
    tab: ['label', 'info'],
    comment: ['name', 'info'],
    'http in': ['name', 'url'],
    'missive-webhook-in': ['name', 'path'],
    'missive-sidebar-in': ['name', 'path'],
};

function translated(text) {
    if (text === undefined || text === '') return text;
    if (words[text] === undefined) throw new Error(`scripts/examples/french.json has no word for “${text}”`);
    return words[text];
}

/** Pages and addresses that a flow makes: in French where there is a French one. */
function madeBy(node) {
    const rules = node.rules?.map((rule) =>
        rule.p === 'path' && words[rule.to] ? { ...rule, to: words[rule.to] } : rule,
    );
    return {
        ...(node.type === 'change' && { rules }),
        ...(words[node.template] && { template: words[node.template] }),
    };
}

/** An example in French: its own ids, save that of the account, which all examples share. */
export function frenchFlow(nodes) {
    const account = nodes.find(({ type }) => type === 'missive-config')?.id;
    const own = new Map(
        nodes.map(({ id }) => [
            id,
            id === account ? id : createHash('sha1').update(`fr ${id}`).digest('hex').slice(0, 16),
        ]),
    );
    const moved = (id) => own.get(id) ?? id;
    const french = nodes.map((node) => {
        if (node.id === account) return node;
        const texts = Object.fromEntries(
            (read[node.type] ?? ['name']).flatMap((key) => (key in node ? [[key, translated(node[key])]] : [])),
        );
        return {
            ...{ ...node, ...texts, ...madeBy(node), id: moved(node.id) },
            ...(node.z && { z: moved(node.z) }),
            ...(Array.isArray(node.links) && { links: node.links.map(moved) }),
            ...(Array.isArray(node.scope) && { scope: node.scope.map(moved) }),
            ...(node.wires && { wires: node.wires.map((ids) => ids.map(moved)) }),
        };
    });
    return laidOut(french);
}

/** Where the French example lies in `examples/`. */
export const frenchPath = (folder, name) =>
    `Français/${folders[folder] ?? missing(folder)}/${files[name] ?? missing(name)}.json`;

function missing(name) {
    throw new Error(`scripts/examples/french.json has no name for “${name}”`);
}

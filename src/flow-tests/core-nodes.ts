import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * The files of Node-RED's own nodes that this flow has no use for, as Node-RED's setting `nodesExcludes` takes them: most
 * of a start's time goes into loading them. None where a node of somebody else is in the flow, which may be made of them.
 * `nodes` is the content of the flow file.
 */
export function unusedCoreNodes(nodeRed: string, nodes: readonly Readonly<Record<string, unknown>>[]): string[] {
    const core = path.join(path.dirname(require.resolve('@node-red/nodes/package.json', { paths: [nodeRed] })), 'core');
    const files = readdirSync(core, { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.js'))
        .map((file) => ({ name: path.basename(file), types: typesIn(readFileSync(path.join(core, file), 'utf8')) }))
        .filter(({ types }) => types.length > 0);
    const known = new Set([...files.flatMap(({ types }) => types), 'tab', 'group', 'subflow']);
    const used = new Set(nodes.map(({ type }) => String(type)));
    const ours = (type: string) => known.has(type) || type.startsWith('subflow:') || type.startsWith('missive-');
    if (![...used].every(ours)) return [];
    return files
        .filter(({ types }) => types.every((type) => type !== 'unknown' && !used.has(type)))
        .map(({ name }) => name);
}

const typesIn = (source: string): string[] =>
    [...source.matchAll(/\bregisterType\(\s*(['"])(.+?)\1/g)].map(([, , type]) => String(type));

import type { NodeAPI } from 'node-red';
import type { Snapshot } from '../../sandbox/practice/snapshot';
import { type Language, typeName } from '../language/labels';

/** A node as the practice page names it: what it is called, and the flow that it stands in. */
export interface NamedNode {
    readonly name: string;
    readonly type: string;
    readonly flow: string;
    /** Where the editor shows it, from its own address on. */
    readonly place: string;
}

/** The nodes that listen, and those that made a draft, a message, a post or a task; one without a name is called by its type. */
export function nodesIn(
    RED: NodeAPI,
    { conversations, tasks, rules }: Snapshot,
    language: Language,
): Readonly<Record<string, NamedNode>> {
    const entries = conversations.flatMap(({ entries }) => entries);
    const wanted = new Set([
        ...[...entries, ...tasks].flatMap((one) => ('node' in one && one.node ? [one.node] : [])),
        ...rules.filter(({ by }) => by === 'flow').map(({ id }) => id),
    ]);
    const stored = new Map<string, Readonly<Record<string, unknown>>>();
    RED.nodes?.eachNode((node) => stored.set(node.id, node as unknown as Readonly<Record<string, unknown>>));
    return Object.fromEntries(
        [...wanted].flatMap((id) => {
            const node = stored.get(id);
            const flow = stored.get(String(node?.z ?? ''));
            if (node === undefined) return [];
            const type = String(node.type);
            const named = { name: String(node.name || typeName(type, language)), type };
            return [[id, { ...named, flow: String(flow?.label ?? flow?.name ?? ''), place: `#node/${id}` }]];
        }),
    );
}

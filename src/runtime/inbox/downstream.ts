import type { NodeAPI } from 'node-red';

/** A node as the flow file has it. */
export interface Drawn {
    readonly id: string;
    readonly type: string;
    readonly z?: string;
    readonly wires?: readonly (readonly string[])[];
    readonly links?: readonly string[];
    readonly linkType?: string;
}

/** Every node that a message of this one can come to: along wires, links and subflows, and by way of catch and status. */
export function downstreamOf(RED: NodeAPI, start: string): readonly Drawn[] {
    const all = new Map<string, Drawn>();
    RED.nodes.eachNode((each) => all.set(each.id, each as unknown as Drawn));
    const first = all.get(start);
    const reached = new Set<Drawn>();
    const open = first ? nextOf(first, all) : [];
    for (let node = open.pop(); node; node = open.pop()) {
        if (reached.has(node)) continue;
        reached.add(node);
        open.push(...nextOf(node, all), ...listening(node, all));
    }
    return [...reached];
}

function nextOf(node: Drawn, all: ReadonlyMap<string, Drawn>): Drawn[] {
    const ids = [...(node.wires ?? []).flat(), ...(/^link (out|call)$/.test(node.type) ? (node.links ?? []) : [])];
    const next = ids.map((id) => all.get(id)).filter((each): each is Drawn => each !== undefined);
    const others = [...all.values()];
    if (node.linkType === 'dynamic') next.push(...others.filter(({ type }) => type === 'link in'));
    if (node.type.startsWith('subflow:')) next.push(...others.filter(({ z }) => node.type === `subflow:${z}`));
    // What is in a subflow leaves it by the wires of its instances.
    for (const instance of others.filter(({ type }) => type === `subflow:${node.z}`))
        next.push(...nextOfInstance(instance, all));
    return next;
}

const nextOfInstance = ({ wires = [] }: Drawn, all: ReadonlyMap<string, Drawn>): Drawn[] =>
    wires
        .flat()
        .map((id) => all.get(id))
        .filter((each): each is Drawn => each !== undefined);

/** Nodes that get a message without a wire, where another one of their tab has it. */
const listening = ({ z }: Drawn, all: ReadonlyMap<string, Drawn>): Drawn[] =>
    [...all.values()].filter((each) => each.z === z && /^(catch|complete|status)$/.test(each.type));

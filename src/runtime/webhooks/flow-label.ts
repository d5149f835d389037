import type { Node, NodeAPI } from 'node-red';

/** The label of the flow that a node is in. */
export function flowOf(RED: NodeAPI, node: Node): string {
    let label = node.z;
    RED.nodes.eachNode((each) => {
        const { id, label: its } = each as unknown as { id: string; label?: string };
        if (id === node.z && its) label = its;
    });
    return label;
}

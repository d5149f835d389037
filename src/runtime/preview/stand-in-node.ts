import type { Node, NodeAPI } from 'node-red';
import { inputError } from '../../missive/errors';

/** A variable of a flow or subflow as the editor has it. */
interface Variable {
    readonly name?: unknown;
    readonly value?: unknown;
    readonly type?: unknown;
}

/** What the editor says of a node that need not be deployed. */
export interface Edited {
    readonly id: string;
    /** Its flow or subflow. */
    readonly z: string;
    /** It stands in a subflow: each of its instances may have other variables and a context of its own. */
    readonly inSubflow: boolean;
    /** The variables of its flow or subflow, from the inside out. */
    readonly variables: readonly Variable[];
}

type Flow = { getSetting(name: string): unknown };
type Live = Node & { readonly _flow?: Flow; readonly z?: string };

/**
 * Stands for a node of the editor where its fields are read: with the context and the variables of its flow, as far as
 * those are deployed, else as the editor has them. What nobody can know before it runs throws a sentence.
 */
export function standInFor(RED: NodeAPI, { id, z, inSubflow, variables }: Edited): Node {
    const live = liveIn(RED, id, z);
    const any = live ?? liveIn(RED, '', undefined);
    const getSetting = (name: string): unknown => {
        const given = variables.find((each) => each.name === name);
        if (given?.type === 'differs')
            throw inputError(`The variable ${name} is not the same in all instances of the subflow`);
        if (given?.type === 'cred' || (given && !['str', 'num', 'bool', undefined].includes(given.type as string)))
            throw inputError(`The variable ${name} cannot be known before the flow runs`);
        if (given) return valueIn(given);
        return live?._flow ? live._flow.getSetting(name) : process.env[name];
    };
    const unknown = {
        get: () => {
            throw inputError(
                inSubflow
                    ? 'each instance of the subflow has a context of its own'
                    : 'the context of a flow is known as soon as the flow is deployed',
            );
        },
    };
    const context = () => {
        const own = any?.context() as { flow?: unknown; global?: unknown } | undefined;
        const flow = live && !inSubflow ? own?.flow : unknown;
        return { ...unknown, flow, global: own?.global ?? unknown };
    };
    return { id, z, _flow: { getSetting }, context, error() {}, warn() {}, status() {} } as unknown as Node;
}

/** A node that runs in a flow, the edited one before others; in any flow where none is named. */
function liveIn(RED: NodeAPI, id: string, z: string | undefined): Live | undefined {
    let found = (id === '' ? null : RED.nodes.getNode(id)) as Live | null;
    RED.nodes.eachNode((each) => {
        if (found || (z !== undefined && (each as { z?: string }).z !== z)) return;
        const node = RED.nodes.getNode(each.id) as Live | null;
        if (node && typeof node.context === 'function') found = node;
    });
    return found ?? undefined;
}

function valueIn({ value, type }: Variable): unknown {
    if (type === 'num') return Number(value);
    if (type === 'bool') return value === true || value === 'true';
    return value;
}

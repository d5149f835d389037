/* The variables of a node as the editor has them: what its groups, its flow, or the instances of its subflow say. */

const own = (holder) => (holder?.env ?? []).map(({ name, type, value }) => ({ name, type, value }));

/**
 * From the inside out. Of a subflow they are those of its instances: what these do not agree on has the type `differs`,
 * and nobody can know it before one of them runs.
 */
export function variablesOf(RED, node, above = []) {
    const found = [];
    for (let group = RED.nodes.group?.(node.g); group; group = RED.nodes.group(group.g)) found.push(...own(group));
    const subflow = RED.nodes.subflow(node.z);
    if (!subflow) return [...found, ...own(RED.nodes.workspace(node.z))];
    const instances = [];
    RED.nodes.eachNode((each) => {
        if (each.type === `subflow:${subflow.id}` && !above.includes(subflow.id)) instances.push(each);
    });
    const lists = instances.map((each) => [
        ...own(each),
        ...own(subflow),
        ...variablesOf(RED, each, [...above, subflow.id]),
    ]);
    return [...found, ...(lists.length > 0 ? agreed(lists) : own(subflow))];
}

function agreed(lists) {
    const names = new Set(lists.flat().map(({ name }) => name));
    return [...names].map((name) => {
        const [first, ...others] = lists.map((list) => list.find((each) => each.name === name));
        const isSame = others.every((each) => each?.value === first?.value && each?.type === first?.type);
        return isSame ? first : { name, type: 'differs' };
    });
}

/** The account that a node names, by its id or by a variable; undefined where that is not known. */
export function accountIn(RED, id, variables) {
    const name = /^\$\{([^}]+)\}$/.exec(id ?? '')?.[1];
    if (name === undefined) return id && id !== '_ADD_' ? RED.nodes.node(id) : undefined;
    return RED.nodes.node(variables.find((each) => each.name === name)?.value) ?? undefined;
}

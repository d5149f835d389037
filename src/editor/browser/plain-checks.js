// biome-ignore-all lint/correctness/noUnusedVariables: other files of the same script use them.

/* The rules that rows of one box must keep, by name. A blank box, and one that the environment fills in, keeps each. */

/** Filled in from the environment when the flow starts. */
const isEnv = (value) => /^\$\{[^}]+\}$/.test(value);

const rules = {
    // A name will do, as in the nodes; only half an id is surely wrong.
    organization: (text) => !/^(?=.*\d)[\da-f-]{8,}$/i.test(text) || isMissiveId(text),
    url: (text) => /^https?:\/\/[^\s/]+/i.test(text),
    redis: (text) => /^rediss?:\/\/[^\s/]+/i.test(text),
    sender: (text) => /^[^<>@]*(<[^\s@<>,;]+@[^\s@<>,;]+>|\s*[^\s@<>,;"]+@[^\s@<>,;"]+)$/.test(text),
    country: (text) => /^[a-z]{2}$/i.test(text),
    whole: (text) => /^\d+$/.test(text) && Number(text) > 0,
    count: (text) => /^\d+$/.test(text),
    positive: (text) => Number(text) > 0,
};

/** The sentence that says why a row of one box cannot work, or undefined. */
function plainProblem(form, node, property, value) {
    const { check, says } = form.rows[property];
    const text = String(value ?? '').trim();
    if (!isShown(form, node, property)) return undefined;
    const own = form.special?.checks?.[property];
    if (own) return own(node, text);
    if (text === '' || isEnv(text) || !says || rules[check](text)) return undefined;
    return node._(`rule.${property}`);
}

/** Whether the row's conditions hold: of the open dialog, else as stored. Where a flow decides, it may be needed. */
function isShown(form, node, property) {
    return Object.entries(form.rows[property].when ?? {}).every(([other, values]) => {
        const row = form.rows[other];
        if (row.kind) {
            const { type, value } = current(form, node, other);
            return type !== 'str' || values.includes(value);
        }
        const chosen = node === form.edited ? box(form, other).val() : node[other];
        return values.includes(row.choices.includes(chosen) ? chosen : row.choices[0]);
    });
}

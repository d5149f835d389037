// biome-ignore-all lint/correctness/noUnusedVariables: other files of the same script use them.

/* How the rows of a node are stored, and what they come to where the flow file says nothing of them. */

/** What a node's form has of its own, by its type: see `own/`. */
const specials = {};

/** The words that all forms share are in the catalogue of the plugin. */
const packageName = '@missive-community/node-red-missive/';
const common = `${packageName}missive-forms:`;
const ours = (key, more) => RED._(`${common}${key}`, more);

const box = (form, property) => $(`#${form.prefix}-${property}`);
const isPick = (kind) => kind === 'pick' || kind === 'picks';
const keyOf = (form, property) => form.fields[property].key ?? property;

/** Where a node's fields come from: `rows`, what the node itself sets; `payload`, what the message brings. */
function modeOf(form, node) {
    const chosen = node === form.edited && box(form, 'fields').length > 0 ? box(form, 'fields').val() : node.fields;
    return chosen === 'rows' ? 'rows' : 'payload';
}

/** What a field comes to that the flow file leaves out. */
function leftOut(form, property, mode) {
    const { unset, initial } = form.fields[property];
    if (initial && !form.readsPayload) return initial;
    if (unset || mode === 'rows') return { type: 'none', value: '' };
    return { type: 'msg', value: `payload.${keyOf(form, property)}` };
}

/** How a field is stored. */
function stored(form, node, property) {
    const value = node[property];
    const type = node[`${property}Type`];
    if (value === undefined && type === undefined) return leftOut(form, property, modeOf(form, node));
    const text = value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
    if (type) return { type, value: text };
    const plain = { boolean: 'bool', number: 'num', object: 'json' }[typeof value];
    return { type: plain ?? (isPick(form.fields[property].kind) ? 'pick' : 'str'), value: text };
}

/** How a field is filled in: in the open dialog, else as it is stored. While the account's dialog closes, the boxes may be gone. */
const current = (form, node, property) =>
    node === form.edited && box(form, property).length > 0
        ? { type: box(form, `${property}Type`).val(), value: box(form, property).val() }
        : stored(form, node, property);

/** The account that counts for a node: the one that its open dialog shows. */
const accountFor = (form, node) => (node === form.edited ? box(form, 'account').val() : node.account);

/** Whether a row is as the flow file would leave it. */
function isLeftOut(form, node, property, row) {
    const { type, value } = leftOut(form, property, modeOf(form, node));
    return row.type === type && (type === 'none' || row.value === value);
}

/** Whether a row sets something. */
const isSet = ({ type, value }) => type === 'date' || (type !== 'none' && value !== '');

/** The kind of things that a node for several is about: of the open dialog, else as stored, else the first. */
function resourceOf(form, node) {
    const kinds = form.rows.resource?.choices ?? [];
    const chosen = node === form.edited ? box(form, 'resource').val() : node.resource;
    return kinds.includes(chosen) ? chosen : kinds[0];
}

/** Whether a row belongs to the kind of things that the node is about. */
const applies = (form, node, property) => form.rows[property].of?.includes(resourceOf(form, node)) ?? true;

/** Whether a flow file says nothing of a field whose form is declared by itself: what names only its type is let be. */
const isUntold = (form, node, property) =>
    form.fields[property].initial && node[property] === undefined && node[`${property}Type`] === undefined;

/** Whether the node cannot do without a field. */
const isRequired = (form, node, property) =>
    form.fields[property].required ??
    (form.fields[property].requiredBy?.includes(resourceOf(form, node)) && !isUntold(form, node, property)) ??
    false;

/** Whether most flows set a field. */
const isCommon = (form, node, property) =>
    form.fields[property].common ?? form.fields[property].commonIn?.includes(resourceOf(form, node)) ?? false;

/** What the form calls a row. */
const labelOf = (form, node, property) => node._(`field.${form.fields[property].word ?? property}`);

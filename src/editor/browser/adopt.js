/* The forms of all nodes: those that are there already, and those that come later. */

const forms = new Map();

/** Draws a form into the node's html, and gives it what Node-RED calls. */
function adopt(form) {
    form.prefix ??= 'node-input';
    forms.set(form.type, form);
    form.fields = Object.fromEntries(Object.entries(form.rows).filter(([, { kind }]) => kind));
    form.draws = Object.fromEntries(Object.entries(form.rows).filter(([, { rows }]) => rows));
    form.pickers = new Map();
    form.special = specials[form.type];
    $(`script[data-template-name="${form.type}"]`).text(formHtml(form));
    completeHelp(form);
    form.check = (node, property, value) => checked(form, node, property, value);
    form.label = (node) => form.special?.label?.(node) ?? nameOnCanvas(form, node);
    form.icon = (node) => (node?.type === form.type ? form.special?.sign?.(form, node) : undefined);
    form.add = (node) => add(form, node);
    form.open = (node) => open(form, node);
    form.save = (node) => save(form, node);
    form.close = () => close(form);
}

RED.missive ??= {};
const early = RED.missive.forms ?? [];
RED.missive.forms = { push: adopt };
RED.missive.ready = true;
for (const form of early) adopt(form);
findByWords();
watchAccounts((type) => forms.get(type));
watchWires((type) => forms.get(type));
// They were judged and drawn without this script.
if (early.length > 0) redrawNodes();

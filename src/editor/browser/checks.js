// biome-ignore-all lint/correctness/noUnusedVariables: the html that holds this text uses them.

/*
 * What the editor checks before a node is deployed. The build writes this text into each node's html, below `fields`.
 */

/** The node whose dialog is open: the types that count are those of the dialog. */
let edited;

const box = (property) => $(`#node-input-${property}`);
const isPick = (kind) => kind === 'pick' || kind === 'picks';

/** How a field is stored; one that the flow file says nothing of reads its name in the payload. */
function stored(node, property) {
    const { key, kind, unset } = fields[property];
    const value = node[property];
    const type = node[`${property}Type`];
    if (value === undefined && type === undefined)
        return unset ? { type: 'none', value: '' } : { type: 'msg', value: `payload.${key}` };
    const text = value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
    if (type) return { type, value: text };
    const plain = { boolean: 'bool', number: 'num', object: 'json' }[typeof value];
    return { type: plain ?? (isPick(kind) ? 'pick' : 'str'), value: text };
}

/** How a field is filled in: in the open dialog, else as it is stored. While the account's dialog closes, the boxes may be gone. */
const current = (node, property) =>
    node === edited && box(property).length > 0
        ? { type: box(`${property}Type`).val(), value: box(property).val() }
        : stored(node, property);

/** The account that counts for a node: the one that its open dialog shows. */
const accountFor = (node) => (node === edited ? box('account').val() : node.account);

/** What a row names that the account's list lacks; undefined also while the list is not known. */
function goneIn(node, property, text) {
    const { kind, list } = fields[property];
    const known = knownList(placeOf(accountFor(node)), list);
    return known && idsIn(text, kind === 'picks').find((each) => !entryFor(known, each));
}

/** What the form calls a field. */
const labelOf = (node, property) => node._(`field.${fields[property].word ?? fields[property].key}`);

const isDefault = ({ type, value }, { key, unset }) =>
    unset ? type === 'none' : type === 'msg' && value === `payload.${key}`;

/** The kind of things that the node is about, in a node for several: of the open dialog, else as stored, else the first. */
function resourceOf(node) {
    const kinds = settings.resource ?? [];
    const chosen = node === edited ? box('resource').val() : node.resource;
    return kinds.includes(chosen) ? chosen : kinds[0];
}

/** What the canvas calls a node without a name. */
const titleOf = (node) =>
    settings.resource ? `${node._('label')} ${node._(`choice.resource.${resourceOf(node)}`)}` : node._('label');

/** Whether a field belongs to the kind of things that the node is about. */
const applies = (node, property) => fields[property].of?.includes(resourceOf(node)) ?? true;

/** The sentence that says why a field cannot work, or undefined. */
function problem(node, property, { type, value }) {
    if (!applies(node, property)) return undefined;
    const { kind, max, choices, requiredBy } = fields[property];
    const required = fields[property].required ?? requiredBy?.includes(resourceOf(node));
    const say = (word, more) => node._(`wrong.${word}`, { field: labelOf(node, property), ...more });
    const text = String(value ?? '').trim();
    // A mailbox of a label or a team is one as soon as the label or the team is known.
    const isChosen = type === 'pick' && text === '' && drawOf(property) !== undefined;
    if (isChosen) return say('required');
    if (type === 'none' || (text === '' && type !== 'date')) return required ? say('required') : undefined;
    // An environment variable is filled in when the flow starts.
    if (/\$\{[^}]+\}/.test(text)) return undefined;
    if (type === 'msg' || type === 'flow' || type === 'global') {
        const path = type === 'msg' ? text : RED.utils.parseContextKey(text).key;
        const answer = RED.utils.validatePropertyExpression(path, {});
        return answer === true ? undefined : say('path', { reason: answer || text });
    }
    if (type === 'num') return Number.isFinite(Number(text)) ? undefined : say('number');
    if (type === 'bool') return text === 'true' || text === 'false' ? undefined : say('flag');
    if (type === 'json')
        return thrown(
            () => JSON.parse(text),
            (reason) => say('json', { reason }),
        );
    if (type === 'jsonata' && typeof jsonata === 'function')
        return thrown(
            () => jsonata(text),
            (reason) => say('expression', { reason }),
        );
    if (type === 'pick' && fields[property].list) {
        const gone = goneIn(node, property, text);
        return gone === undefined ? undefined : say('gone', { value: gone });
    }
    if (type !== 'str') return undefined;
    if (choices && !choices.includes(text)) return say('choice', { choices: choices.join(', ') });
    if (max && value.length > max) return say('long', { length: value.length, max });
    if (kind === 'moment' && !isMoment(text)) return say('date');
    return undefined;
}

function thrown(attempt, sentence) {
    try {
        attempt();
        return undefined;
    } catch (error) {
        return sentence(error.message);
    }
}

/** What the runtime takes for a point in time; JavaScript alone would take 30 February and "order 5" too. */
function isMoment(text) {
    const plain = text.replace(/\s+/g, ' ');
    if (/^(0|\d{10}|\d{13})(\.\d+)?$/.test(plain)) return true;
    const clock = '([01]?\\d|2[0-3]):[0-5]\\d(:[0-5]\\d([.,]\\d+)?)?';
    const date = new RegExp(
        `^(\\d{4})-(\\d\\d)-(\\d\\d)((T| )${clock}( ?(Z|UTC|GMT|[+-](0\\d|1[0-4]):?[0-5]\\d))?)?$`,
        'i',
    ).exec(plain);
    if (date) {
        const [, year, month, day] = date;
        return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
    }
    if (/^in (\d{1,4}|an?|one) (minute|hour|day|week|month)s?$/i.test(plain)) return true;
    const time = '( at)? (([01]?\\d|2[0-3]):[0-5]\\d|(0?[1-9]|1[0-2])(:[0-5]\\d)? ?[ap]m)';
    const words = `(today|tomorrow)${time}|next (sun|mon|tues|wednes|thurs|fri|satur)day(${time})?`;
    if (new RegExp(`^(${words})$`, 'i').test(plain)) return true;
    const mail = /^(?:([a-z]{3}),? )?(?:(\d{1,2}) ([a-z]{3})|([a-z]{3}) (\d{1,2})) (\d{4}) \d{1,2}:\d\d/i.exec(plain);
    if (!mail) return false;
    const [, weekday, first, name = mail[4], , last, year] = mail;
    const written = new Date(`${first ?? last} ${name} ${year} UTC`);
    return (
        written.getUTCDate() === Number(first ?? last) &&
        (!weekday || written.toUTCString().slice(0, 3).toLowerCase() === weekday.toLowerCase()) &&
        !Number.isNaN(Date.parse(plain))
    );
}

/** The check of a field as Node-RED wants it: true, or a sentence. Node-RED counts the parameters: two, or no sentence. */
const checked = (property) =>
    function (_value, _options) {
        return problem(this, property, current(this, property)) ?? true;
    };

function checkedAccount(value, _options) {
    if (!value || value === '_ADD_') return this._('wrong.account');
    if (/^\$\{[^}]+\}$/.test(value)) return true;
    const account = RED.nodes.node(value);
    if (!account) return this._('wrong.accountGone');
    return account.valid === false ? this._('wrong.accountWrong') : true;
}

// biome-ignore-all lint/correctness/noUnusedVariables: other files of the same script use them.

/* What the editor checks before a node is deployed. */

/** What a row names that the account's list lacks; undefined also while the list is not known. */
function goneIn(form, node, property, text) {
    const { kind, list } = form.fields[property];
    const known = knownList(placeOf(accountFor(form, node)), list);
    return known && idsIn(text, kind === 'picks').find((each) => !entryFor(known, each));
}

/** The sentence that says why a field cannot work, or undefined. */
function problem(form, node, property, { type, value }) {
    if (!applies(form, node, property) || !isShown(form, node, property)) return undefined;
    const { kind, max, choices, list } = form.fields[property];
    const required = isRequired(form, node, property);
    const say = (word, more) => ours(`wrong.${word}`, { field: labelOf(form, node, property), ...more });
    const text = String(value ?? '').trim();
    // A mailbox of a label or a team is one as soon as the label or the team is known.
    const isChosen = type === 'pick' && text === '' && drawOf(form, property) !== undefined;
    if (isChosen) return say('required');
    if (type === 'none' || (text === '' && type !== 'date')) return required ? say('required') : undefined;
    // An environment variable is filled in when the flow starts.
    if (/\$\{[^}]+\}/.test(text)) return undefined;
    if (type === 'msg' || type === 'flow' || type === 'global') {
        const path = type === 'msg' ? text : RED.utils.parseContextKey(text).key;
        const answer = RED.utils.validatePropertyExpression(path, {});
        return answer === true ? undefined : say('path', { reason: answer || text });
    }
    if (type === 'num' && kind === 'moment' && Number.isFinite(Number(text)) && !isMoment(text)) return say('date');
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
    // Of conversations, contacts and senders only the newest are known.
    if (type === 'pick' && list && !isSearched(list)) {
        const gone = goneIn(form, node, property, text);
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

function accountProblem(value) {
    if (!value || value === '_ADD_') return ours('wrong.account');
    if (isEnv(value)) return undefined;
    const account = RED.nodes.node(value);
    if (!account) return ours('wrong.accountGone');
    return account.valid === false ? ours('wrong.accountWrong') : undefined;
}

/** The check of a property as Node-RED wants it: true, or a sentence. */
function checked(form, node, property, value) {
    if (property === 'account') return accountProblem(value) ?? true;
    const wrong = form.fields[property]
        ? problem(form, node, property, current(form, node, property))
        : plainProblem(form, node, property, value);
    return wrong ?? true;
}

import { soon, usersOf } from './facts.js';

const fold = (text) => String(text).trim().toLowerCase();

/** The ids of what is named by id or name; exactly one each, or an error that names it. */
function idsOf(wanted, all, namesOf) {
    return (wanted ?? []).map((name) => {
        const found = all.filter(
            (each) => each.id === name || namesOf(each).some((one) => one && fold(one) === fold(name)),
        );
        const exact = found.find(({ id }) => id === name);
        if (!exact && found.length !== 1) throw Object.assign(new Error('name'), { said: String(name) });
        return (exact ?? found[0]).id;
    });
}

const labels = async (missive, wanted) => idsOf(wanted, await soon(missive.fetchLabels()), ({ name }) => [name]);

const users = async (missive, wanted) =>
    idsOf(wanted, await usersOf(missive), (one) => [
        ...[one.email, one.display_name, one.name, `${one.first_name ?? ''} ${one.last_name ?? ''}`, one.me && 'me'],
    ]);

const mail = ({ deliver, mailto }) => ({ deliver: deliver === true, mailto: mailto ?? {} });
const inApp = /^missive:\/\/[^#]*#.*conversations\/([^/?#]+)/;

/** What each effect does; `here`: it works on whatever conversation is open. */
const effects = {
    comment: { here: true, act: (missive, { body }) => missive.comment(body) },
    create_task: { here: true, act: (missive, { body, completed }) => missive.createTask(body, completed === true) },
    add_labels: { here: true, act: async (missive, one) => missive.addLabels(await labels(missive, one.labels)) },
    remove_labels: { here: true, act: async (missive, one) => missive.removeLabels(await labels(missive, one.labels)) },
    assign: { here: true, act: async (missive, one) => missive.assign(await users(missive, one.users)) },
    close: { here: true, act: (missive) => missive.close() },
    reopen: { here: true, act: (missive) => missive.reopen() },
    archive: { here: true, act: (missive) => missive.archive() },
    set_subject: { here: true, act: (missive, { subject }) => missive.setSubject(subject) },
    set_color: { here: true, act: (missive, { color }) => missive.setColor(color) },
    insert_html: { here: true, act: (missive, { html }) => missive.insertHtml(html) },
    insert_text: { here: true, act: (missive, { text }) => missive.insertText(text) },
    reply: { here: true, act: (missive, one) => missive.reply(mail(one)) },
    compose: { act: (missive, one) => missive.compose(mail(one)) },
    navigate: { act: (missive, { conversation }) => missive.navigate({ conversationId: conversation }) },
    open_url: { act: (missive, { url }) => openLink(missive, url) },
    copy: { act: (missive, { text }) => missive.writeToClipboard(text) },
    alert: { act: (missive, { title, message, note }) => missive.alert({ title, message, note }) },
};

/** Opens a link: a conversation of Missive in Missive, anything else where Missive opens links. */
export function openLink(missive, url) {
    const conversation = inApp.exec(url)?.[1];
    return conversation ? missive.navigate({ conversationId: conversation }) : missive.openURL(url);
}

/**
 * Acts effects out as the person, in order, and stops at the first that cannot be done; resolves to whether all were.
 * `here()`: whether the conversation that they are meant for is the one that is open: Missive's own functions act on
 * whatever is open. `tell(sentence, what)` says what was not done.
 */
export async function actOut(missive, list, { here, tell }) {
    for (const effect of list) {
        const known = Object.hasOwn(effects, effect?.do) ? effects[effect.do] : undefined;
        try {
            if (!known) throw new Undone('unknown');
            // Looking names up takes a moment, in which a person may have gone on.
            await soon(known.act(known.here ? guard(missive, here) : missive, effect));
        } catch (error) {
            if (error instanceof Undone) tell(error.message, effect?.do);
            else tell('failed', error.said ?? `${effect.do} (${error.message})`);
            return false;
        }
    }
    return true;
}

/** The name of a sentence: nothing was done. */
class Undone extends Error {}

/** Missive's functions; those that act do so only while the conversation is still open. */
const guard = (missive, here) =>
    new Proxy(
        {},
        {
            get:
                (_, name) =>
                (...given) => {
                    if (!name.startsWith('fetch') && !here()) throw new Undone('elsewhere');
                    return missive[name](...given);
                },
        },
    );

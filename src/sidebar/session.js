import { answers } from './answers.js';
import { keyOf } from './contacts.js';
import { gather } from './facts.js';
import { shelf as shelves } from './shelf.js';

/** Clicks through a list come quickly: only the one that a person stays with is asked about. */
const debounce = 150;
/** How many requests are remembered, for a second card to one of them. */
const remembered = 50;

/** What is selected, and what is asked about it. */
export function session(parts) {
    const { missive, settings, screen, endpoint, say } = parts;
    const at = { key: '', ids: [], facts: undefined, opening: undefined, timer: undefined, refresh: undefined };
    const shelf = shelves({ at, screen, say });
    const { take, keep } = answers({ ...parts, at, shelf, session: { later, tryAgain, send } });
    const asked = new Map();

    function factsOf(ids) {
        const facts = gather(missive, ids, settings);
        facts.catch(() => {});
        return facts;
    }

    function choose() {
        const { contacts, contact } = shelf.placeOf(at.key);
        screen.choose(contacts, contact, pick);
    }

    /** The card that was there last, or that something is on its way. */
    function begin() {
        const known = shelf.shown();
        if (!known) return screen.loading();
        screen.show(known.element, known.card.title);
        return screen.busy();
    }

    /** The selection has changed, or the same one was told again. */
    function select(ids) {
        const key = ids.join();
        clearTimeout(at.timer);
        if (key === at.key && ids.length > 0) {
            at.timer = setTimeout(again, debounce);
            return;
        }
        at.opening?.control.abort();
        clearTimeout(at.refresh);
        Object.assign(at, { key, ids, facts: undefined, opening: undefined });
        screen.quiet();
        if (ids.length === 0 || (ids.length > 1 && settings.several !== 'send')) {
            screen.choose();
            screen.sentence(say(ids.length === 0 ? 'none' : 'many', { n: ids.length }), { quiet: true });
            return;
        }
        choose();
        begin();
        at.facts = factsOf(ids);
        at.opening = { control: new AbortController(), quiet: false };
        at.timer = setTimeout(open, debounce);
    }

    /** The same selection was told again: only what has no answer yet counts as asked by a person. */
    function again() {
        if (at.opening?.quiet === false) open();
        else refresh();
    }

    /** Another of the people is meant. */
    function pick(contact) {
        shelf.placeOf(at.key).contact = contact;
        screen.quiet();
        choose();
        begin();
        open();
    }

    /** Asks once more, without a person having asked for it: no effects, nothing taken from under a hand. */
    function refresh() {
        if (!at.facts || at.opening?.quiet === false || document.hidden) return;
        at.facts = factsOf(at.ids);
        open({ quiet: true });
    }

    /** Asks again when the card wants it. */
    function later() {
        clearTimeout(at.refresh);
        const seconds = Number(shelf.shown()?.card.refresh);
        if (seconds > 0) at.refresh = setTimeout(() => (document.hidden ? later() : refresh()), seconds * 1000);
    }

    function tryAgain() {
        if (!at.facts) return;
        screen.quiet();
        begin();
        if (missive) at.facts = factsOf(at.ids);
        open();
    }

    async function open({ quiet = false } = {}) {
        const { key, facts: gathering } = at;
        at.opening?.control.abort();
        const opening = { control: new AbortController(), quiet };
        const { signal } = opening.control;
        at.opening = opening;
        const facts = await gathering.catch(() => undefined);
        if (signal.aborted) return;
        if (facts) {
            const place = shelf.placeOf(key);
            const known = facts.contacts.find((each) => keyOf(each) === keyOf(place.contact));
            Object.assign(place, { contacts: facts.contacts, contact: known ?? facts.contact });
            choose();
        }
        const about = { kind: quiet ? 'refresh' : 'open', key, contact: shelf.placeOf(key).contact };
        const trouble = (name) => quiet || screen.note(say(name));
        const answer = facts
            ? await ask({ do: 'open' }, facts, about, { signal, patient: true, trouble })
            : { trouble: 'broken' };
        if (signal.aborted) return;
        at.opening = undefined;
        if (!quiet) screen.quiet();
        await take(answer, about);
    }

    function ask(event, facts, about, how) {
        about.seq = endpoint.next();
        asked.set(about.seq, { key: about.key, contact: about.contact });
        for (const oldest of asked.keys()) if (asked.size > remembered) asked.delete(oldest);
        return endpoint.ask({ ...facts, ...event, contact: about.contact, seq: about.seq }, how);
    }

    /** An event besides the opening; resolves to whether the flow took it. */
    async function send(event, given) {
        const facts = given.facts ?? (await at.facts?.catch(() => undefined)) ?? { conversations: at.ids };
        const { facts: _, ...about } = { contact: facts.contact, ...given };
        const answer = await ask(event, facts, about);
        await take(answer, about);
        return Boolean(answer.card || answer.none);
    }

    /** A line of the stream: a second card to a request of this page, or what was pushed to a conversation. */
    function line({ card, conversation, seq, n = 2 }) {
        const first = asked.get(seq);
        const about = first ?? { key: conversation, contact: shelf.knows(conversation)?.contact };
        if (card) keep(card, { ...about, kind: first ? 'second' : 'push', ...(first && { seq, n }) });
    }

    /** Asks about given facts, where there is no Missive to tell any. */
    function preview(facts) {
        Object.assign(at, { key: facts.conversations.join(), ids: facts.conversations, facts: Promise.resolve(facts) });
        begin();
        open();
    }

    return { select, send, line, refresh, factsOf, preview, at };
}

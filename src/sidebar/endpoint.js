import { fitting } from './facts.js';

const pause = (ms, signal) =>
    new Promise((resolve) => {
        const timer = setTimeout(resolve, ms);
        signal?.addEventListener('abort', () => {
            clearTimeout(timer);
            resolve();
        });
    });

/** A signal that is given, and besides after so many milliseconds: the endpoint says by itself when it is late. */
function limited(signal, ms) {
    const control = new AbortController();
    const stop = () => control.abort();
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop);
    setTimeout(stop, ms);
    return control.signal;
}

const longer = (tries) => Math.min(1000 * 2 ** tries, 30_000);

/**
 * Whether the page may load itself again: not twice in a minute, else a wrong token would make it go round. The history
 * survives a reload, also where a frame of another site may not store anything.
 */
function mayReload() {
    if (Date.now() - (history.state?.reloaded ?? 0) < 60_000) return false;
    history.replaceState({ reloaded: Date.now() }, '');
    return true;
}

/**
 * The endpoint of this page. `inHand()`: whether a person is filling in a form, which a reload would empty.
 * `ask` answers with `card`, `none`, `late`, or `trouble`: the name of a sentence, or one of the endpoint's own.
 */
export function endpoint({ event, token: first, wait, inHand }) {
    const address = new URL(event, location.href);
    let token = first;
    let seq = 0;

    const send = (body, signal) =>
        fetch(address, {
            method: 'POST',
            headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
            body: JSON.stringify(body),
            signal,
        });

    /** A token that has run out: the page comes anew, or its token alone. Resolves to whether to ask again. */
    async function renew() {
        if (!inHand()) {
            if (!mayReload()) return false;
            location.reload();
            return new Promise(() => {});
        }
        const answer = await fetch(location.href);
        const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
        const fresh = JSON.parse(page.querySelector('meta[name="missive-sidebar"]')?.content ?? '{}').token;
        const news = fresh !== undefined && fresh !== token;
        token = fresh ?? token;
        return news;
    }

    /** `patient`: goes on where nothing answers. What may do something is not repeated by itself. */
    async function ask(given, { signal, patient = false, trouble = () => {} } = {}) {
        const body = fitting(given);
        let renewed = false;
        for (let tries = 0; !signal?.aborted; tries += 1) {
            let answer;
            try {
                answer = await send(body, limited(signal, (wait + 15) * 1000));
                if (answer.ok) return await answer.json();
            } catch {
                if (signal?.aborted) break;
                if (!patient) return { trouble: 'lost' };
                trouble('lost');
                await pause(longer(tries), signal);
                continue;
            }
            if (answer.status === 429) {
                trouble('busy');
                await pause((Number(answer.headers.get('retry-after')) || 1) * 1000, signal);
            } else if (answer.status === 401) {
                if (renewed || !(await renew().catch(() => false))) return { trouble: 'refused' };
                renewed = true;
            } else if (answer.status >= 500 && patient) {
                trouble('lost');
                await pause(longer(tries), signal);
            } else {
                const said = await answer.json().catch(() => ({}));
                const refused = [403, 404].includes(answer.status);
                return { trouble: refused ? 'refused' : 'lost', sentence: said.error?.message };
            }
        }
        return { aborted: true };
    }

    /** One stream of what is pushed, until it ends. `true` where it is to be taken up again soon. */
    async function stream(conversations, line) {
        const silence = new AbortController();
        let timer;
        const wake = () => {
            clearTimeout(timer);
            timer = setTimeout(() => silence.abort(), 50_000);
        };
        wake();
        try {
            seq += 1;
            const answer = await send({ do: 'listen', seq, conversations: conversations() }, silence.signal);
            if (answer.status === 401) await renew();
            if (!answer.ok) return false;
            let rest = '';
            const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
            for (;;) {
                const { value, done } = await reader.read();
                if (done) return true;
                wake();
                const lines = (rest + value).split('\n');
                rest = lines.pop();
                for (const each of lines.filter(Boolean)) line(JSON.parse(each));
            }
        } finally {
            clearTimeout(timer);
            silence.abort();
        }
    }

    /** Listens for ever, with back-off; `gap()` after every break: something may have been missed. */
    async function listen({ conversations, line, gap }) {
        for (let tries = 0; ; tries += 1) {
            const began = performance.now();
            const ended = await stream(conversations, line).catch(() => false);
            // A stream that lived was no failure.
            if (ended || performance.now() - began > 10_000) tries = 0;
            await pause(ended ? 1000 + Math.random() * 2000 : longer(tries) * (0.75 + Math.random() / 2));
            gap();
        }
    }

    const next = () => {
        seq += 1;
        return seq;
    };
    return { ask, listen, next };
}

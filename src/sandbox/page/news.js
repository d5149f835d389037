import { language } from './words.js';

/** Where the editor lives: this page is `missive/sandbox` below it. */
export const editor = location.pathname.replace(/missive\/sandbox\/?$/, '');

/** Node-RED's editor keeps its token under a key that depends on its path; this page may use the same. */
function token() {
    try {
        const suffix = editor.slice(0, -1).replace(/\//g, '-');
        return JSON.parse(localStorage.getItem(`auth-tokens${suffix}`))?.access_token;
    } catch {
        return undefined;
    }
}

async function ask(path, options = {}) {
    const bearer = token();
    const answer = await fetch(`sandbox/${path}`, {
        ...options,
        // The editor may speak another language than the browser: the answer is in that of the page.
        headers: {
            ...options.headers,
            'accept-language': language,
            ...(bearer && { authorization: `Bearer ${bearer}` }),
        },
    });
    const json = await answer.json().catch(() => ({}));
    if (!answer.ok) throw Object.assign(new Error(json.error?.message ?? ''), { status: answer.status });
    return json;
}

/** The sidebars of the flows that run; none for somebody who may only look. */
export const sidebarsThere = () =>
    ask('../sidebars').then(
        ({ sidebars }) => sidebars,
        () => [],
    );

/** Does something in the practice Missive; throws with the sentence it was refused with. */
export const act = (name, body) =>
    ask(name, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** A proxy that has cut a question short which waits for news: no sign that Node-RED is dead. */
const isImpatient = ({ status }) => status === undefined || [408, 502, 503, 504, 522, 524].includes(status);

/** Calls `show` with each new state, for ever, and `trouble` with what stands in the way (null: nothing). */
export async function listen(show, trouble) {
    let wait = 25;
    for (let revision = 0; ; ) {
        const began = performance.now();
        try {
            const state = await ask(`state?since=${revision}&wait=${wait}`);
            trouble(null);
            if (state.revision !== revision) show(state);
            revision = state.revision;
        } catch (error) {
            const waited = (performance.now() - began) / 1000;
            if (revision > 0 && waited > 2 && isImpatient(error)) {
                wait = Math.max(1, Math.floor(Math.min(wait, waited) * 0.7));
                continue;
            }
            trouble(error);
            await pause(error.status === 401 ? 3000 : 1500);
        }
    }
}

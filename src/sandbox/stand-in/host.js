/**
 * The app's end of the stand-in: answers what a sidebar in `frame` asks. `answers` has a function for each method that
 * this app can do; what it throws is the sentence that the sidebar gets. Gives what the app says to the sidebar.
 */
export function host(frame, { origin, answers, asked = () => {} }) {
    const past = new Map();
    let theme = 'light';

    const post = (message) => frame.contentWindow?.postMessage({ missive: 1, ...message }, origin);

    async function answer({ id, method, args }) {
        asked(method, args);
        try {
            if (!Object.hasOwn(answers, method)) throw new Error(`${method} is not possible here`);
            const result = await answers[method](...args);
            post({ id, result: result === undefined ? null : JSON.parse(JSON.stringify(result)) });
        } catch (error) {
            post({ id, error: error instanceof Error ? error.message : String(error) });
        }
    }

    function hear({ source, origin: from, data }) {
        if (source !== frame.contentWindow || from !== origin || data?.missive !== 1) return;
        if (data.hello) {
            post({ theme });
            // What has happened already, for those who ask for it afterwards.
            for (const [event, payload] of past) post({ event, payload });
        } else if (data.method) answer(data);
    }
    window.addEventListener('message', hear);

    return {
        emit(event, payload) {
            if (event === 'change:conversations') past.set(event, payload);
            post({ event, payload });
        },
        theme(name) {
            theme = name;
            post({ theme });
        },
        /** Somebody has chosen an entry that the sidebar put into a menu. */
        act: (action, given) => post({ action, given }),
        stop: () => window.removeEventListener('message', hear),
    };
}

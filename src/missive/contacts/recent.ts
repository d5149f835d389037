/** Ids of things made a moment ago, which a search may not find yet. */
export interface Recent {
    get(key: string): string | undefined;
    set(key: string, id: string): void;
}

const keepMs = 120_000;
const kept = new WeakMap<object, Recent>();

/** What was made lately with one address and token; each id is forgotten after two minutes. */
export function recentOf(owner: object): Recent {
    const known = kept.get(owner) ?? makeRecent();
    kept.set(owner, known);
    return known;
}

function makeRecent(): Recent {
    const entries = new Map<string, { readonly id: string; readonly until: number }>();
    const forget = () => {
        // Entries are in the order of their age, so the first that is still good ends the search.
        for (const [key, { until }] of entries) {
            if (until > performance.now()) return;
            entries.delete(key);
        }
    };
    return {
        get(key) {
            forget();
            return entries.get(key)?.id;
        },
        set(key, id) {
            forget();
            entries.delete(key);
            entries.set(key, { id, until: performance.now() + keepMs });
        },
    };
}

/** What a server answers to a request that arrives: 0, or the limit that is used up and for how many milliseconds. */
export type Verdict = { readonly ok: true } | { readonly ok: false; readonly limit: number; readonly wait: number };

/** One server's count of what arrives. */
export type Server = (now: number) => Verdict;

const windows = [
    { limit: 300, span: 60_000 },
    { limit: 900, span: 900_000 },
];

const ok: Verdict = { ok: true };

/** Windows that end now. With `refusedToo` a request that is refused counts like any other. */
function sliding(refusedToo = false): Server {
    const taken: number[] = [];
    return (now) => {
        let verdict = ok;
        for (const { limit, span } of windows) {
            const oldest = taken.at(-limit);
            if (oldest !== undefined && oldest > now - span) verdict = { ok: false, limit, wait: oldest + span - now };
        }
        if (verdict.ok || refusedToo) taken.push(now);
        return verdict;
    };
}

/** Windows by the clock, shifted by a part of their length. */
function fixed(phase: number): Server {
    const counts = new Map<number, { index: number; count: number }>();
    return (now) => {
        let verdict = ok;
        const current = windows.map(({ limit, span }) => {
            const index = Math.floor((now + phase * span) / span);
            const known = counts.get(span);
            const one = known?.index === index ? known : { index, count: 0 };
            counts.set(span, one);
            if (one.count >= limit) verdict = { ok: false, limit, wait: (index + 1) * span - phase * span - now };
            return one;
        });
        if (verdict.ok) for (const one of current) one.count++;
        return verdict;
    };
}

/** Buckets that fill up evenly. */
function bucket(): Server {
    const levels = windows.map((window) => ({ ...window, level: window.limit, at: 0 }));
    return (now) => {
        let verdict = ok;
        for (const one of levels) {
            one.level = Math.min(one.limit, one.level + ((now - one.at) * one.limit) / one.span);
            one.at = now;
            if (one.level < 1)
                verdict = { ok: false, limit: one.limit, wait: ((1 - one.level) * one.span) / one.limit };
        }
        if (verdict.ok) for (const one of levels) one.level--;
        return verdict;
    };
}

/** Every kind of window that Missive may have; which one it has is not known. */
export const servers: Readonly<Record<string, () => Server>> = {
    sliding,
    bucket,
    'refused count': () => sliding(true),
    ...Object.fromEntries(
        Array.from({ length: 15 }, (_, at) => at / 15).map((phase) => [
            `fixed ${phase.toFixed(2)}`,
            () => fixed(phase),
        ]),
    ),
};

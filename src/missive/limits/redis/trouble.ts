/** What Redis says when it takes no permits, in words for whoever runs the flow. */
const words: readonly (readonly [RegExp, string])[] = [
    [/WRONGPASS|NOAUTH|invalid (username-)?password/i, 'Redis refuses the user or the password (WRONGPASS)'],
    [/NOPERM/, 'The user of Redis may not do what the limiter needs (NOPERM)'],
    [/READONLY/, 'Redis is a replica that takes no writes (READONLY)'],
    [/\bOOM\b/, 'Redis has no memory left (OOM)'],
    [
        /^(MOVED|ASK) \d|CROSSSLOT/,
        'Redis is part of a cluster and says that others have the data: give the account a Redis of its own that is no cluster, or the address of a proxy that stands before the whole cluster (MOVED)',
    ],
    [/^LOADING$/, 'Redis is still loading its data (LOADING), or answers very slowly'],
    [/LOADING/, 'Redis is still loading its data (LOADING)'],
    [/MASTERDOWN|CLUSTERDOWN|MISCONF|NOREPLICAS|TRYAGAIN/, 'Redis takes no writes at the moment'],
    [/^BUSY |UNKILLABLE/, 'Redis is busy with a script of somebody (BUSY)'],
    [/max number of clients/i, 'Redis takes no more connections (maxclients)'],
    [/^DENIED/, 'Redis is in protected mode and takes calls from its own machine alone (DENIED): give it a password'],
    [
        /unknown command|not allowed from script/i,
        'Redis does not know, or does not allow, a command that is needed, such as EVALSHA',
    ],
    [/^Protocol error/, 'What answers at the address of Redis is something else'],
];

/** The trouble that an error of Redis tells of; `undefined` where it tells only that Redis is not there. */
export const troubleOf = (error: unknown): string | undefined => {
    const text = error instanceof Error ? error.message : String(error);
    return words.find(([sign]) => sign.test(text))?.[1];
};

/** After a fail-over the old master is a replica: a new connection finds the new one. */
export const isReplica = (error: Error): boolean => error.message.includes('READONLY');

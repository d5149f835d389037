/** What a node was stored as; `version` is absent in a flow that was written by hand. */
type Config = Readonly<Record<string, unknown>>;

/** One step from a version to the next, for nodes of one type. */
export interface Migration {
    readonly type: string;
    /** The version that the step starts from; it leads to the next one. */
    readonly from: number;
    change(config: Config): Config;
}

/** The version that nodes are saved with today: one more than the last migration of any type starts from. */
export const currentVersion = 1;

/** Every change of what a node stores, oldest first. None so far. */
export const migrations: readonly Migration[] = [];

/** A node's properties as today's release has them, so that flows saved by earlier releases go on working. */
export function migrated<C extends Config>(type: string, config: C, steps: readonly Migration[] = migrations): C {
    const start = typeof config.version === 'number' ? config.version : currentVersion;
    let result: Config = config;
    let version = start;
    for (const step of steps) {
        if (step.type !== type || step.from < version) continue;
        result = step.change(result);
        version = step.from + 1;
    }
    return { ...result, version: Math.max(version, currentVersion) } as unknown as C;
}

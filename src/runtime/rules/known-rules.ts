/** The rule that a node has made in Missive. */
export interface Registration {
    /** Id of the account's node. */
    readonly account: string;
    /** Where it was made, as the account's way there has it; absent in files of before. */
    readonly origin?: string;
    /** Stands for all that the rule was made with. */
    readonly print: string;
    /** What deliveries show that they come from this rule. */
    readonly key: string;
    /** Absent: the rule is being made, or Node-RED was stopped while it was. */
    readonly id?: string;
    /** Missive has made it and not said its id: its first event does. */
    readonly nameless?: true;
}

/** A rule that is no longer wanted and is still to be deleted; files of before have its account and its id alone. */
export interface Doomed extends Partial<Pick<Registration, 'origin' | 'key'>> {
    readonly node?: string;
    readonly account: string;
    readonly id: string;
}

/** What is known of the rules in Missive that this Node-RED has made. */
export interface Known {
    readonly nodes: Record<string, Registration>;
    readonly doomed: Doomed[];
    /** Keys of rules that may have been made without our knowing their ids. */
    readonly lost: (Pick<Registration, 'account' | 'origin' | 'key'> & { readonly node: string })[];
}

/** What a file says, without what in it cannot be understood. */
export function knownIn(text: string): { readonly known: Known; readonly damaged: boolean } {
    let stored: unknown;
    try {
        stored = JSON.parse(text);
    } catch {
        // Damaged as a whole.
    }
    const { nodes = {}, doomed = [], lost = [] } = isObject(stored) ? stored : {};
    const parts = ['nodes', 'doomed', 'lost'];
    const others = isObject(stored) ? Object.keys(stored) : [];
    const strange = others.length > 0 && !others.some((key) => parts.includes(key));
    let damaged = strange || !isObject(stored) || !isObject(nodes) || !Array.isArray(doomed) || !Array.isArray(lost);
    const whole = <T extends object>(each: unknown, needed: readonly string[]): each is T => {
        const has = (key: string) => isObject(each) && typeof each[key] === 'string';
        const maybe = (key: string) => isObject(each) && (each[key] === undefined || typeof each[key] === 'string');
        const fine = needed.every(has) && ['node', 'origin', 'key', 'id'].every(maybe);
        damaged ||= !fine;
        return fine;
    };
    const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
    const known: Known = {
        nodes: Object.fromEntries(
            Object.entries(isObject(nodes) ? nodes : {}).filter((entry): entry is [string, Registration] =>
                whole(entry[1], ['account', 'print', 'key']),
            ),
        ),
        doomed: list(doomed).filter((each): each is Doomed => whole(each, ['account', 'id'])),
        lost: list(lost).filter((each): each is Known['lost'][number] => whole(each, ['node', 'account', 'key'])),
    };
    return { known, damaged };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);

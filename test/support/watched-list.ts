import type { Send } from '../../src/missive/lists/pages';
import type { Row } from '../../src/runtime/watch/watched';

/** A row that was touched then. */
export const row = (id: string, at: number, more: object = {}): Row => ({
    id,
    modified_at: at,
    last_activity_at: at,
    ...more,
});

/** A list of Missive's as it is today: `rows` with the moment that each was touched at. */
export class List {
    rows: Row[] = [];
    asked: Record<string, unknown>[] = [];
    /** What time it is at Missive, in Unix seconds, where it says so. */
    date: number | undefined;
    /** Called before each page is given. */
    before: (page: number) => void | Promise<void> = () => {};

    constructor(
        readonly name: 'contacts' | 'tasks' | 'conversations',
        readonly time = name === 'contacts' ? 'modified_at' : 'last_activity_at',
    ) {}

    put(...rows: Row[]): void {
        const ids = rows.map(({ id }) => id);
        this.rows = [...this.rows.filter(({ id }) => !ids.includes(id)), ...rows];
    }

    readonly send: Send = async (call) => {
        const query = { ...call.query };
        await this.before(this.asked.length);
        this.asked.push(query);
        const at = (row: Row) => Number(row[this.time]);
        const all = [...this.rows]
            .filter((row) => at(row) >= Number(query.modified_since ?? 0))
            .filter((row) => row.deleted !== true || query.include_deleted === true)
            .sort((a, b) => at(b) - at(a));
        const page = this.name === 'contacts' ? counted(all, query) : back(all, query, at);
        const told = this.date === undefined ? {} : { date: this.date };
        return { status: 200, attempts: 1, waited: 0, body: { [this.name]: page }, ...told };
    };
}

const counted = (rows: Row[], { offset, limit }: Record<string, unknown>) =>
    rows.slice(Number(offset ?? 0), Number(offset ?? 0) + Number(limit));

/** Rows of one moment come together, so a page can be longer than its limit (missive-api §4). */
function back(rows: Row[], { until, limit }: Record<string, unknown>, at: (row: Row) => number): Row[] {
    const older = rows.filter((row) => at(row) <= Number(until ?? Number.POSITIVE_INFINITY));
    const last = older[Number(limit) - 1];
    return last ? older.filter((row) => at(row) >= at(last)) : older;
}

import { now } from '../data/store';
import { isFields } from '../manners/shape';

/** What the practice CRM knows of a customer; `missive` is a field of the integration's own. */
export interface Customer {
    readonly email: string;
    readonly first_name: string;
    readonly last_name: string;
    readonly phone: string;
    /** Unix seconds. */
    readonly changed_at: number;
    /** What Missive and the CRM had in common last; blank where they never met. */
    readonly missive: string;
}

const texts = ['first_name', 'last_name', 'phone', 'missive'] as const;
const blank = { first_name: '', last_name: '', phone: '', missive: '' };

const known = [
    { email: 'tom@trailclub.example', first_name: 'Tom', last_name: 'Reyes' },
    { email: 'marta@harborbikes.example', first_name: 'Marta', last_name: 'Okafor', phone: '+351 910 000 001' },
    { email: 'nuno@costa.example', first_name: 'Nuno', last_name: 'Costa', phone: '+351910000066' },
];

const keyOf = (email: unknown): string =>
    String(email ?? '')
        .trim()
        .toLowerCase();

/** The customers of a CRM: two whom Missive knows, and one whom it does not. */
export class Customers {
    readonly #rows = new Map<string, Customer>();

    constructor() {
        this.reset();
    }

    get rows(): readonly Customer[] {
        return [...this.#rows.values()];
    }

    reset(): void {
        this.#rows.clear();
        for (const one of known) this.#rows.set(one.email, { ...blank, ...one, changed_at: now() });
    }

    /** One by its address, or those changed since a moment. */
    find(query: URLSearchParams): Customer | readonly Customer[] | undefined {
        const since = query.get('changed_since');
        if (since !== null) return this.rows.filter(({ changed_at }) => changed_at >= Number(since));
        return this.#rows.get(keyOf(query.get('email')));
    }

    /** Makes a customer, or changes what is given of one; `undefined` without an address. */
    save(body: unknown): Customer | undefined {
        const email = isFields(body) ? keyOf(body.email) : '';
        if (!isFields(body) || !email.includes('@')) return undefined;
        const given = Object.fromEntries(
            texts.filter((key) => typeof body[key] === 'string').map((key) => [key, String(body[key]).trim()]),
        );
        const before = this.#rows.get(email);
        const after = { ...blank, ...before, ...given, email, changed_at: before?.changed_at ?? now() };
        const changed = texts.some((key) => key !== 'missive' && before?.[key] !== after[key]);
        const row = changed ? { ...after, changed_at: now() } : after;
        this.#rows.set(email, row);
        return row;
    }
}

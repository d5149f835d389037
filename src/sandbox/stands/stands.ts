import { known } from '../data/known';
import type { Store } from '../data/store';
import { isFields } from '../manners/shape';
import { completion } from './ai';
import { Chat } from './chat';
import { Customers } from './customers';
import { invoiceOf } from './invoice';
import { orderBy, orderOf } from './orders';
import type { Said } from './said';
import { textOf } from './text';
import { Tool } from './tool';

/** What another system is asked. */
interface Question {
    readonly method: string;
    readonly query: URLSearchParams;
    readonly body: unknown;
}

const unknown: Said = [404, { error: 'unknown' }];

const orderIn = (query: URLSearchParams) => {
    const number = query.get('order') ?? '';
    return number === '' ? orderBy(query.get('email') ?? '') : orderOf(number, query.get('email') ?? '');
};

/**
 * The other systems that the examples ask: an AI, a CRM, a sheet, a shop, a chat, a task tool, one that reads files.
 * They stand beside the practice Missive, on the same server, so that every example runs before anybody has an account anywhere.
 */
export class Stands {
    /** The rows of the sheet, as they came. */
    readonly rows: unknown[] = [];
    readonly #customers = new Customers();
    #chat = new Chat();
    #tool = new Tool();

    constructor(private readonly store: Store) {}

    /** Empties the sheet, the chat and the task tool; the CRM has its first customers. */
    reset(): void {
        this.rows.length = 0;
        this.#customers.reset();
        this.#chat = new Chat();
        this.#tool = new Tool();
    }

    /** What they were given, by their names. */
    get kept(): Readonly<Record<string, readonly unknown[]>> {
        return { sheet: this.rows, customers: this.#customers.rows, chat: this.#chat.messages, tool: this.#tool.tasks };
    }

    /** What is said at `/practice/<name>`. */
    ask(name: string, question: Question): Said {
        const answer = this.#stands[name];
        return answer ? answer(question) : unknown;
    }

    /** Whether it is given files, whatever is in them, and no JSON. */
    takesFiles(name: string): boolean {
        return name === 'text' || name === 'chat/files';
    }

    readonly #stands: Readonly<Record<string, (question: Question) => Said>> = {
        ai: ({ method, body }) => (method === 'POST' ? [200, completion(body)] : unknown),
        crm: ({ query }) => {
            const owner = this.#ownerOf(query.get('email') ?? '');
            return owner ? [200, { owner }] : unknown;
        },
        customers: ({ method, query, body }) => {
            if (method === 'GET') {
                const found = this.#customers.find(query);
                return found ? [200, found] : unknown;
            }
            const saved = this.#customers.save(body);
            this.store.touch();
            return saved ? [200, saved] : [422, { error: 'a customer has an email' }];
        },
        sheet: ({ method, body }) => {
            if (method === 'GET') return [200, this.rows];
            if (!isFields(body)) return [400, { error: 'a row is an object' }];
            const at = this.rows.findIndex((row) => isFields(row) && row.id !== undefined && row.id === body.id);
            this.rows.splice(at === -1 ? this.rows.length : at, at === -1 ? 0 : 1, body);
            this.rows.splice(0, this.rows.length - 200);
            this.store.touch();
            return [200, { rows: this.rows.length }];
        },
        shop: ({ query, body }) => {
            const refund = isFields(body) ? String(body.refund ?? '') : '';
            const known = refund ? orderOf(refund) : orderIn(query);
            const order = known && refund ? { ...known, status: 'refunded' } : known;
            return order
                ? [200, { ...order, link: `https://shop.harborbikes.example/orders/${order.number}` }]
                : unknown;
        },
        directory: ({ query }) => {
            const found = this.#contactWith(query.get('number') ?? '');
            return found ? [200, { name: found, kind: 'customer', place: 'Porto', since: 2019 }] : unknown;
        },
        pdf: ({ query }) => {
            const order = orderIn(query);
            return order ? [200, invoiceOf(order)] : unknown;
        },
        chat: ({ method, body }) => {
            if (method === 'GET') return [200, this.#chat.messages];
            const said = this.#chat.say(body);
            this.store.touch();
            return said;
        },
        'chat/files': ({ method, query, body }) => {
            if (method !== 'POST' || !Buffer.isBuffer(body)) return unknown;
            const said = this.#chat.file(query, body);
            this.store.touch();
            return said;
        },
        tool: ({ method, query, body }) => {
            const said = this.#tool.ask(method, query.get('id') ?? '', body);
            if (method !== 'GET') this.store.touch();
            return said;
        },
        text: ({ method, body }) => (method === 'PUT' && Buffer.isBuffer(body) ? [200, textOf(body)] : unknown),
    };

    #contactWith(number: string): string | undefined {
        const found = [...this.store.data.contacts.values()].find(({ infos }) =>
            infos.some(({ value }) => value === number),
        );
        const { first_name, last_name } = found?.details ?? {};
        return found && [first_name, last_name].filter(Boolean).join(' ');
    }

    /** Two of three customers have somebody who looks after them. */
    #ownerOf(email: string): string | undefined {
        const owners = [this.store.data.users.get(known.ines)?.name, this.store.data.users.get(known.rui)?.email];
        const sum = [...email.toLowerCase()].reduce((total, sign) => total + sign.charCodeAt(0), 0);
        return email === '' ? undefined : owners[sum % 3];
    }
}

import should from 'should';

/** What a page knows: the settings in its meta element. */
export interface PageSettings {
    readonly token: string;
    readonly event: string;
    readonly [setting: string]: unknown;
}

export interface PageAnswer {
    readonly status: number;
    readonly headers: Headers;
    readonly body: Record<string, unknown> & { card?: Record<string, unknown>; late?: string };
}

const unescaped = (text: string): string =>
    text.replace(
        /&(amp|lt|gt|quot|#39);/g,
        (_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"' })[name] ?? "'",
    );

/** The page in Missive's sidebar as its endpoint sees it: without a browser, by the same requests. */
export class SidebarPage {
    #seq = 0;

    private constructor(
        readonly address: string,
        readonly settings: PageSettings,
        readonly response: Response,
        readonly html: string,
    ) {}

    /** Loads the page; throws where it is refused. */
    static async load(address: string, headers: Record<string, string> = {}): Promise<SidebarPage> {
        const response = await fetch(address, { headers });
        const html = await response.text();
        const [, meta] = /<meta name="missive-sidebar" content="([^"]*)">/.exec(html) ?? [];
        if (meta === undefined) throw new Error(`${address} gave ${response.status}: ${html}`);
        return new SidebarPage(address, JSON.parse(unescaped(meta)), response, html);
    }

    get endpoint(): string {
        return new URL(this.settings.event, this.address).href;
    }

    /** Sends a request as the page does; `headers` go over its own. */
    async raw(body: string, headers: Record<string, string> = {}, signal?: AbortSignal): Promise<Response> {
        return fetch(this.endpoint, {
            method: 'POST',
            headers: {
                'content-type': 'application/json',
                authorization: `Bearer ${this.settings.token}`,
                'sec-fetch-site': 'same-origin',
                ...headers,
            },
            body,
            ...(signal ? { signal } : {}),
        });
    }

    async tell(event: Record<string, unknown>, headers?: Record<string, string>): Promise<PageAnswer> {
        this.#seq += 1;
        const response = await this.raw(JSON.stringify({ seq: this.#seq, conversations: [], ...event }), headers);
        const text = await response.text();
        return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : {} };
    }

    open(conversation: string, more: Record<string, unknown> = {}): Promise<PageAnswer> {
        return this.tell({
            do: 'open',
            conversations: [conversation],
            conversation: { id: conversation, subject: 'Fork' },
            ...more,
        });
    }

    /** Listens to what is pushed; lines come in order, pings aside. */
    async listen(conversation: string): Promise<PageLines> {
        const stop = new AbortController();
        const body = JSON.stringify({ do: 'listen', seq: 0, conversations: [conversation] });
        const response = await this.raw(body, {}, stop.signal);
        should(response.status).equal(200);
        const lines = new PageLines(response, stop);
        await lines.ready;
        return lines;
    }
}

export class PageLines {
    readonly lines: Record<string, unknown>[] = [];
    readonly ready: Promise<void>;
    ended = false;
    readonly #stop: AbortController;
    #waiting: (() => void)[] = [];

    constructor(response: Response, stop: AbortController) {
        this.#stop = stop;
        this.ready = new Promise((resolve) => {
            void this.#read(response, resolve);
        });
    }

    /** The line at this place, when it has come; `undefined` where the connection ended before. */
    async line(place: number): Promise<Record<string, unknown> | undefined> {
        while (this.lines.length <= place && !this.ended)
            await new Promise<void>((resolve) => this.#waiting.push(resolve));
        return this.lines[place];
    }

    async end(): Promise<void> {
        while (!this.ended) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }

    stop(): void {
        this.#stop.abort();
    }

    async #read(response: Response, ready: () => void): Promise<void> {
        let text = '';
        const decoder = new TextDecoder();
        try {
            for await (const chunk of response.body ?? []) {
                text += decoder.decode(chunk, { stream: true });
                const whole = text.split('\n');
                text = whole.pop() ?? '';
                for (const line of whole) {
                    const value = JSON.parse(line);
                    if ('ping' in value) ready();
                    else this.lines.push(value);
                }
                for (const wake of this.#waiting.splice(0)) wake();
            }
        } catch {
            // Stopped by the test.
        }
        this.ended = true;
        for (const wake of this.#waiting.splice(0)) wake();
    }
}

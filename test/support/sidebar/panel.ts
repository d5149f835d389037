import path from 'node:path';
import type { Browser, BrowserContext, FrameLocator, Locator, Page } from 'playwright-core';

/** A call that the page has made of Missive's script, besides the reads, and what was selected then. */
export interface Call {
    readonly method: string;
    readonly args: readonly unknown[];
    readonly selected: readonly string[];
}

/** The fake app in a browser with the sidebar in it, handled as an agent does. */
export class Panel {
    /** Errors of the console and of the pages. */
    readonly errors: string[] = [];
    readonly frame: FrameLocator;

    private constructor(
        readonly page: Page,
        readonly context: BrowserContext,
    ) {
        this.frame = page.frameLocator('iframe');
        page.setDefaultTimeout(30_000);
        page.on('pageerror', (error) => this.errors.push(`${error.name}: ${error.message}`));
        page.on('console', (message) => {
            if (message.type() === 'error') this.errors.push(`${message.text()} (${message.location().url})`);
        });
    }

    /** Opens the app with a sidebar at `address`. */
    static async open(browser: Browser, address: string, { selected = '', before = '' } = {}): Promise<Panel> {
        const context = await browser.newContext({ viewport: { width: 380, height: 880 } });
        if (before) await context.addInitScript(before);
        const panel = new Panel(await context.newPage(), context);
        const query = new URLSearchParams({ src: address, ...(selected && { selected }) });
        await panel.page.goto(`https://mail.missiveapp.com/?${query}`);
        return panel;
    }

    /** Waits until the page has begun. */
    async ready(): Promise<this> {
        await this.frame.locator('#sidebar[data-ready]').waitFor();
        return this;
    }

    get card(): Locator {
        return this.frame.locator('.card');
    }

    get note(): Locator {
        return this.frame.locator('.note');
    }

    title(text: string): Locator {
        return this.frame.locator('.card h2', { hasText: text });
    }

    select(...ids: string[]): Promise<void> {
        return this.page.evaluate(`app.select(...${JSON.stringify(ids)})`);
    }

    theme(name: 'light' | 'dark'): Promise<void> {
        return this.page.evaluate(`app.theme(${JSON.stringify(name)})`);
    }

    /** Sends one of Missive's events. */
    emit(event: string, payload?: unknown): Promise<void> {
        return this.page.evaluate(`app.emit(${JSON.stringify(event)}, ${JSON.stringify(payload) ?? 'undefined'})`);
    }

    set(name: 'latency' | 'fails' | 'silent', value: unknown): Promise<void> {
        return this.page.evaluate(`void (app[${JSON.stringify(name)}] = ${JSON.stringify(value)})`);
    }

    /** Chooses an entry in one of Missive's menus, by its place. */
    act(place: number, data: unknown): Promise<void> {
        return this.page.evaluate(`app.act(${place}, ${JSON.stringify(data)})`);
    }

    actions(): Promise<{ label: string; contexts: string[] }[]> {
        return this.page.evaluate('app.actions');
    }

    calls(): Promise<Call[]> {
        return this.page.evaluate('app.log');
    }

    /** Waits until so many calls were made; gives them. */
    async called(count: number): Promise<Call[]> {
        await this.page.waitForFunction(`app.log.length >= ${count}`);
        return this.calls();
    }

    /** Evaluates an expression inside the sidebar's page. */
    async inside(expression: string): Promise<unknown> {
        const frame = this.page.frames().find((each) => each.parentFrame() !== null);
        return frame?.evaluate(expression);
    }

    async shot(name: string): Promise<void> {
        if (process.env.SHOTS) await this.page.screenshot({ path: path.join(process.env.SHOTS, `${name}.png`) });
    }

    close(): Promise<void> {
        return this.context.close();
    }
}

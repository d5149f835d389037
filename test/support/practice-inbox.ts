import type { BrowserContext, Locator, Page } from 'playwright-core';
import type { Snapshot } from '../../src/sandbox/practice/snapshot';

/** The practice inbox of a running Node-RED, used as its page uses it. */
export class PracticeInbox {
    constructor(private readonly adminUrl: string) {}

    /** Everything there is; with `since` as soon as it is news. */
    async state(since?: number): Promise<Snapshot> {
        const query = since === undefined ? '' : `?since=${since}`;
        const response = await fetch(`${this.adminUrl}/missive/sandbox/state${query}`);
        return (await response.json()) as Snapshot;
    }

    /** The state as soon as it fits; throws after 20 s with what there is of deliveries. */
    async until(fits: (state: Snapshot) => boolean): Promise<Snapshot> {
        const end = Date.now() + 60_000;
        let state = await this.state();
        while (!fits(state)) {
            if (Date.now() > end) throw new Error(`not seen in 60 s; deliveries: ${JSON.stringify(state.deliveries)}`);
            state = await Promise.race([
                this.state(state.revision),
                new Promise<Snapshot>((resolve) => setTimeout(() => resolve(state), 1000)),
            ]);
            if (!fits(state)) state = await this.state();
        }
        return state;
    }

    /** A customer writes an e-mail, or an SMS where the address is a number; into a conversation or a new one. */
    customerWrites(mail: {
        name?: string;
        address: string;
        subject?: string;
        body: string;
        conversation?: string;
        attachments?: readonly { readonly filename: string; readonly base64_data: string }[];
    }): Promise<void> {
        return this.#act('write', mail);
    }

    /** A colleague comments on a conversation. */
    colleagueComments(comment: { conversation: string; body: string }): Promise<void> {
        return this.#act('comment', comment);
    }

    /** A colleague adds and takes off labels, by their ids. */
    changeLabels(change: { conversation: string; add?: string[]; remove?: string[] }): Promise<void> {
        return this.#act('label', change);
    }

    /** A colleague closes a conversation, brings it back, gives it to somebody or to a team. */
    colleagueChanges(change: {
        conversation: string;
        close?: boolean;
        reopen?: boolean;
        team?: string;
    }): Promise<void> {
        return this.#act('change', change);
    }

    /** The person before the screen acts, as a sidebar lets them: `do` names a function of Missive's script. */
    agentActs(act: { do: string; conversation: string; [field: string]: unknown }): Promise<void> {
        return this.#act('agent', act);
    }

    /** Back to the beginning. */
    reset(): Promise<void> {
        return this.#act('reset', {});
    }

    async #act(what: string, given: object): Promise<void> {
        const response = await fetch(`${this.adminUrl}/missive/sandbox/${what}`, {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify(given),
        });
        if (!response.ok) throw new Error(`the practice inbox answered ${response.status}: ${await response.text()}`);
    }
}

/** The practice inbox's page in a real browser, in every language. It never reloads by itself. */
export class PracticePage {
    /** Errors of the page and of its console. */
    readonly errors: string[] = [];

    /** A page that is open already, such as the one that a link has opened. */
    constructor(readonly page: Page) {
        page.setDefaultTimeout(30_000);
        page.on('pageerror', (error) => this.errors.push(`${error.name}: ${error.message}`));
        page.on('console', (message) => {
            if (message.type() === 'error') this.errors.push(`${message.text()} (${message.location().url})`);
        });
    }

    /** Opens it in a new tab. */
    static async open(context: BrowserContext, adminUrl: string): Promise<PracticePage> {
        const inbox = new PracticePage(await context.newPage());
        await inbox.page.goto(`${adminUrl}/missive/sandbox`);
        return inbox;
    }

    /** Waits until the conversations are there. */
    async ready(): Promise<void> {
        await this.page.locator('.rows .row').first().waitFor();
    }

    /** Presses "A customer writes" and sends the letter that is proposed there; gives who wrote and the subject. */
    async customerWrites(): Promise<{ name: string; address: string; subject: string }> {
        const dialog = await this.dialog('write');
        const [name = '', address = '', subject = ''] = await Promise.all(
            [0, 1, 2].map((place) => dialog.locator('input').nth(place).inputValue()),
        );
        await this.confirm(dialog);
        return { name, address, subject };
    }

    /** Presses "A colleague comments" in the conversation that is open, and sends this. */
    async colleagueComments(text: string): Promise<void> {
        const dialog = await this.dialog('comment');
        await dialog.locator('textarea').fill(text);
        await this.confirm(dialog);
    }

    /** Presses "Change a label" and gives the conversation that is open the first label that it lacks; gives its name. */
    async addLabel(): Promise<string> {
        const dialog = await this.dialog('label');
        const choice = dialog.locator('.choice', { has: this.page.locator('input:not(:checked)') }).first();
        const name = await choice.locator('.label').innerText();
        await choice.click();
        await this.confirm(dialog);
        return name;
    }

    async reset(): Promise<void> {
        await this.confirm(await this.dialog('reset'));
    }

    /** Opens one of the tabs `contacts`, `tasks`, `webhooks`, by its place. */
    async tab(place: 0 | 1 | 2): Promise<Locator> {
        await this.page.locator('.side [role="tab"]').nth(place).click();
        return this.page.locator('.side .card');
    }

    /** What is in the conversation that is open: `draft`, `comment`, `tasked`, `in`, `out`, `post`. */
    entries(kind: string): Locator {
        return this.page.locator(`.entries .entry.${kind}`);
    }

    /** Presses one of the buttons at the top; gives the dialog that opens. */
    async dialog(act: 'write' | 'comment' | 'label' | 'reset'): Promise<Locator> {
        await this.page.locator(`[data-act="${act}"]`).click();
        const dialog = this.page.locator('dialog[open]');
        await dialog.waitFor();
        return dialog;
    }

    private async confirm(dialog: Locator): Promise<void> {
        await dialog.locator('button.primary').click();
        await dialog.waitFor({ state: 'hidden' });
    }
}

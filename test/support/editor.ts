import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';

/** A TypedInput in the dialog that is open. */
export interface TypedInput {
    /** Picks the type from its menu, then types the value (or picks it, where the type has a menu of values). */
    set(type: string, value?: string): Promise<void>;
    type(): Promise<string>;
    value(): Promise<string>;
}

/**
 * Node-RED's editor in a real browser, handled as a person would: with mouse and keyboard. The same for Node-RED 4
 * and 5, and for every language. What it cannot do goes through `page`, Playwright's own.
 */
export class Editor {
    /** Errors of the page and of its console since it was opened. A test of the editor ends with this empty. */
    readonly errors: string[] = [];

    private constructor(readonly page: Page) {
        // The tips of Node-RED 5.0 begin a second after they are switched on, whether or not their box has been made.
        const tips = "Cannot read properties of undefined (reading 'html')";
        page.on('pageerror', (error) => {
            if (error.message === tips && /\/red\/red(\.min)?\.js/.test(error.stack ?? '')) return;
            this.errors.push(`${error.name}: ${error.message}`);
        });
        page.on('console', (message) => {
            if (message.type() === 'error') this.errors.push(`${message.text()} (${message.location().url})`);
        });
        // Leaving with changes that are not deployed must not hang the test.
        page.on('dialog', (dialog) => void dialog.accept().catch(() => {}));
    }

    /** Opens the editor of a Node-RED (`adminUrl`) and waits until palette and flows are there. `close()` it. */
    static async open(
        browser: Browser,
        adminUrl: string,
        {
            locale = 'en-US',
            login,
            context: given,
        }: { locale?: string; login?: { user: string; password: string }; context?: BrowserContext } = {},
    ): Promise<Editor> {
        const context = given ?? (await browser.newContext({ locale, viewport: { width: 1400, height: 900 } }));
        const page = await context.newPage();
        page.setDefaultTimeout(30_000);
        // Node-RED waits up to 350 ms for each slide of a dialog or menu: here they take a tenth. And what it
        // reports ("imported", "deployed") lies over the canvas for 5 s: here a click goes through it. What the page
        // is about to do of itself is counted: it stands still where nothing is.
        await page.addInitScript(`{
            const { setTimeout: slow, clearTimeout: stop } = window;
            const soon = new Set();
            window.setTimeout = (act, wait = 0, ...more) => {
                const short = wait > 0 && wait <= 500 ? wait / 10 : wait;
                const timer = slow((...given) => {
                    soon.delete(timer);
                    return typeof act === 'function' ? act(...given) : (0, eval)(act);
                }, short, ...more);
                if (wait <= 500) soon.add(timer);
                return timer;
            };
            window.clearTimeout = (timer) => {
                soon.delete(timer);
                stop(timer);
            };
            window.standsStill = () => soon.size === 0 && !(window.jQuery && jQuery.active);
            // Of this page alone: the practice inbox that it opens allows no such style.
            document.addEventListener('DOMContentLoaded', () => {
                const style = document.createElement('style');
                style.textContent = '.red-ui-tray { transition: none !important; }' +
                    '#red-ui-notifications, .red-ui-notification { pointer-events: none !important; }' +
                    '.red-ui-notification button { pointer-events: auto; }';
                document.head.append(style);
                if (window.jQuery) jQuery.fx.off = true;
            });
        }`);
        const editor = new Editor(page);
        await page.goto(adminUrl, { timeout: 60_000 });
        if (login) {
            await page.locator('#node-dialog-login-username').fill(login.user);
            await page.locator('#node-dialog-login-password').fill(login.password);
            await page.locator('#node-dialog-login-submit').click();
        }
        await page.locator('.red-ui-palette-node[data-palette-type="inject"]').waitFor({ timeout: 60_000 });
        // A machine that runs much else at once takes its time for this.
        await page.locator('#red-ui-loading-progress').waitFor({ state: 'hidden', timeout: 60_000 });
        await page.waitForFunction('RED.workspaces.count() > 0', undefined, { timeout: 60_000 });
        return editor;
    }

    async close(): Promise<void> {
        await this.page.context().close();
    }

    /** Drags a node from the palette to (x, y) of the visible canvas; gives its id. Keep nodes 60 px apart. */
    async drag(type: string, x: number, y: number): Promise<string> {
        const before = await this.ids();
        const { page } = this;
        const entry = page.locator(`.red-ui-palette-node[data-palette-type="${type}"]`);
        await entry.scrollIntoViewIfNeeded();
        const from = await box(entry);
        const canvas = await box(page.locator('#red-ui-workspace-chart'));
        const start = { x: from.x + from.width / 2, y: from.y + from.height / 2 };
        await page.mouse.move(start.x, start.y);
        await page.mouse.down();
        await page.mouse.move(start.x + 8, start.y + 4, { steps: 3 });
        await page.mouse.move(canvas.x + x, canvas.y + y, { steps: 12 });
        await page.mouse.up();
        const [id] = await this.newIds(before);
        if (!id) throw new Error(`No ${type} came onto the canvas`);
        return id;
    }

    /** Shows a flow: a click on its tab. */
    async showFlow(label: string): Promise<void> {
        // Two clicks on any tabs within 400 ms, such as that of the import dialog, are a double click to Node-RED.
        await this.page.waitForTimeout(410);
        await this.page.locator('#red-ui-workspace-tabs').getByText(label, { exact: true }).click();
        await this.page.waitForFunction(
            `RED.nodes.workspace(RED.workspaces.active())?.label === ${JSON.stringify(label)}`,
        );
    }

    /** Draws a wire from a node's output to another's input. */
    async wire(from: string, to: string): Promise<void> {
        const { page } = this;
        const out = await box(page.locator(`[id="${from}"] .red-ui-flow-port-output .red-ui-flow-port`).first());
        const into = await box(page.locator(`[id="${to}"] .red-ui-flow-port-input .red-ui-flow-port`).first());
        await page.mouse.move(out.x + out.width / 2, out.y + out.height / 2);
        await page.mouse.down();
        await page.mouse.move(into.x + into.width / 2, into.y + into.height / 2, { steps: 10 });
        await page.mouse.up();
        const wired = `RED.nodes.filterLinks({ source: { id: '${from}' }, target: { id: '${to}' } }).length === 1`;
        await page.waitForFunction(wired);
    }

    /** Presses the button of an inject node. */
    async inject(id: string): Promise<void> {
        await this.page.locator(`[id="${id}"] .red-ui-flow-node-button-button`).click();
    }

    /** Opens a node's dialog with a double click. */
    async edit(id: string): Promise<void> {
        const node = this.page.locator(`[id="${id}"] .red-ui-flow-node`).first();
        // Two clicks within a millisecond, or while the last dialog slides away, are none to Node-RED; and on a busy
        // machine a dialog may stop half-way: it is closed, and opened again.
        for (let tries = 1; ; tries++) {
            await this.traysClosed();
            await node.dblclick({ delay: 20 });
            try {
                return await this.trayOpen('#node-dialog-ok', tries < 4 ? 3_000 : 10_000);
            } catch (cause) {
                if (tries === 4) throw cause;
                await this.closeDialogs();
            }
        }
    }

    /** Opens the dialog of a new config node from the dialog of a node: the `+` beside its property. */
    async addConfig(property = 'account'): Promise<void> {
        const { page } = this;
        // Up to Node-RED 4.0 there is one button, which follows the menu beside it.
        const old = page.locator(`#node-input-lookup-${property}`);
        if (await old.count()) {
            await page.locator(`select#node-input-${property}`).selectOption('_ADD_');
            await old.click();
        } else {
            await page.locator(`#node-input-btn-${property}-add`).click();
        }
        await this.trayOpen('#node-config-dialog-ok');
    }

    /** Opens the dialog of the config node that is chosen in a property: the pencil beside it. */
    async editConfig(property = 'account'): Promise<void> {
        await this.page.locator(`#node-input-btn-${property}-edit, #node-input-lookup-${property}`).first().click();
        await this.trayOpen('#node-config-dialog-ok');
    }

    /** Add or Update in a config node's dialog: back to the node's dialog. */
    async saveConfig(): Promise<void> {
        await this.page.locator('#node-config-dialog-ok').click();
        await this.page.locator('#node-config-dialog-ok').waitFor({ state: 'detached' });
        await this.trayOpen();
    }

    /** An ordinary field of the open dialog (`input`, `select`, `textarea`), of a node or of a config node. */
    field(name: string): Locator {
        return this.page.locator(`#node-input-${name}, #node-config-input-${name}`).first();
    }

    /** A TypedInput of the open dialog, by the property that holds its value. */
    typedInput(name: string): TypedInput {
        const { page } = this;
        const element = this.field(name);
        const container = element.locator(
            'xpath=following-sibling::*[contains(@class,"red-ui-typedInput-container")][1]',
        );
        const ask = async (what: string): Promise<string> => {
            const id = await element.getAttribute('id');
            return String(
                await page.evaluate(`$(document.getElementById(${JSON.stringify(id)})).typedInput('${what}')`),
            );
        };
        const choose = async (button: Locator, value: string) => {
            await button.click();
            const menu = page.locator('.red-ui-typedInput-options:visible');
            await menu.waitFor();
            // A menu that is closed while it still slides open comes back.
            await page.waitForFunction(`$('.red-ui-typedInput-options:animated').length === 0`);
            await menu.locator(`a[value=${JSON.stringify(value)}]`).click();
            await menu.waitFor({ state: 'hidden' });
        };
        const reveal = () => this.reveal(name);
        const picker = container.locator('input.missive-picker-input');
        const pick = (text: string) => this.pick(name, text);
        return {
            type: () => ask('type'),
            value: () => ask('value'),
            async set(type, value) {
                await reveal();
                await container.scrollIntoViewIfNeeded();
                if ((await ask('type')) !== type)
                    await choose(container.locator('.red-ui-typedInput-type-select'), type);
                if (value === undefined) return;
                if (await picker.isVisible()) {
                    await pick(value);
                    return;
                }
                const text = container.locator('input.red-ui-typedInput-input');
                if (await text.isVisible()) {
                    await text.fill(value);
                    // Node-RED takes the value on these; both, as a person's typing and leaving would give.
                    await text.press('End');
                    await text.blur();
                } else {
                    await choose(container.locator('.red-ui-typedInput-option-trigger'), value);
                }
            },
        };
    }

    /** Shows the row of a property: what a form does not show at first comes by `+ add a field`. */
    async reveal(name: string): Promise<void> {
        const { page } = this;
        const row = page.locator(`.missive-form .form-row[data-row="${name}"]`);
        const add = page.locator('.missive-add:visible');
        if ((await row.count()) === 0 || (await row.isVisible()) || (await add.count()) === 0) return;
        // The menu of a picker that was just used may lie over it: it closes with the focus.
        await add.focus();
        await add.click();
        await page.locator(`.missive-adding-menu [data-field="${name}"]`).click();
        await row.waitFor();
    }

    /** The menu of names beside a property of the open dialog, of a node or of a config node. */
    picker(name: string): Locator {
        return this.field(name).locator('xpath=following-sibling::*[.//*[contains(@class,"missive-picker")]][1]');
    }

    /** Picks one thing after another by name (or id), as with the keyboard: types it, then Enter. */
    async pick(name: string, ...texts: string[]): Promise<void> {
        const input = this.picker(name).locator('input.missive-picker-input');
        const menu = this.page.locator('.missive-picker-menu:visible');
        for (const text of texts) {
            await input.click();
            await input.fill(text);
            await menu.locator('[role="option"], .missive-note').first().waitFor();
            await input.press('Enter');
        }
        // Where Missive cannot be reached, what was typed stands without a list; an id needs none.
        const timeout = texts.every((text) => /^[\da-f-]{36}$/.test(text)) ? 500 : 3_000;
        await this.page
            .locator('.missive-loading')
            .waitFor({ state: 'detached', timeout })
            .catch(() => {});
        await input.blur();
    }

    /** The names that a menu shows as chosen. */
    async picked(name: string): Promise<string[]> {
        return await this.picker(name).locator('.missive-chip').allInnerTexts();
    }

    /** The ids of the elements that the open dialog marks as wrong. */
    async invalid(): Promise<string[]> {
        return await this.page.evaluate(`[...document.querySelectorAll('.red-ui-tray .input-error')]
            .map((each) => each.id || each.previousElementSibling?.id || each.className)`);
    }

    /** Done: closes a node's dialog and keeps what was entered. */
    async done(): Promise<void> {
        await this.page.locator('#node-dialog-ok').click();
        await this.traysClosed();
    }

    /** Cancel: closes a node's dialog and forgets what was entered. */
    async cancel(): Promise<void> {
        await this.page.locator('#node-dialog-cancel').click();
        await this.traysClosed();
    }

    /** Cancels whatever dialogs are open, as after a test that failed: their shade would lie over the next one. */
    async closeDialogs(): Promise<void> {
        const cancel = this.page.locator('#node-config-dialog-cancel:visible, #node-dialog-cancel:visible');
        for (let tries = 0; tries < 4 && (await cancel.count()) > 0; tries++) {
            await this.page.keyboard.press('Escape');
            await cancel
                .last()
                .click()
                .catch(() => {});
            await this.page.waitForTimeout(100);
        }
    }

    /**
     * Presses Deploy and waits for Node-RED's answer. The flows start just after it. Where the editor asks first
     * (nodes that are not complete), it throws what it asks; with `anyway` it confirms.
     */
    async deploy({ anyway = false } = {}): Promise<void> {
        const { page } = this;
        const answered = page.waitForResponse(
            (response) => response.request().method() === 'POST' && /\/flows$/.test(new URL(response.url()).pathname),
        );
        answered.catch(() => {});
        await page.locator('#red-ui-header-button-deploy').click();
        const asked = page.locator('.red-ui-notification:visible').filter({ has: page.locator('button.primary') });
        const first = await Promise.race([
            answered,
            asked
                .first()
                .waitFor()
                .then(() => undefined)
                .catch(() => answered),
        ]);
        if (!first) {
            if (!anyway) throw new Error(`The editor asks before it deploys: ${await asked.first().textContent()}`);
            await asked.first().locator('button.primary').click();
        }
        const response = await answered;
        if (!response.ok()) throw new Error(`Deploy: ${response.status()} ${await response.text()}`);
    }

    /**
     * Imports an example of a package: Ctrl+I, Examples. `example` is the file's name without `.json`, with its folder
     * if it has one. Gives the ids of what came in (flows, nodes and config nodes), which is not deployed yet.
     */
    async importExample(packageName: string, example: string): Promise<string[]> {
        const { page } = this;
        const before = await this.ids();
        await page.locator('#red-ui-workspace-chart').focus();
        await page.keyboard.press('Control+i');
        const dialog = page.locator('#red-ui-clipboard-dialog');
        await dialog.waitFor();
        await dialog.locator('#red-ui-clipboard-dialog-import-tabs a[href$="import-tab-examples"]').click();
        const tree = dialog.locator('[id="red-ui-clipboard-dialog-import-tab-examples"]');
        for (const step of [packageName, ...example.split('/')]) {
            await tree.locator('.red-ui-treeList-label-text').getByText(step, { exact: true }).first().click();
        }
        await page.locator('#red-ui-clipboard-dialog-ok:not([disabled])').click();
        await dialog.waitFor({ state: 'hidden' });
        const ids = await this.newIds(before);
        // An example without a flow of its own hangs at the mouse until it is put down.
        if (await page.evaluate('RED.view.state() === RED.state.IMPORT_DRAGGING')) {
            const canvas = await box(page.locator('#red-ui-workspace-chart'));
            await page.mouse.move(canvas.x + 300, canvas.y + 200, { steps: 5 });
            await page.mouse.click(canvas.x + 300, canvas.y + 200);
        }
        return ids;
    }

    /** What is wrong with a node, as its red triangle says it; empty where nothing is. */
    async complaints(id: string): Promise<string[]> {
        return await this.page.evaluate(`(() => {
            const { valid, validationErrors } = RED.nodes.node(${JSON.stringify(id)});
            return valid ? [] : validationErrors ?? [];
        })()`);
    }

    /** Is there anything to deploy? */
    async dirty(): Promise<boolean> {
        return await this.page.evaluate('RED.nodes.dirty()');
    }

    /** All messages in the debug sidebar, unfolded, as soon as there are so many. */
    async debugged(count: number): Promise<string[]> {
        const { page } = this;
        await page.evaluate(`RED.sidebar.show('debug')`);
        const messages = page.locator('.red-ui-debug-msg');
        await messages.nth(count - 1).waitFor();
        for (const folded of await messages.locator('.collapsed > .red-ui-debug-msg-expandable').all())
            if (await folded.isVisible()) await folded.click();
        return await messages.allInnerTexts();
    }

    /** The help of a node as the help sidebar shows it. */
    async help(type: string): Promise<string> {
        await this.page.evaluate(`RED.sidebar.help.show(${JSON.stringify(type)}, true)`);
        const text = this.page.locator('.red-ui-sidebar-help-stack .red-ui-help').last();
        await text.waitFor();
        return (await text.allInnerTexts()).join('');
    }

    /** The status under a node on the canvas; empty where there is none. */
    async status(id: string): Promise<string> {
        return (await this.page.locator(`[id="${id}"] .red-ui-flow-node-status-label`).textContent()) ?? '';
    }

    /** Waits until the status under a node fits: its text, and its sign, such as `ring-red` or `dot-green`. */
    async untilStatus(id: string, text: string, sign: string): Promise<void> {
        const node = this.page.locator(`[id="${id}"]`);
        await node.locator('.red-ui-flow-node-status-label').getByText(text, { exact: true }).waitFor();
        await node.locator(`.red-ui-flow-node-status-${sign}`).waitFor();
    }

    /** A property of a node as the editor holds it. */
    async property(id: string, name: string): Promise<unknown> {
        return await this.page.evaluate(`RED.nodes.node(${JSON.stringify(id)})?.[${JSON.stringify(name)}]`);
    }

    async screenshot(path: string): Promise<void> {
        await this.page.screenshot({ path });
    }

    /** A picture of the flow that is shown, cut to its nodes. The bar at the right is closed first. */
    async picture(path: string): Promise<void> {
        if (await this.page.locator('#red-ui-sidebar').isVisible()) {
            await this.page.evaluate(`RED.actions.invoke('core:toggle-sidebar')`);
            await this.page.locator('#red-ui-sidebar').waitFor({ state: 'hidden' });
        }
        const clip = await this.page.evaluate<{ x: number; y: number; width: number; height: number }>(`(() => {
            const chart = document.getElementById('red-ui-workspace-chart');
            const view = chart.getBoundingClientRect();
            const boxes = [...chart.querySelectorAll('.red-ui-flow-node-group')].map((one) => one.getBoundingClientRect());
            const left = Math.max(view.left, Math.min(...boxes.map((box) => box.left)) - 20);
            const top = Math.max(view.top, Math.min(...boxes.map((box) => box.top)) - 20);
            const right = Math.min(window.innerWidth, Math.max(...boxes.map((box) => box.right)) + 20);
            const bottom = Math.min(window.innerHeight, Math.max(...boxes.map((box) => box.bottom)) + 36);
            return { x: left, y: top, width: right - left, height: bottom - top };
        })()`);
        await this.page.screenshot({ path, clip });
    }

    /** The ids of all flows, nodes and config nodes. */
    private async ids(): Promise<string[]> {
        return await this.page.evaluate('RED.nodes.createCompleteNodeSet().map((node) => node.id)');
    }

    private async newIds(before: string[]): Promise<string[]> {
        const known = JSON.stringify(before);
        const fresh = `RED.nodes.createCompleteNodeSet().map((node) => node.id).filter((id) => !${known}.includes(id))`;
        await this.page.waitForFunction(`${fresh}.length > 0`).catch(() => {});
        return await this.page.evaluate(fresh);
    }

    /** Dialogs slide in: waits until the topmost stands still, with its buttons ready. */
    private async trayOpen(ok = '#node-dialog-ok', timeout = 10_000): Promise<void> {
        await this.page.locator(ok).waitFor({ timeout });
        const stands = `(() => {
            const tray = [...document.querySelectorAll('.red-ui-tray')].pop();
            return tray && getComputedStyle(tray).right === '0px' && tray.getAnimations().length === 0;
        })()`;
        await this.page.waitForFunction(stands, undefined, { timeout });
        // Node-RED sets focus and sizes a little later, and nothing shows when it is through.
        await this.page.waitForTimeout(80);
    }

    private async traysClosed(): Promise<void> {
        await this.page.waitForFunction('!document.querySelector(".red-ui-tray")');
    }
}

async function box(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
    const found = await locator.boundingBox();
    if (!found) throw new Error(`Not visible: ${locator}`);
    return found;
}

import type { Browser } from 'playwright-core';
import should from 'should';
import { browserOrSkip } from '../browser';
import { MissiveApp } from './missive-app';
import { Panel } from './panel';
import { ScriptedEndpoint } from './scripted-endpoint';

/** The fake app, a browser and a scripted endpoint for one suite; each test opens its own panel. */
export class Stage {
    endpoint = new ScriptedEndpoint();
    readonly #panels: Panel[] = [];
    #browser: Browser | undefined;
    #app: MissiveApp | undefined;

    get app(): MissiveApp {
        if (!this.#app) throw new Error('the stage is not set yet');
        return this.#app;
    }

    get browser(): Browser {
        if (!this.#browser) throw new Error('the stage is not set yet');
        return this.#browser;
    }

    /** Opens the app with the sidebar in it. */
    async open(given: { selected?: string; before?: string; address?: string } = {}): Promise<Panel> {
        const panel = await Panel.open(this.browser, given.address ?? this.endpoint.address, given);
        this.#panels.push(panel);
        return panel;
    }

    /** Sets up before and tears down after the suite in which it is called; no test may end with an error of the page. */
    static here(): Stage {
        const stage = new Stage();
        before(async function () {
            stage.#app = await MissiveApp.start();
            stage.#browser = await browserOrSkip.call(this, stage.app.browserArgs);
        });
        beforeEach(() => {
            stage.endpoint = new ScriptedEndpoint();
            stage.app.sidebar = stage.endpoint.serve;
            stage.app.script = true;
        });
        afterEach(async () => {
            const panels = stage.#panels.splice(0);
            const errors = panels.flatMap((panel) => panel.errors);
            await Promise.all(panels.map((panel) => panel.close()));
            should(errors.filter((each) => !/status of (4|5)\d\d|ERR_(FAILED|EMPTY)|net::/.test(each))).eql([]);
        });
        after(async () => {
            await stage.#browser?.close();
            await stage.#app?.stop();
        });
        return stage;
    }
}

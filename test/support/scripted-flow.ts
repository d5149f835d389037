import { Flow } from './flow';
import { ScriptedMissive } from './scripted-missive';

/** A scripted Missive and a flow before it. */
export interface ScriptedFlow {
    readonly missive: ScriptedMissive;
    readonly flow: Flow;
    /** The account's properties that lead to this Missive; to be read inside a test. */
    readonly account: { readonly url: string };
}

/**
 * Sets up a scripted Missive for a suite and takes a flow down after each of its tests. Call it inside `describe`.
 * `answer`: what Missive says unless a test tells it otherwise.
 */
export function scriptedFlow(answer?: ScriptedMissive['otherwise']): ScriptedFlow {
    const missive = new ScriptedMissive();
    const flow = new Flow();
    let url = '';

    before(async () => {
        url = await missive.start();
    });
    after(() => missive.stop());
    beforeEach(() => {
        missive.reset();
        if (answer) missive.otherwise = answer;
    });
    afterEach(() => flow.unload());

    const account = {
        get url() {
            return url;
        },
    };
    return { missive, flow, account };
}

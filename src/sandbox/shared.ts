import type { Sandbox } from './sandbox';

const key = Symbol.for('@missive-community/node-red-missive/sandbox');

/** The one practice Missive of this process, also where the module is loaded twice; loaded when it is first asked for. */
export function sandbox(): Sandbox {
    const place = globalThis as { [key]?: Sandbox };
    place[key] ??= made();
    return place[key];
}

function made(): Sandbox {
    const { Sandbox: Practice } = require('./sandbox') as typeof import('./sandbox');
    return new Practice();
}

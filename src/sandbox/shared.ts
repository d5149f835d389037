import { Sandbox } from './sandbox';

const key = Symbol.for('@missive-community/node-red-missive/sandbox');

/** The one practice Missive of this process, also where the module is loaded twice. */
export function sandbox(): Sandbox {
    const place = globalThis as { [key]?: Sandbox };
    place[key] ??= new Sandbox();
    return place[key];
}

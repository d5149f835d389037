import { setMaxListeners } from 'node:events';

/** An end that many wait for at once: Node.js would warn of a leak where more than ten do. */
export function ending(): AbortController {
    const controller = new AbortController();
    setMaxListeners(0, controller.signal);
    return controller;
}

import type { NodeAPI } from 'node-red';

/**
 * Resolves with true when all nodes of the running deploy exist: what a node sends before that may be lost. With false
 * when it is cancelled, which a node does as it is closed.
 */
export function onceStarted(RED: NodeAPI): { readonly promise: Promise<boolean>; readonly cancel: () => void } {
    let cancel = () => {};
    const promise = new Promise<boolean>((resolve) => {
        const started = () => resolve(true);
        RED.events.once('flows:started', started);
        cancel = () => {
            RED.events.removeListener('flows:started', started);
            resolve(false);
        };
    });
    return { promise, cancel };
}

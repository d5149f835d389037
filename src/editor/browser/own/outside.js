// biome-ignore-all lint/correctness/noUnusedVariables: other files of the same script use them.
/* Where Missive reaches this Node-RED: the public base address that is set for all, else where the editor was reached, the
   path that a proxy has put in front of it included. */

const outside = { asked: undefined, base: '', prefix: '' };

/** Calls a function as soon as the runtime has said what the editor cannot know by itself. */
function whenOutsideIsKnown(show) {
    outside.asked ??= $.getJSON('missive/activity/address').then(({ base, adminRoot }) => {
        const folder = location.pathname.replace(/\/[^/]*$/, '');
        Object.assign(outside, {
            base,
            prefix: folder.endsWith(adminRoot) ? folder.slice(0, -adminRoot.length || undefined) : '',
        });
    });
    outside.asked.then(show, () => {
        outside.asked = undefined;
    });
}

/** The address of a path that HTTP nodes serve, `httpNodeRoot` included. */
const outsideAddress = (path) => (outside.base || location.origin + outside.prefix) + path;
/** The server's part of it. */
const outsideServer = () => new URL(outside.base || location.origin);

// biome-ignore-all lint/correctness/noUnusedVariables: other files of the same script use them.
/* The path of a node that Missive reaches: one of its own, below what Node-RED puts in front of it. */

const trimmedPath = (path) =>
    String(path || '')
        .trim()
        .replace(/\/{2,}/g, '/')
        .replace(/^\/|\/$/g, '');
const rootPath = () => `/${trimmedPath(RED.settings.httpNodeRoot)}/`.replace('//', '/');

function pathsOfOthers(node) {
    const taken = new Set();
    RED.nodes.eachNode((other) => {
        if (other.type === node.type && other.id !== node.id && !other.d) taken.add(trimmedPath(other.path));
    });
    return taken;
}

/** A path of its own for a new node: missive, missive-2, … */
function takeFreePath(node, first) {
    const taken = pathsOfOthers(node);
    for (let number = 1; taken.has(trimmedPath(node.path)); number++) node.path = `${first}-${number + 1}`;
}

/** The package's own paths on the editor's side: what is there never comes in. A test compares them. */
const ownPaths = /^\/missive\/(test|choices|sandbox|limiter|activity|sidebar|sidebars|fields|preview)(\/.*)?$/i;

/** A path as it is asked for: decoded, and without its dots. */
const calledPath = (path) => `/${trimmedPath(decodedPart(new URL(path, 'http://localhost').pathname))}`;

/** Whether the package keeps a path for itself, where the editor is at this server's root or below it. */
function isOwnPath(whole) {
    const root = `/${trimmedPath(typeof location === 'undefined' ? '' : location.pathname)}`.toLowerCase();
    return (
        ownPaths.test(whole) || (whole.toLowerCase().startsWith(`${root}/`) && ownPaths.test(whole.slice(root.length)))
    );
}

/** What is wrong with a path; undefined where nothing is. `isOurs` knows the paths that the package keeps for itself. */
function pathProblem(node, path, isOurs = () => false) {
    const own = trimmedPath(path);
    if (own === '') return node._('errors.pathMissing');
    if (isEnv(own)) return undefined;
    if (/[\s?#]/.test(own)) return node._('errors.pathCharacters');
    if (isOurs(calledPath(`${rootPath()}${own}`))) return node._('errors.pathOwn');
    return pathsOfOthers(node).has(own) ? node._('errors.pathTaken') : undefined;
}

/** Addresses that only this machine or its own network knows. */
const isPrivateHost = (host) =>
    /^([^.:]+|.*\.(local|localhost|lan|internal|intranet|home|home\.arpa|localdomain|test)|0\.0\.0\.0|127\..*|10\..*|169\.254\..*|192\.168\..*|172\.(1[6-9]|2\d|3[01])\..*|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\..*|\[(::1?|f[cde].*|::ffff:.*)\])\.?$/i.test(
        host,
    );

const decodedPart = (part) => {
    try {
        return decodeURI(part);
    } catch (_error) {
        return part;
    }
};

const shownPath = (path) =>
    isEnv(path)
        ? path
        : path
              .split('/')
              .map((part) => encodeURI(decodedPart(part)))
              .join('/');

function pathLabel(node) {
    return node.name || (trimmedPath(node.path) && `/${trimmedPath(node.path)}`) || node._('label');
}

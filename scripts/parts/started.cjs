// Prints which modules of dist/src run when a Node-RED starts that has no flow: the nodes register before a Node-RED that
// does nothing, and are told that the flows have started.
const { EventEmitter } = require('node:events');
const { readdirSync } = require('node:fs');
const { tmpdir } = require('node:os');
const path = require('node:path');

const dist = path.resolve(process.argv[2]);
const nothing = () => {};
const app = () => Object.fromEntries(['all', 'delete', 'get', 'post', 'put', 'use'].map((method) => [method, nothing]));
const events = new EventEmitter();
const RED = {
    nodes: { registerType: nothing, createNode: nothing, eachNode: nothing, getNode: nothing, getType: nothing },
    ...{ httpAdmin: app(), httpNode: app(), server: new EventEmitter(), events },
    hooks: { add: nothing, remove: nothing },
    auth: { needsPermission: () => nothing },
    comms: { publish: nothing },
    log: Object.fromEntries(
        ['log', 'info', 'warn', 'error', 'debug', 'trace', 'audit'].map((level) => [level, nothing]),
    ),
    settings: { userDir: tmpdir(), httpAdminRoot: '/', httpNodeRoot: '/', get: nothing },
    ...{ util: {}, plugins: { registerPlugin: nothing }, version: () => '4.0.0', _: (key) => key },
};

const nodes = path.join(dist, 'nodes');
for (const file of readdirSync(nodes).filter((each) => each.endsWith('.js'))) {
    const module = require(path.join(nodes, file));
    (module.default ?? module)(RED);
}
const flows = { config: { flows: [] }, type: 'full', diff: undefined };
for (const event of ['flows:starting', 'flows:started']) events.emit(event, flows);
process.stdout.write(JSON.stringify(require(path.join(dist, 'src/index.js')).names()));
process.exit();

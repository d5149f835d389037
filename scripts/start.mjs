// npm start: Node-RED with this package, an example flow and a practice Missive, in a user directory of its own.
// PORT (default 1880; 0 = any free one), HOST (default 127.0.0.1), `npm start -- --fresh` puts the example flow back.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const example = path.join(root, 'examples', '1 Start here', 'customer-email-to-draft.json');
const nodeRed = path.resolve(process.env.NODE_RED_DIR || path.join(root, 'node_modules', 'node-red'));
const userDir = path.resolve(process.env.NODE_RED_USER_DIR || path.join(root, '.node-red'));
const host = process.env.HOST || '127.0.0.1';
const port = Number(process.env.PORT || 1880);

if (!Number.isInteger(port) || port < 0 || port > 65535) fail(`PORT is ${process.env.PORT}: it must be 0 to 65535.`);
if (!existsSync(path.join(nodeRed, 'red.js')))
    fail(`There is no Node-RED in ${nodeRed}: run npm start, which installs it.`);
await portIsFree();

mkdirSync(userDir, { recursive: true });
const settings = writeSettings();
placeExample();

const args = ['red.js', '--userDir', userDir, '--settings', settings, '--port', String(port)];
const child = spawn(process.execPath, args, {
    cwd: nodeRed,
    // Its log is read here, so it is in English; the editor follows the browser's language.
    env: { ...process.env, LC_ALL: 'en_US.UTF-8' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
});

let output = '';
let ready = false;
for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
        if (ready) {
            process.stdout.write(text);
            return;
        }
        output += text;
        const listening = /Server now running at \S+:(\d+)/.exec(output);
        if (!listening || !/Started flows|Stopped flows|Waiting for missing types|Failed to load external/.test(output))
            return;
        ready = true;
        // All is well unless a node could not be loaded or an error was logged; then the whole story.
        if (/\[error\]|\[warn\] \[|Waiting for missing types|Failed to load external/.test(output))
            process.stdout.write(output);
        welcome(Number(listening[1]));
    });
}

let stopping = false;
child.on('error', (error) => fail(`Node-RED could not be started: ${error.message}`));
child.on('close', (code) => {
    if (stopping) process.exit(0);
    if (/port in use|EADDRINUSE/.test(output) && !ready) fail(busy());
    if (!ready) process.stderr.write(output);
    fail(`Node-RED ended by itself (${code}).`);
});
// Ctrl+C, a closed terminal, a supervisor: Node-RED stops its nodes first. A second time: at once.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
        if (stopping) child.kill('SIGKILL');
        stopping = true;
        if (child.connected) child.send('shutdown', () => {});
        setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
    });
}
process.on('exit', () => child.kill('SIGKILL'));

function welcome(actual) {
    const name = ['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
    const address = `http://${name}:${actual}`;
    console.log(`Editor:   ${address}/`);
    console.log(`Inbox:    ${address}/missive/sandbox   (a practice Missive: press "A customer writes")`);
    console.log('Then watch the flow in the editor: a contact, a task and a draft reply appear.');
}

/** The example on the first start; later what the person made of it. --fresh keeps that under another name. */
function placeExample() {
    const flows = path.join(userDir, 'flows.json');
    if (process.argv.includes('--fresh') && existsSync(flows)) {
        const now = new Date().toISOString().replace(/[:.]/g, '-');
        for (const name of ['flows', 'flows_cred']) {
            const file = path.join(userDir, `${name}.json`);
            if (existsSync(file)) renameSync(file, path.join(userDir, `before-${now}-${name}.json`));
        }
        console.log(`Your flow is kept as ${path.join(path.relative('.', userDir), `before-${now}-flows.json`)}`);
    }
    if (!existsSync(flows)) copyFileSync(example, flows);
}

/** Own file name: a settings.js in a user directory that somebody else made stays as it is. */
function writeSettings() {
    const secretFile = path.join(userDir, '.credential-secret');
    if (!existsSync(secretFile)) writeFileSync(secretFile, randomBytes(32).toString('hex'), { mode: 0o600 });
    const settings = {
        // A practice machine without a password: for this computer only.
        uiHost: host,
        flowFile: 'flows.json',
        credentialSecret: readFileSync(secretFile, 'utf8').trim(),
        nodesDir: [root],
        telemetry: { enabled: false, updateNotification: false },
        logging: { console: { level: 'info', metrics: false, audit: false } },
        // No tour in the way. The palette manager stays: whoever practises may want other nodes beside these.
        editorTheme: { tours: false },
    };
    const file = path.join(userDir, 'missive-settings.js');
    // Node-RED must not outlive a start that was killed.
    const leash = "process.on('disconnect', () => process.exit(1));";
    writeFileSync(
        file,
        `// Written anew at every npm start.\n${leash}\nmodule.exports = ${JSON.stringify(settings, null, 4)};\n`,
        {
            mode: 0o600,
        },
    );
    return file;
}

function portIsFree() {
    return new Promise((resolve) => {
        if (port === 0) return resolve();
        const probe = createServer();
        probe.once('error', (error) => {
            fail(error.code === 'EADDRINUSE' ? busy() : `Node-RED cannot listen on ${host}:${port}: ${error.message}`);
        });
        probe.listen(port, host, () => probe.close(() => resolve()));
    });
}

function busy() {
    const other = port < 65535 ? port + 1 : 1881;
    const command = process.platform === 'win32' ? `set PORT=${other}&& npm start` : `PORT=${other} npm start`;
    return `Port ${port} is in use. Stop the other program or choose another port: ${command}`;
}

function fail(sentence) {
    console.error(sentence);
    process.exit(1);
}

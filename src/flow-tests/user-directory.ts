import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unusedCoreNodes } from './core-nodes';

const packageRoot = path.resolve(__dirname, '../../..');

/** Where a flow file and what it needs lie. */
export interface Sources {
    /** The flow file. */
    readonly flows: string;
    /** Node-RED's user directory: its nodes, its settings, the key of its credentials. */
    readonly userDir: string;
}

/** A user directory of a test's own: the user's nodes, flow and credentials, and nothing that is written comes back. */
export function testDirectory({ flows, userDir }: Sources): { readonly folder: string; readonly remove: () => void } {
    const folder = mkdtempSync(path.join(tmpdir(), 'missive-test-'));
    const copy = (from: string, name: string) => existsSync(from) && copyFileSync(from, path.join(folder, name));
    copy(flows, 'flows.json');
    copy(flows.replace(/(\.json)?$/, '_cred$1'), 'flows_cred.json');
    copy(path.join(userDir, 'package.json'), 'package.json');
    if (existsSync(userDir))
        for (const name of readdirSync(userDir))
            if (/^\.config.*\.json$/.test(name)) copy(path.join(userDir, name), name);
    const modules = path.join(userDir, 'node_modules');
    // A junction, as Windows lets nobody else make links.
    if (existsSync(modules)) symlinkSync(modules, path.join(folder, 'node_modules'), 'junction');
    return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/**
 * What Node-RED is started with: the user's own settings, save what would lead out of the test. `nodeRed` is the folder
 * of its package.
 */
export function testSettings({ flows, userDir }: Sources, folder: string, nodeRed: string): Record<string, unknown> {
    const file = path.join(userDir, 'settings.js');
    const own: Record<string, unknown> = existsSync(file) ? { ...require(file) } : {};
    for (const name of [
        'adminAuth',
        'httpNodeAuth',
        'httpStaticAuth',
        'https',
        'httpsRefreshInterval',
        'storageModule',
    ])
        delete own[name];
    const installed = existsSync(path.join(folder, 'node_modules', '@missive-community', 'node-red-missive'));
    return {
        ...own,
        ...{ userDir: folder, flowFile: 'flows.json', uiHost: '127.0.0.1', readOnly: false },
        ...{ httpAdminRoot: '/', disableEditor: true, contextStorage: inMemory(own.contextStorage) },
        ...{ editorTheme: { projects: { enabled: false } }, telemetry: { enabled: false }, diagnostics: false },
        externalModules: { autoInstall: false, palette: { allowInstall: false } },
        nodesDir: [own.nodesDir ?? [], installed ? [] : packageRoot].flat(),
        nodesExcludes: [own.nodesExcludes ?? [], unusedCoreNodes(nodeRed, nodesIn(flows))].flat(),
    };
}

function nodesIn(flows: string): Readonly<Record<string, unknown>>[] {
    const nodes = JSON.parse(readFileSync(flows, 'utf8').replace(/^\uFEFF/, ''));
    return Array.isArray(nodes) ? nodes : (nodes.flows ?? []);
}

/** The same stores by name, each in memory. */
function inMemory(stores: unknown): Record<string, unknown> {
    const names = Object.keys(typeof stores === 'object' && stores !== null ? stores : {});
    return Object.fromEntries(['default', ...names].map((name) => [name, { module: 'memory' }]));
}

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import should from 'should';
import { type NodeRed, startNodeRed } from '../support/node-red';

const root = path.resolve(__dirname, '../..');
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const types = Object.keys(manifest['node-red'].nodes);

describe('the packed package, installed into an empty Node-RED', function () {
    this.timeout(180_000);
    let folder: string;
    let nodeRed: NodeRed;

    before(async () => {
        folder = mkdtempSync(path.join(tmpdir(), 'missive-packed-'));
        const npm = process.env.npm_execpath;
        const [command, first] = npm ? [process.execPath, [npm]] : ['npm', []];
        const args = [...first, 'pack', '--ignore-scripts', '--json', '--pack-destination', folder];
        const [packed] = JSON.parse(execFileSync(command, args, { cwd: root, encoding: 'utf8' }));
        nodeRed = await startNodeRed({ installed: path.join(folder, packed.filename) });
    });
    after(async () => {
        await nodeRed?.stop();
        if (folder) rmSync(folder, { recursive: true, force: true });
    });

    const get = (where: string, accept = 'application/json') =>
        fetch(`${nodeRed.adminUrl}${where}`, { headers: { accept } });

    it('offers every node, switched on and without an error', async () => {
        const sets = (await (await get('/nodes')).json()) as {
            module: string;
            types: string[];
            enabled: boolean;
            err?: unknown;
        }[];
        const ours = sets.filter(({ module }) => module === manifest.name);
        ours.flatMap((set) => set.types)
            .sort()
            .should.eql([...types].sort());
        for (const set of ours) should(set).match({ enabled: true }).and.not.have.property('err');
    });

    it('brings icon, form, help and words in English and French', async () => {
        (await get(`/icons/${manifest.name}/missive.svg`)).status.should.equal(200);
        for (const language of ['en-US', 'fr']) {
            const response = await fetch(`${nodeRed.adminUrl}/nodes`, {
                headers: { accept: 'text/html', 'accept-language': language },
            });
            const html = await response.text();
            const words = (await (await get(`/nodes/messages?lng=${language}`)).json()) as Record<string, unknown>;
            for (const type of types) {
                html.should.containEql(`data-template-name="${type}"`).and.containEql(`data-help-name="${type}"`);
                should(words).have.property(`${manifest.name}/${type}`);
            }
        }
    });

    it('lists its examples, which can be fetched', async () => {
        const list = await (await get(`/library/examples/flows/${manifest.name}/`)).json();
        should(list).containDeep(['1 Start here', 'Français']);
        (
            await get(`/library/examples/flows/${manifest.name}/1 Start here/customer-email-to-draft`)
        ).status.should.equal(200);
    });

    it('serves the practice inbox', async () => {
        const page = await (await get('/missive/sandbox', 'text/html')).text();
        page.should.containEql('<html');
        should(await (await get('/missive/sandbox/state')).json()).have.property('conversations');
    });

    it('holds only what a user needs', () => {
        const args = ['pack', '--ignore-scripts', '--json', '--dry-run'];
        const npm = process.env.npm_execpath;
        const output = npm
            ? execFileSync(process.execPath, [npm, ...args], { cwd: root, encoding: 'utf8' })
            : execFileSync('npm', args, { cwd: root, encoding: 'utf8' });
        const [{ files }] = JSON.parse(output) as [{ files: { path: string }[] }];
        const other = files.filter(
            ({ path: file }) => !/^(dist\/|examples\/|README|LICENSE|CHANGELOG|package\.json)/.test(file),
        );
        other.should.eql([]);
        files.filter(({ path: file }) => /\.spec\.|\.ts$|src\/editor\//.test(file)).should.eql([]);
    });
});

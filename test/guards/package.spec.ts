import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import should from 'should';
import { statusTexts } from '../../src/missive/errors';
import { exampleFiles, flowIn } from '../support/example-files';

const root = path.resolve(__dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const manifest = JSON.parse(read('package.json'));
const types = readdirSync(path.join(root, 'nodes'))
    .filter((file) => file.endsWith('.ts'))
    .map((file) => file.slice(0, -3));
const examples = exampleFiles.map(({ file }) => ({ file, nodes: flowIn(file) }));

describe('the package', () => {
    it('is what the contract says', () => {
        should(manifest).match({
            name: '@missive-community/node-red-missive',
            license: 'MIT',
            engines: { node: '>=20.18.1' },
            'node-red': { version: '>=4.0.0' },
        });
        should(manifest.keywords).containEql('node-red');
        should(manifest.files).containDeep(['dist', 'examples', 'README.md', 'LICENSE', 'CHANGELOG.md']);
        for (const file of ['README.md', 'LICENSE', 'CHANGELOG.md']) existsSync(path.join(root, file)).should.be.true();
    });

    it('names every node of the folder nodes, each by its built file', () => {
        const named = manifest['node-red'].nodes as Record<string, string>;
        Object.keys(named)
            .sort()
            .should.eql([...types].sort());
        for (const [type, file] of Object.entries(named)) file.should.equal(`dist/nodes/${type}.js`);
    });

    it('has an example of every node', () => {
        const used = new Set(examples.flatMap(({ nodes }) => nodes.map(({ type }) => type)));
        types.filter((type) => !used.has(type)).should.eql([]);
    });

    for (const file of ['README.md', 'README.fr.md'])
        it(`has every node, every error and every command in ${file}`, () => {
            const readme = read(file);
            const commands = ['npm start', 'npm test'];
            [...types, ...Object.keys(statusTexts), ...commands]
                .filter((word) => !readme.includes(`\`${word}`))
                .should.eql([]);
        });

    it('says as much in French as in English', () => {
        const shape = (file: string) => read(file).match(/^(#+ |\* |\| |\d\. )/gm);
        should(shape('README.fr.md')).eql(shape('README.md'));
    });

    it('has the newest version in the CHANGELOG', () => {
        read('CHANGELOG.md').should.containEql(`## ${manifest.version}`);
    });

    it('has the reference that its declarations give', () => {
        const { stderr, status } = spawnSync(process.execPath, ['scripts/reference.mjs', '--check'], { cwd: root });
        should(status).equal(0, String(stderr));
    });

    it('has its examples laid out, and in French, as the script does it', () => {
        const { stderr, status } = spawnSync(process.execPath, ['scripts/examples.mjs', '--check'], { cwd: root });
        should(status).equal(0, String(stderr));
    });

    it('gives one practice account, however many examples are imported', () => {
        const accounts = examples.flatMap(({ nodes }) => nodes.filter(({ type }) => type === 'missive-config'));
        should(new Set(accounts.map((one) => JSON.stringify(one))).size).equal(1);
        should(accounts[0]).match({ connection: 'sandbox', from: 'Harbor Bikes <shop@harborbikes.example>' });
    });

    it('gives no two nodes of its examples one id: imported beside one another, they would be one', () => {
        const ids = examples.flatMap(({ nodes }) =>
            nodes.filter(({ type }) => type !== 'missive-config').map(({ id }) => String(id)),
        );
        ids.filter((id, at) => ids.indexOf(id) !== at).should.eql([]);
    });

    it('gives each node no more wires than it has outputs', () => {
        const wrong = examples.flatMap(({ file, nodes }) =>
            nodes
                .filter(
                    ({ type, wires }) =>
                        ['change', 'inject', 'split', 'join', 'catch'].includes(String(type)) &&
                        (wires as unknown[]).length > 1,
                )
                .map(({ name }) => `${file}: ${name}`),
        );
        wrong.should.eql([]);
    });

    it('imports what is a module of the new kind only when it is used: require has not known it since Node.js 20.18', () => {
        const isNew = (name: string) => {
            const folder = path.join(root, 'node_modules', name);
            const file = require.resolve(name);
            const { type } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
            return file.endsWith('.mjs') || (type === 'module' && !file.endsWith('.cjs'));
        };
        const modern = Object.keys(manifest.dependencies).filter(isNew);
        should(modern).containEql('marked');
        const required = new RegExp(`^import (?!type\\b).* from '(${modern.join('|')})'`, 'm');
        const early = ['src', 'nodes']
            .flatMap((folder) =>
                readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
                    path.join(folder, file),
                ),
            )
            .filter((file) => file.endsWith('.ts') && required.test(readFileSync(path.join(root, file), 'utf8')));
        should(early).eql([]);
    });

    it('needs nothing that has to be compiled', () => {
        const lock = JSON.parse(read('package-lock.json')) as {
            packages: Record<string, { dev?: boolean; hasInstallScript?: boolean }>;
        };
        const shipped = Object.entries(lock.packages).filter(([name, { dev }]) => name !== '' && !dev);
        shipped
            .filter(([, { hasInstallScript }]) => hasInstallScript)
            .map(([name]) => name)
            .should.eql([]);
    });
});

describe('an example', () => {
    for (const { file, nodes } of examples) {
        it(`${file} holds no credentials, and no function node but a short one that compares a signature`, () => {
            for (const node of nodes) {
                should(node).not.have.property('credentials');
                if (node.type !== 'function') continue;
                should(file).match(/client-portal|portail-client/);
                should(node.libs).eql([{ var: 'crypto', module: 'crypto' }]);
                should(String(node.func)).containEql('timingSafeEqual');
                should(String(node.func).trim().split('\n').length).be.belowOrEqual(8);
            }
        });

        it(`${file} names what it needs of Missive, and has no id of it`, () => {
            should(JSON.stringify(nodes)).not.match(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/i);
            for (const { id } of nodes) should(id).match(/^[\da-f]{16}$/);
        });

        it(`${file} is laid out on the grid, within 1000 pixels, no node over another`, () => {
            const placed = nodes.filter(({ x }) => x !== undefined) as { x: number; y: number; name: string }[];
            for (const { x, y, name } of placed) {
                should([x % 10, y % 20]).eql([0, 0], name);
                should(x).be.below(1000);
            }
            const far = placed.every((one, at) =>
                placed.slice(at + 1).every((two) => Math.abs(one.x - two.x) >= 100 || Math.abs(one.y - two.y) >= 40),
            );
            should(far).be.true();
        });

        it(`${file} has all its wires, and every node its account`, () => {
            const ids = new Set(nodes.map(({ id }) => id));
            ids.size.should.equal(nodes.length);
            for (const { wires = [], account, type } of nodes) {
                for (const id of (wires as string[][]).flat()) ids.has(id).should.be.true();
                if (types.includes(String(type)) && type !== 'missive-config') ids.has(account).should.be.true();
            }
        });
    }
});

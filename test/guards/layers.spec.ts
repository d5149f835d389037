import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');

/** Folder → the folders of the project that its files may import from. */
const layers: Readonly<Record<string, readonly string[]>> = {
    'src/missive': ['src/missive'],
    'src/sandbox': ['src/sandbox'],
    'src/runtime': ['src/runtime', 'src/missive', 'src/sandbox'],
    'src/editor': ['src/editor', 'src/missive'],
    nodes: ['src/missive', 'src/runtime', 'src/sandbox'],
};

/** What a folder may take from another one besides. */
const exceptions: Readonly<Record<string, readonly string[]>> = {
    'src/sandbox': ['src/missive/signature'],
    'src/editor': ['src/runtime/migrations'],
};

const filesOf = (folder: string): string[] =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .map((file) => path.posix.join(folder, file.split(path.sep).join('/')));

const importsOf = (file: string): string[] =>
    [...readFileSync(path.join(root, file), 'utf8').matchAll(/from '(\.[^']+)'/g)].map(([, target]) =>
        path.posix.join(path.posix.dirname(file), String(target)),
    );

describe('the layers', () => {
    for (const [folder, allowed] of Object.entries(layers))
        it(`of ${folder} import only from ${allowed.join(', ')}`, () => {
            const wrong = filesOf(folder).flatMap((file) =>
                importsOf(file)
                    .filter((target) => !allowed.some((each) => target.startsWith(`${each}/`)))
                    .filter((target) => !exceptions[folder]?.includes(target))
                    .map((target) => `${file} imports ${target}`),
            );
            wrong.should.eql([]);
        });

    it('keep Node-RED out of src/missive and src/sandbox', () => {
        const wrong = [...filesOf('src/missive'), ...filesOf('src/sandbox')].filter((file) =>
            /from 'node-red'/.test(readFileSync(path.join(root, file), 'utf8')),
        );
        wrong.should.eql([]);
    });

    it('have no circle', () => {
        const files = Object.keys(layers).flatMap(filesOf);
        const done = new Set<string>();
        const visit = (file: string, way: readonly string[]): void => {
            if (way.includes(file)) throw new Error(`a circle: ${[...way, file].join(' → ')}`);
            if (done.has(file)) return;
            for (const target of importsOf(file))
                if (files.includes(`${target}.ts`)) visit(`${target}.ts`, [...way, file]);
            done.add(file);
        };
        for (const file of files) visit(file, []);
    });
});

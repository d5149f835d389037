import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');

/** The words that every room of `src/missive` uses. */
const facts = ['src/missive'];
const runtime = ['src/runtime', 'src/missive/*', 'src/sandbox/*'];

/**
 * Room (a folder; the folders inside it belong to it unless they stand here too) → the rooms that its files may import
 * from, besides itself. `folder/*` is a folder with all that is in it. A room may only name rooms that stand before it.
 */
const rooms: Readonly<Record<string, readonly string[]>> = {
    'src/missive': [],
    'src/missive/reading': facts,
    'src/missive/operations': [...facts, 'src/missive/reading'],
    'src/missive/limits': facts,
    'src/missive/lists': [...facts, 'src/missive/operations'],
    'src/missive/files': [...facts, 'src/missive/reading', 'src/missive/operations'],
    'src/missive/saves': [...facts, 'src/missive/operations'],
    'src/missive/names': [...facts, 'src/missive/reading', 'src/missive/operations', 'src/missive/lists'],
    'src/missive/contacts': [...facts, 'src/missive/reading', 'src/missive/operations', 'src/missive/lists'],
    'src/missive/content': [...facts, 'src/missive/operations', 'src/missive/lists'],
    'src/missive/events': [
        ...facts,
        'src/missive/reading',
        'src/missive/operations',
        'src/missive/lists',
        'src/missive/names',
    ],
    'src/missive/guard': [...facts, 'src/missive/reading'],
    'src/missive/wire': [
        ...facts,
        'src/missive/limits',
        'src/missive/files',
        'src/missive/events',
        'src/missive/guard',
    ],
    'src/missive/cards': [...facts, 'src/missive/operations', 'src/missive/content'],

    'src/sandbox/manners': [],
    'src/sandbox/data': ['src/sandbox/manners'],
    'src/sandbox/views': ['src/sandbox/manners', 'src/sandbox/data'],
    'src/sandbox/events': ['src/sandbox/manners', 'src/sandbox/data', 'src/sandbox/views'],
    'src/sandbox/things': ['src/sandbox/manners', 'src/sandbox/data', 'src/sandbox/views', 'src/sandbox/events'],
    'src/sandbox/agent': [
        'src/sandbox/manners',
        'src/sandbox/data',
        'src/sandbox/views',
        'src/sandbox/events',
        'src/sandbox/things',
    ],
    'src/sandbox/practice': ['src/sandbox/manners', 'src/sandbox/data', 'src/sandbox/views', 'src/sandbox/events'],
    'src/sandbox/stands': ['src/sandbox/manners', 'src/sandbox/data'],
    'src/sandbox': ['src/sandbox/*'],

    'src/runtime': ['src/missive/*', 'src/sandbox/*'],
    'src/runtime/redis': runtime,
    'src/runtime/activity': [...runtime, 'src/runtime/redis'],
    'src/runtime/language': runtime,
    'src/runtime/recorded': runtime,
    'src/runtime/operations': [...runtime, 'src/runtime/language', 'src/runtime/recorded'],
    'src/runtime/inbox': [...runtime, 'src/runtime/redis'],
    'src/runtime/rules': [...runtime, 'src/runtime/language', 'src/runtime/redis', 'src/runtime/operations'],
    'src/runtime/webhooks/memory': [...runtime, 'src/runtime/language', 'src/runtime/redis', 'src/runtime/inbox'],
    'src/runtime/webhooks': [
        ...runtime,
        'src/runtime/redis',
        'src/runtime/activity',
        'src/runtime/inbox',
        'src/runtime/rules',
        'src/runtime/webhooks/memory',
    ],
    'src/runtime/watch': [
        ...runtime,
        'src/runtime/redis',
        'src/runtime/inbox',
        'src/runtime/operations',
        'src/runtime/recorded',
    ],
    'src/runtime/guard': [...runtime, 'src/runtime/redis', 'src/runtime/inbox'],
    'src/runtime/sidebar/page': runtime,
    'src/runtime/sidebar': [...runtime, 'src/runtime/operations', 'src/runtime/sidebar/page'],
    'src/runtime/accounts': [...runtime, 'src/runtime/redis', 'src/runtime/guard', 'src/runtime/activity'],
    'src/runtime/troubles': [...runtime, 'src/runtime/activity', 'src/runtime/webhooks'],
    'src/runtime/preview': [...runtime, 'src/runtime/operations', 'src/runtime/guard'],
    'src/runtime/admin': [
        ...runtime,
        'src/runtime/language',
        'src/runtime/troubles',
        'src/runtime/activity',
        'src/runtime/inbox',
        'src/runtime/recorded',
        'src/runtime/operations',
        'src/runtime/preview',
        'src/runtime/webhooks',
        'src/runtime/sidebar/page',
        'src/runtime/sidebar',
    ],

    'src/flow-tests': ['src/missive/events', 'src/runtime', 'src/sandbox/*'],
    'src/editor': ['src/missive', 'src/missive/operations', 'src/missive/names'],
    'nodes/forms': ['src/editor', 'src/missive/operations', 'src/missive/lists', 'src/missive/cards'],
    nodes: ['src/missive/*', 'src/runtime/*', 'src/sandbox/*'],
};

/** What a room may take from another one besides: single files. */
const exceptions: Readonly<Record<string, readonly string[]>> = {
    'src/sandbox/events': ['src/missive/events/signature'],
    'src/flow-tests': ['src/missive/events', 'src/runtime', 'src/sandbox/*'],
    'src/editor': ['src/runtime/migrations'],
};

/** Folders with more than this many files are two rooms. */
const crowd = 16;

const folders = (folder: string): string[] => [
    folder,
    ...readdirSync(path.join(root, folder), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .flatMap((entry) => folders(path.posix.join(folder, entry.name))),
];

const sourcesIn = (folder: string): string[] =>
    readdirSync(path.join(root, folder))
        .filter((file) => file.endsWith('.ts'))
        .map((file) => path.posix.join(folder, file));

const everything = ['src', 'nodes'].flatMap(folders).flatMap(sourcesIn);

/** The room that a file (with or without its ending) is in: the nearest folder of the table. */
function roomOf(file: string): string {
    for (let folder = path.posix.dirname(file); folder !== '.'; folder = path.posix.dirname(folder))
        if (folder in rooms) return folder;
    throw new Error(`${file} is in no room: give its folder a line in the table of rooms`);
}

const importsOf = (file: string): string[] =>
    [...readFileSync(path.join(root, file), 'utf8').matchAll(/(?:from |import\(|require\()'(\.[^']+)'/g)].map(
        ([, target]) => path.posix.join(path.posix.dirname(file), String(target)),
    );

function mayImport(room: string, target: string): boolean {
    const other = roomOf(target);
    if (other === room || exceptions[room]?.includes(target)) return true;
    return (rooms[room] ?? []).some((each) =>
        each.endsWith('/*') ? `${other}/`.startsWith(each.slice(0, -1)) : each === other,
    );
}

describe('the rooms', () => {
    for (const room of Object.keys(rooms))
        it(`${room} imports only from rooms before it`, () => {
            const wrong = everything
                .filter((file) => roomOf(file) === room)
                .flatMap((file) =>
                    importsOf(file)
                        .filter((target) => !mayImport(room, target))
                        .map((target) => `${file} imports ${target}`),
                );
            wrong.should.eql([]);
        });

    it('stand in an order in which no arrow runs back', () => {
        const order = Object.keys(rooms);
        const back = Object.entries(rooms).flatMap(([room, allowed]) =>
            allowed
                .flatMap((each) =>
                    each.endsWith('/*') ? order.filter((o) => `${o}/`.startsWith(each.slice(0, -1))) : [each],
                )
                .filter((each) => each !== room && order.indexOf(each) >= order.indexOf(room))
                .map((each) => `${room} may import ${each}, which stands after it`),
        );
        back.should.eql([]);
    });

    it('exist, each with a file', () => {
        for (const room of Object.keys(rooms)) everything.some((file) => roomOf(file) === room).should.be.true(room);
    });

    it(`hold at most ${crowd} files`, () => {
        const crowded = folders('src')
            .map((folder) => [folder, sourcesIn(folder).length] as const)
            .filter(([, files]) => files > crowd);
        crowded.should.eql([]);
    });

    it('keep Node-RED out of src/missive and src/sandbox', () => {
        const wrong = everything
            .filter((file) => /^src\/(missive|sandbox)\//.test(file))
            .filter((file) => /from 'node-red'/.test(readFileSync(path.join(root, file), 'utf8')));
        wrong.should.eql([]);
    });

    it('have no circle of files', () => {
        const done = new Set<string>();
        const visit = (file: string, way: readonly string[]): void => {
            if (way.includes(file)) throw new Error(`a circle: ${[...way, file].join(' → ')}`);
            if (done.has(file)) return;
            for (const target of importsOf(file))
                if (everything.includes(`${target}.ts`)) visit(`${target}.ts`, [...way, file]);
            done.add(file);
        };
        for (const file of everything) visit(file, []);
    });
});

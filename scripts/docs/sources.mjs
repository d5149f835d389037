// What the site is made of: the chapters of the READMEs and of the reference, the examples, the package.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const read = (file) => readFileSync(path.join(root, file), 'utf8');
export const about = JSON.parse(read('package.json'));
export const repository = about.repository.url.replace(/^git\+/, '').replace(/\.git$/, '');

/** The languages of the site: `folder` is where its pages are, `base` what their addresses begin with. */
export const languages = [
    { key: 'en', folder: '', base: '/', readme: 'README.md', reference: 'docs/reference.md' },
    { key: 'fr', folder: 'fr', base: '/fr/', readme: 'README.fr.md', reference: 'docs/reference.fr.md' },
];

const slug = (title) =>
    title
        .toLowerCase()
        .replace(/[’']/g, '')
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-|-$/g, '');

/** The parts of a Markdown text below its `##` headings. */
function chaptersOf(text) {
    return text
        .split(/^## /m)
        .slice(1)
        .map((part) => {
            const end = part.indexOf('\n');
            return { title: part.slice(0, end).trim(), text: part.slice(end + 1).trim() };
        });
}

/** The chapters of a README: `name` is that of the English heading at the same place, in every language. */
export function readme({ readme }) {
    const names = chaptersOf(read('README.md')).map(({ title }) => slug(title));
    return chaptersOf(read(readme)).map((chapter, at) => ({ ...chapter, name: names[at] ?? slug(chapter.title) }));
}

/** What a README says before its first chapter. */
export const opening = ({ readme }) => {
    const text = read(readme).split(/^## /m)[0] ?? '';
    return { title: text.split('\n')[0].replace(/^# /, ''), text: text.split('\n').slice(1).join('\n').trim() };
};

/** The chapters of the reference: one for each node type. */
export const reference = ({ reference }) =>
    chaptersOf(read(reference)).map(({ title, text }) => {
        const [, type, label] = /<a id="([^"]+)"><\/a>(.*?) · /.exec(title);
        return { type, label, text };
    });

/** The examples of a language: `folder`, `file` from `examples/` on, `name`, `title`, `info`, `notes`, and the flow's `json`. */
export function examples({ key }) {
    const top = path.join(root, 'examples');
    const folders =
        key === 'fr' ? readdirSync(path.join(top, 'Français')).map((name) => `Français/${name}`) : readdirSync(top);
    return folders
        .filter((folder) => folder !== 'Français')
        .sort()
        .flatMap((folder) =>
            readdirSync(path.join(top, folder))
                .filter((file) => file.endsWith('.json'))
                .sort()
                .map((file) => {
                    const nodes = JSON.parse(readFileSync(path.join(top, folder, file), 'utf8'));
                    const tab = nodes.find(({ type }) => type === 'tab') ?? {};
                    return {
                        folder: path.posix.basename(folder).replace(/^\d+ /, ''),
                        page: slug(englishFolder(folder)),
                        ...{
                            file: `${folder}/${file}`,
                            name: file.slice(0, -5),
                            title: tab.label ?? file.slice(0, -5),
                        },
                        info: (tab.info ?? '').replace(/\[[^\]]*\]\(missive\/sandbox\)\.?/g, '').trim(),
                        types: [...new Set(nodes.map(({ type }) => type))],
                        json: JSON.stringify(nodes),
                    };
                }),
        );
}

/** The English folder that stands at the number of this one. */
function englishFolder(folder) {
    const number = /(?:^|\/)(\d+) /.exec(folder)?.[1];
    const names = readdirSync(path.join(root, 'examples'));
    return (names.find((name) => number !== undefined && name.startsWith(`${number} `)) ?? folder).replace(/^\d+ /, '');
}

/** The codes of the errors, as `src/missive/errors.ts` lists them. */
export const errorCodes = () => [...new Set(read('src/missive/errors.ts').match(/ERR_MISSIVE_[A-Z_]+/g))];

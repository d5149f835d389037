// The pages of the site in one language, its side bars and its menu.
import path from 'node:path';
import { errorCodes, examples, opening, read, readme, reference, repository } from './sources.mjs';
import { words } from './words.mjs';

/** Text that Vue leaves alone: README and help may hold `{{ … }}`. */
const still = (text) => `::: v-pre\n${text}\n:::\n`;
const page = (title, text, front = {}) =>
    `---\n${Object.entries({ title, ...front })
        .map(([key, value]) => `${key}: ${JSON.stringify(value)}`)
        .join('\n')}\n---\n\n# ${title}\n\n${text}\n`;

const changelog = read('CHANGELOG.md').replace(/^# .*\n/, '');

/** Links of the repository's files as links of the site. */
function linked(text, { base }) {
    return text
        .replace(/\]\(docs\/reference(?:\.fr)?\.md#([\w-]+)\)/g, `](${base}nodes/$1)`)
        .replace(/\]\(docs\/reference(?:\.fr)?\.md\)/g, `](${base}nodes/)`)
        .replace(/\]\(README\.fr\.md\)/g, '](/fr/)')
        .replace(/\]\(README\.md\)/g, '](/)')
        .replace(/\]\(CHANGELOG\.md\)/g, `](${base}changes)`)
        .replace(/\]\(docs\/([\w.-]+\.png)\)/g, '](/pictures/$1)')
        .replace(/\]\((?!https?:|\/|#|mailto:)([^)]+)\)/g, (_, file) => `](${repository}/blob/main/${file})`);
}

/** Everything of a language. `shown` has the pictures there are. */
export function pagesOf(language, shown) {
    const { key, base } = language;
    const say = words[key];
    const chapters = readme(language);
    const nodes = reference(language);
    const flows = examples(language);
    const folders = [...new Map(flows.map(({ page, folder }) => [page, folder]))];
    const start = opening(language);
    const pages = [
        { file: 'index.md', text: home(language, start, say) },
        ...chapters.map(({ name, title, text }) => ({
            file: `guide/${name}.md`,
            text: page(
                title,
                `${still(linked(text, language))}${name === 'a-first-flow' ? steps(shown, key, say) : ''}`,
            ),
        })),
        {
            file: 'nodes/index.md',
            text: page(
                say.allNodes,
                nodes.map(({ type, label }) => `* [${label}](${base}nodes/${type}) · \`${type}\``).join('\n'),
            ),
        },
        ...nodes.map(({ type, label, text }) => ({
            file: `nodes/${type}.md`,
            text: page(
                label,
                `\`${type}\`\n\n<div class="help" v-pre>\n\n${text}\n\n</div>${usedIn(flows, type, base, say)}`,
            ),
        })),
        ...folders.map(([name, folder]) => ({
            file: `examples/${name}.md`,
            text: page(
                folder,
                `${say.intro}\n\n${flows
                    .filter((flow) => flow.page === name)
                    .map((flow) => example(flow, shown, say))
                    .join('\n')}`,
            ),
        })),
        {
            file: 'card.md',
            text: page(say.card, `${read(written('card', key))}\n<CardPreview lang="${key}" />\n`, { aside: false }),
        },
        { file: 'troubles.md', text: page(say.troubles, still(troubles(key))) },
        { file: 'changes.md', text: page(say.changes, still(linked(changelog, language))) },
    ];
    const item = (text, link) => ({ text, link: `${base}${link}` });
    const guide = { text: say.guide, items: chapters.map(({ name, title }) => item(title, `guide/${name}`)) };
    const sidebar = [
        guide,
        { text: say.examples, items: folders.map(([name, folder]) => item(folder, `examples/${name}`)) },
        {
            text: say.more,
            items: [
                item(say.card, 'card'),
                item(say.troubles, 'troubles'),
                item(say.changes, 'changes'),
                { text: 'llms.txt', link: '/llms.txt', target: '_blank' },
            ],
        },
        {
            text: say.nodes,
            collapsed: true,
            items: [item(say.allNodes, 'nodes/'), ...nodes.map(({ type, label }) => item(label, `nodes/${type}`))],
        },
    ];
    const nav = [
        item(say.guide, `guide/${chapters.find(({ name }) => name === 'a-first-flow')?.name ?? chapters[0].name}`),
        item(say.nodes, 'nodes/'),
        item(say.examples, `examples/${folders[0][0]}`),
        item(say.troubles, 'troubles'),
    ];
    return { pages, sidebar, nav };
}

const written = (name, key) => `docs/source/written/${name}.${key}.md`;

function home(language, { title, text }, say) {
    const { base } = language;
    const paragraphs = text.split(/\n\n/);
    const tagline = paragraphs[0].replace(/\n/g, ' ').replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
    const front = {
        layout: 'home',
        title,
        hero: {
            ...{ name: title, tagline, image: { src: '/missive.svg', alt: '' } },
            actions: [
                { theme: 'brand', text: say.guide, link: `${base}guide/a-first-flow` },
                { theme: 'alt', text: say.examples, link: `${base}examples/start-here` },
                { theme: 'alt', text: say.nodes, link: `${base}nodes/` },
            ],
        },
    };
    const rest = paragraphs.slice(1).filter((paragraph) => !/^\*(?:Also|Aussi)/.test(paragraph));
    return `---\n${JSON.stringify(front)}\n---\n\n${linked(rest.join('\n\n'), language)}\n\n${table(language)}\n`;
}

/** The README's table of the nodes, each with its link. */
function table(language) {
    const chapter = readme(language).find(({ name }) => name === 'the-nodes');
    const rows = (chapter?.text ?? '').split('\n').filter((line) => line.startsWith('|'));
    return rows
        .map((row) => row.replace(/`(missive-[a-z-]+)`/, (_, type) => `[\`${type}\`](${language.base}nodes/${type})`))
        .join('\n');
}

function example({ title, info, name, types, file, json }, shown, say) {
    const picture = shown.files.has(`${name}.png`)
        ? `<img class="flow" src="/pictures/${name}.png" alt="${escaped(say.picture(title))}" loading="lazy">\n\n`
        : '';
    const ours = types.filter((type) => type.startsWith('missive-') && type !== 'missive-config');
    return [
        `## ${title} {#${name}}\n`,
        `<div v-pre>\n\n${info.replace(/\]\((?!https?:)[^)]*\)/g, ']').replace(/\[([^\]]*)\](?!\()/g, '$1')}\n\n</div>\n`,
        picture,
        `<ImportFlow file="${escaped(path.posix.basename(file))}" flow="${Buffer.from(json).toString('base64')}" />\n`,
        `${say.uses} ${ours.map((type) => `\`${type}\``).join(', ')}\n`,
    ].join('\n');
}

const escaped = (text) => text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;');

function usedIn(flows, type, base, say) {
    const found = flows.filter(({ types }) => types.includes(type)).slice(0, 8);
    if (found.length === 0 || type === 'missive-config') return '\n';
    const links = found.map(({ title, page, name }) => `* [${title}](${base}examples/${page}#${name})`);
    return `\n\n## ${say.examples}\n\n${links.join('\n')}\n`;
}

/** The pictures that the browser test of the first flow made, in the order of its steps. */
function steps(shown, key, say) {
    const own = [...shown.files].filter((file) => file.startsWith(`first-flow-${key}-`)).sort();
    if (own.length === 0) return '';
    return `\n## ${say.firstFlow}\n\n${own
        .map((file) => ({ file, number: /-(\d+)\.png$/.exec(file)?.[1] ?? '' }))
        .map(({ file, number }) => `![${say.step(Number(number))}](/pictures/${file})\n\n*${say.step(Number(number))}*`)
        .join('\n\n')}\n`;
}

/** The page of troubles: each code of an error has its part there. */
function troubles(key) {
    const text = read(written('troubles', key));
    const missing = errorCodes().filter((code) => !text.includes(`## \`${code}\``));
    if (missing.length > 0) throw new Error(`${written('troubles', key)} says nothing of ${missing.join(', ')}`);
    return text;
}

// npm run reference: writes docs/reference.md and docs/reference.fr.md from the built help, which comes from the declarations.
// With --check it writes nothing and fails where a file is out of date.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { wholeHelp } from './whole-help.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const read = (file) => readFileSync(path.join(root, file), 'utf8');

/** The reference of a language: its file, its words, the folder of its help. */
const references = [
    {
        file: 'docs/reference.md',
        language: 'en-US',
        title: 'Reference',
        intro: 'Every node, every field: what it takes, its rules, and an example. The same stands in the editor’s help. Made from the declarations in `nodes/` by `npm run reference`.',
    },
    {
        file: 'docs/reference.fr.md',
        language: 'fr',
        title: 'Référence',
        intro: 'Chaque nœud, chaque champ : ce qu’il accepte, ses règles, et un exemple. L’aide de l’éditeur dit la même chose. Produit à partir des déclarations de `nodes/` par `npm run reference`.',
    },
];

/** The text of a reference, out of dist/. */
function referenceOf({ language, title, intro }) {
    const types = Object.keys(JSON.parse(read('package.json'))['node-red'].nodes);
    const chapters = types.map((type) => {
        const label = JSON.parse(read(`dist/nodes/locales/${language}/${type}.json`)).label ?? type;
        return { type, label, help: helpOf(wholeHelp(type, language)) };
    });
    const contents = chapters.map(({ type, label }) => `* [${label}](#${type})`).join('\n');
    const texts = chapters.map(({ type, label, help }) => `## <a id="${type}"></a>${label} · \`${type}\`\n\n${help}\n`);
    return `# ${title}\n\n${intro}\n\n${contents}\n\n${texts.join('\n')}`;
}

/** Help as Markdown shows it: without its looks. */
const helpOf = (html) =>
    html
        .replace(/ <button[\s\S]*?<\/button>|<i class="missive-help" hidden><\/i>/g, '')
        .replace(/ (class|style)="[^"]*"/g, '')
        .replace(/<span>([^<]*)<\/span>/g, '<i>$1</i>')
        .split('\n')
        .map((line) => line.trimStart())
        .filter((line) => line !== '')
        .join('\n');

for (const reference of references) {
    const text = referenceOf(reference);
    if (!process.argv.includes('--check')) writeFileSync(path.join(root, reference.file), text);
    else if (read(reference.file) !== text) {
        console.error(`${reference.file} is out of date: npm run reference`);
        process.exitCode = 1;
    }
}

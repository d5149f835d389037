import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { french as words } from '../../src/editor/words-fr';
import { parts, sentences } from '../../src/runtime/language/catalogue';
import { patternOf } from '../../src/runtime/language/pattern';
import { sentencesIn } from '../support/sentences';

const french = { ...sentences, ...parts };
const folder = path.resolve(__dirname, '../../nodes/locales/fr');
const catalogues = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file): unknown => JSON.parse(readFileSync(path.join(folder, file), 'utf8')));

const forms = path.resolve(__dirname, '../../nodes/forms');
/** What a node says that it has done stands in its own catalogue: `says.did` of its form, which the build translates. */
const did = readdirSync(forms).flatMap((file) =>
    Object.values<string>(require(path.join(forms, file)).default.says?.did ?? {}),
);

/** What a node's status says is translated by the editor, from the catalogue of the node. */
const statuses = new Set([...Object.keys(words.status), ...catalogues.flatMap(statusesIn), ...did]);

/** Texts that nobody reads: keys of what is compared, headers, mistakes in a declaration. */
const unread: readonly RegExp[] = [
    /^(?:address|number|domain|id|email|phone_number|twitter|custom|physical_address|Bearer|subflow:?|key:|body:|replay:) ?\{1\}/,
    /^(?:too (?:slow|large|many)|cut off|Too late|private address|link in|Canned response|no value: \{1\}|missive copy)$/,
    /^return redis/,
    /^(?:default-src|no-store|public, max-age)|has no (?:field|resources)|the property .* is taken|the kinds differ/,
    /__\w+__|^(?:not|perhaps) delivered$/,
];

/** A template with an example in it is found by the one that leaves the example out. */
const general = Object.entries(french)
    .map(patternOf)
    .filter(({ own }) => own > 10);

const isKnown = (text: string): boolean =>
    text in french ||
    statuses.has(text) ||
    general.some(({ shape }) => shape.test(text)) ||
    unread.some((each) => each.test(text));

describe('What the runtime says to people', () => {
    it('has French for each sentence', function () {
        this.timeout(120_000);
        const missing = sentencesIn((file) => /^(?:src\/(?:missive|runtime)|nodes\/missive)[^.]*\.ts$/.test(file))
            .filter(
                ({ where }) => !/\/language\/|-scripts|\/sidebar\/page\/|\/redis\/|editor-paths|safe-html/.test(where),
            )
            .filter(({ text }) => !isKnown(text))
            .map(({ where, text }) => `${where}: ${text}`);
        missing.should.eql([], 'src/runtime/language/french has no French for these');
    });

    it('has the same gaps in both languages', () => {
        const gaps = (text: string) => (text.match(/\{\d\}/g) ?? []).sort().join();
        for (const [english, said] of Object.entries(french)) gaps(said).should.equal(gaps(english), english);
    });

    it('calls a field what its form calls it', () => {
        const labels = new Set(catalogues.flatMap(labelsIn));
        for (const [english, said] of Object.entries(sentences))
            for (const [, key = ''] of english.matchAll(/[A-Z][A-Za-z, -]* \(([a-z]+(?:_[a-z]+)*)\)/g)) {
                const before = said.slice(0, Math.max(0, said.indexOf(`(${key})`) - 1));
                [...labels]
                    .some((label) => before.endsWith(label))
                    .should.equal(true, `${english} → (${key}): ${said}`);
            }
    });
});

function statusesIn(catalogue: unknown): string[] {
    return Object.keys((catalogue as { status?: object }).status ?? {});
}

function labelsIn(value: unknown): string[] {
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([key, each]) =>
        key === 'label' && typeof each === 'string' ? [each] : labelsIn(each),
    );
}

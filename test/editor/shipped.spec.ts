import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import should from 'should';
import { rowsOf } from '../../src/editor/described';
import { languages } from '../../src/editor/words';
import { uuid } from '../../src/missive/operations/uuid';
import { currentVersion } from '../../src/runtime/migrations';
import type { OperationModule } from '../../src/runtime/operations/operation-node';
import { type Definition, keysIn, pageOf, scriptsIn, shownIn, textAt } from './page';

const root = path.resolve(__dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const shipped: Record<string, string> = JSON.parse(read('package.json'))['node-red'].nodes;

/** The dotted keys of a catalogue's texts. */
const keysOf = (value: unknown, before = ''): string[] =>
    typeof value === 'string'
        ? [before]
        : Object.entries(value as object).flatMap(([key, each]) =>
              keysOf(each, before === '' ? key : `${before}.${key}`),
          );

/** The icon of the palette's entry, which is no node. */
const iconOf = ({ icon }: Definition): string => (typeof icon === 'string' ? icon : icon.call(undefined));

describe('editor: what ships', () => {
    const icons = new Map<string, string>();

    it('takes the same for an id as the runtime', () => {
        read('src/editor/browser/choices.js').should.containEql(String(uuid));
    });

    for (const [type, file] of Object.entries(shipped))
        describe(type, () => {
            const beside = (name: string) => path.join(path.dirname(file), name);
            const html = () => read(beside(`${type}.html`));
            const catalogue = (language: string): unknown =>
                JSON.parse(read(beside(`locales/${language}/${type}.json`)));
            const definition = () => {
                const { registered } = pageOf(html(), catalogue(languages[0]));
                registered.map((each) => each.type).should.eql([type]);
                const [entry] = registered;
                if (!entry) throw new Error(`${type}.html registers nothing`);
                return entry.definition;
            };

            it('has its module, its html and its icon', () => {
                path.basename(file).should.equal(`${type}.js`);
                for (const each of [file, beside(`${type}.html`), beside(`icons/${iconOf(definition())}`)])
                    should(existsSync(path.join(root, each))).be.true(`${each} is missing: run npm run build`);
            });

            it('has an icon that no other node has', () => {
                const mine = iconOf(definition());
                if (type === 'missive-config') return;
                icons.has(mine).should.be.false(`${mine} is that of ${icons.get(mine)}`);
                icons.set(mine, type);
            });

            it('registers its type by a literal in an inline script', () => {
                scriptsIn(html()).join('\n').should.containEql(`RED.nodes.registerType('${type}', {`);
                html().should.not.match(/<script[^>]* src=/);
            });

            it('is stored with the version of today', () => {
                should(definition().defaults.version).match({ value: currentVersion });
            });

            it('edits only what it stores', () => {
                const { defaults, credentials = {} } = definition();
                for (const property of shownIn(html()))
                    should(property in defaults || property in credentials).be.true(property);
            });

            it('shows a real value in each blank box that a new node offers to type in', () => {
                const { operation } = require(path.join(root, 'nodes', type)) as Partial<OperationModule>;
                if (!operation) return;
                const typed = rowsOf(operation).filter(
                    ([, { kind, common, commonIn, required, requiredBy }]) =>
                        ['text', 'long', 'number', 'addresses'].includes(String(kind)) &&
                        (common || commonIn || required || requiredBy),
                );
                should(typed.filter(([, { sample, placeholder }]) => !sample && !placeholder)).eql([]);
            });

            for (const language of languages) {
                it(`has each of its words in ${language}`, () => {
                    const words = catalogue(language);
                    keysIn(html())
                        .filter((key) => textAt(words, key) === undefined)
                        .should.eql([]);
                });

                it(`has help in ${language} that begins with a paragraph`, () => {
                    const help = read(beside(`locales/${language}/${type}.html`));
                    help.trim().should.match(
                        new RegExp(`^<script type="text/html" data-help-name="${type}">\\s*<p>[^<]{10,}`),
                    );
                    help.split('<p>').length.should.equal(help.split('</p>').length);
                    help.split('<dd>').length.should.equal(help.split('</dd>').length);
                });
            }

            it('says the same things in every language', () => {
                const [first = [], ...others] = languages.map((language) => keysOf(catalogue(language)).sort());
                for (const each of others) each.should.eql(first);
            });
        });
});

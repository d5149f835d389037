import { existsSync } from 'node:fs';
import path from 'node:path';
import should from 'should';
import { languages } from '../../src/editor/words';
import { operationsOf } from '../../src/missive/operations/family';
import { examplesOf } from '../../src/runtime/admin/examples';
import type { OperationModule } from '../../src/runtime/operations/operation-node';

const root = path.resolve(__dirname, '../..');
const types: string[] = Object.keys(require(path.join(root, 'package.json'))['node-red'].nodes);
const operation = (type: string) =>
    (require(path.join(root, 'nodes', type)).default as Partial<OperationModule>)?.operation;
const brings = (type: string): readonly string[] | undefined => {
    const file = path.join(root, 'nodes/forms', `${type}.ts`);
    return existsSync(file) ? require(file).default.brings : undefined;
};

/** The paths that have a button, in a node's whole help. */
async function copied(type: string, language: string): Promise<string[]> {
    const { wholeHelp } = (await import(path.join(root, 'scripts/whole-help.mjs'))) as {
        wholeHelp(type: string, language: string): string;
    };
    const lines = wholeHelp(type, language).matchAll(/<dt>msg\.(\S+)[^\n]*<button[^\n]* data-path="([^"]*)"/g);
    return [...lines].map(([, shown = '', path = '']) => {
        should(path).equal(shown);
        return path;
    });
}

describe('the help lists what comes out, each path with a button that copies it', () => {
    before(function () {
        if (!existsSync(path.join(root, 'dist/nodes/missive-config.html'))) this.skip();
    });

    for (const type of types) {
        const op = operation(type);
        if (op)
            for (const language of languages)
                it(`of ${type} in ${language}, as its declaration has it`, async () => {
                    const paths = await copied(type, language);
                    for (const { op: each } of operationsOf(op)) {
                        const { output } = each.example;
                        const [start, row] = Array.isArray(output) ? ['payload[0].', output[0]] : ['payload.', output];
                        for (const key of Object.keys(row as object))
                            should(paths.some((path) => path.startsWith(start + key))).be.true(start + key);
                        if (each.pages) should(paths).containEql('missive.pages');
                    }
                    should(paths).containDeep(['missive.method', 'missive.path', 'missive.status', 'missive.waited']);
                });
        const all = brings(type);
        if (all)
            for (const language of languages)
                it(`of ${type} in ${language}, as its form has it`, async () => {
                    should(await copied(type, language)).eql([...all]);
                });
    }

    it('and what webhook in and sidebar in bring is in a message of theirs', () => {
        const mayLack =
            /^(missive\.(delivery|redelivered|changed|own|missed|replayed|events)|payload\.(action|values|keep|contact\.phone_number))$/;
        for (const type of ['missive-webhook-in', 'missive-sidebar-in']) {
            const messages = examplesOf(type, { events: ['incoming_email', 'new_comment'] }).map(({ msg }) => msg);
            const has = (path: string) =>
                messages.some((msg) =>
                    path
                        .split('.')
                        .every(
                            (_, place, keys) =>
                                keys.slice(0, place + 1).reduce<unknown>((at, key) => Object(at)[key], msg) !==
                                undefined,
                        ),
                );
            should((brings(type) ?? []).filter((path) => !mayLack.test(path) && !has(path))).eql([]);
        }
    });

    it('and what the upsert and the report add is named', async () => {
        should(await copied('missive-upsert-contact', 'fr')).containEql('missive.action');
        should(await copied('missive-report', 'en-US')).containEql('missive.days');
    });
});

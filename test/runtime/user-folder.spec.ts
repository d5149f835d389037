import 'should';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { NodeAPI } from 'node-red';
import { fileOf } from '../../src/runtime/user-folder';

describe("a node's files", () => {
    let userDir: string;
    let activeProject: string | undefined;
    const RED = (enabled = true) =>
        ({
            settings: { userDir, editorTheme: { projects: { enabled } }, get: () => ({ activeProject }) },
        }) as unknown as NodeAPI;

    beforeEach(() => {
        userDir = mkdtempSync(path.join(tmpdir(), 'missive-folder-'));
        mkdirSync(path.join(userDir, 'missive'));
    });
    afterEach(() => rmSync(userDir, { recursive: true }));

    it('lie in the folder missive; those of projects with the same node ids apart', () => {
        fileOf(RED(false), 'inbox', 'a*/b').should.equal(path.join(userDir, 'missive', 'inbox-a%2A%2Fb.log'));
        activeProject = 'test';
        const test = fileOf(RED(), 'inbox', 'n');
        activeProject = '../production';
        const production = fileOf(RED(), 'inbox', 'n');
        test.should.equal(path.join(userDir, 'missive', 'project-test', 'inbox-n.log'));
        production.should.equal(path.join(userDir, 'missive', 'project-..%2Fproduction', 'inbox-n.log'));
    });

    it('of two nodes whose long ids begin alike are two', () => {
        const ids = ['a', 'b'].map((end) => `${'instance-of-a-subflow-'.repeat(9)}${end}`);
        const [one = '', two = ''] = ids.map((id) => fileOf(RED(false), 'inbox', id));
        one.should.not.equal(two);
        path.basename(one).length.should.be.below(200);
    });

    it('from before there were such folders belong to the project that is open first', () => {
        for (const file of ['inbox-n.log', 'states-n.log', 'hooks.json'])
            writeFileSync(path.join(userDir, 'missive', file), file);
        activeProject = 'first';
        fileOf(RED(), 'inbox', 'n');
        activeProject = 'second';
        fileOf(RED(), 'inbox', 'n');
        readdirSync(path.join(userDir, 'missive', 'project-first'))
            .sort()
            .should.eql(['inbox-n.log', 'states-n.log']);
        readdirSync(path.join(userDir, 'missive', 'project-second')).should.eql([]);
        readdirSync(path.join(userDir, 'missive')).should.containEql('hooks.json');
    });
});

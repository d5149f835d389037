import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import should from 'should';
import { missiveTest } from '../support/missive-test';

const root = path.resolve(__dirname, '../..');
const cases = path.join(root, 'docs/cases');

const exampleCalled = (name: string): string => {
    const found = readdirSync(path.join(root, 'examples'), { recursive: true, encoding: 'utf8' });
    return path.join(root, 'examples', found.find((each) => path.basename(each) === name) ?? name);
};

describe('missive-test, on the examples', function () {
    this.timeout(120_000);

    for (const name of readdirSync(cases))
        it(`passes the cases of ${name}, and leaves its file alone`, () => {
            const flows = exampleCalled(name);
            const before = readFileSync(flows, 'utf8');
            const { status, output, closing } = missiveTest(flows, path.join(cases, name));
            should(status).equal(0, output);
            should(closing).match(/^[2-9] passed, 0 failed$/);
            readFileSync(flows, 'utf8').should.equal(before);
        });
});

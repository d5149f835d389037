const path = require('node:path');
const Mocha = require('mocha');

/**
 * Mocha's spec reporter, closed by plain lines that a machine can read: `failed: test/a.spec.ts: its title` for each
 * failure, then `12 passed, 0 failed`.
 */
module.exports = class extends Mocha.reporters.Spec {
    constructor(runner, options) {
        super(runner, options);
        runner.once('end', () => {
            const { passes, failures, pending } = this.stats;
            const failed = this.failures.map((test) => `failed: ${specOf(test)}: ${test.fullTitle()}`);
            process.stdout.write(`\n${failed.map((line) => `${line}\n`).join('')}`);
            process.stdout.write(`${passes} passed, ${failures} failed${pending ? `, ${pending} skipped` : ''}\n`);
        });
    }
};

/** The file of a test, or of the suite whose hook failed, from the project's folder. */
function specOf(test) {
    let at = test;
    while (at && !at.file) at = at.parent;
    return path.relative(process.cwd(), at?.file ?? '').replaceAll(path.sep, '/');
}

const Mocha = require('mocha');

/** Mocha's spec reporter, closed by one plain line that a machine can read: `12 passed, 0 failed`. */
module.exports = class extends Mocha.reporters.Spec {
    constructor(runner, options) {
        super(runner, options);
        runner.once('end', () => {
            const { passes, failures, pending } = this.stats;
            process.stdout.write(`\n${passes} passed, ${failures} failed${pending ? `, ${pending} skipped` : ''}\n`);
        });
    }
};

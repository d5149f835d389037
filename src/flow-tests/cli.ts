#!/usr/bin/env node
import { flowTests } from './run';

const usage = `missive-test FLOWS CASES

Runs a flow file, unchanged, against the practice inbox: nothing reaches Missive.
FLOWS   the flow file, such as flows.json in Node-RED's user directory
CASES   a JSON file of cases, or a folder of such files
NODE_RED_DIR names the folder of the package node-red where it is not found.
`;

/** The command. Ends with one line: N passed, N failed. */
async function main(args: readonly string[]): Promise<void> {
    const [flows, cases, ...more] = args;
    if (!flows || !cases || more.length > 0 || flows.startsWith('-')) {
        process.stdout.write(usage);
        process.exitCode = 2;
        return;
    }
    const count = { passed: 0, failed: 0 };
    for await (const { name, passed, problems } of flowTests({ flows, cases })) {
        count[passed ? 'passed' : 'failed'] += 1;
        process.stdout.write(`${passed ? '✔' : '✖'} ${name}\n${problems.map((each) => `    ${each}\n`).join('')}`);
    }
    process.stdout.write(`\n${count.passed} passed, ${count.failed} failed\n`);
    process.exitCode = count.failed > 0 ? 1 : 0;
}

main(process.argv.slice(2)).catch((error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
});

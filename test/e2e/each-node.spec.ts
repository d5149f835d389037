import should from 'should';
import type { Snapshot } from '../../src/sandbox/practice/snapshot';
import { exampleFlow } from '../support/example-files';
import { type NodeRed, startNodeRed } from '../support/node-red';
import { PracticeInbox } from '../support/practice-inbox';

type Node = Record<string, unknown>;

const has = (rows: readonly object[], facts: Node) =>
    rows.some((row) => Object.entries(facts).every(([key, value]) => Reflect.get(row, key) === value));

/** What each example has done to the practice inbox after its button was pressed. */
const effects: Readonly<Record<string, (state: Snapshot) => boolean>> = {
    'save-shared-label': ({ labels }) => labels.some(({ name }) => name.startsWith('Warranty 2')),
    'post-with-task': ({ tasks }) => has(tasks, { title: 'Call the customer back' }),
    'merge-conversations': ({ conversations }) => has(conversations, { subject: 'Both about one order' }),
};

/** What the log has of those that leave nothing behind. */
const outputs: Readonly<Record<string, RegExp>> = {
    'any-request': /name: 'Customers'/,
    'read-conversation': /\[debug:what came back\][\s\S]*messages_count/,
    'delete-draft': /\[debug:what came back\]\s*\{\}/,
    'read-timeline': /\[debug:what came back\][\s\S]*kind: '(message|comment|post)'/,
    'save-attachments': /\[debug:what came back\][\s\S]*path: 'from Missive\/crack\.txt'/,
    'look-at-quota': /\[debug:what came back\][\s\S]*limit: 900/,
    'report-for-a-chart': /\[debug:what came back\][\s\S]*metric: 'inbound_count'/,
};

describe('the examples of single nodes in a real Node-RED, their flow files unchanged', function () {
    this.timeout(180_000);
    let nodeRed: NodeRed;
    let inbox: PracticeInbox;

    before(async () => {
        const names = [...Object.keys(effects), ...Object.keys(outputs)];
        nodeRed = await startNodeRed({ flows: names.flatMap(exampleFlow) });
        inbox = new PracticeInbox(nodeRed.adminUrl);
    });
    after(() => nodeRed?.stop());
    afterEach(() => {
        should(nodeRed.log()).not.match(/\[error\]/);
    });

    const press = async (name: string) => {
        const button = exampleFlow(name).find(({ type }) => type === 'inject');
        const { ok } = await fetch(`${nodeRed.adminUrl}/inject/${button?.id}`, { method: 'POST' });
        ok.should.be.true();
    };

    for (const [name, done] of Object.entries(effects))
        it(`${name} does what it says`, async () => {
            done(await inbox.state()).should.be.false();
            await press(name);
            await inbox.until(done);
        });

    for (const [name, output] of Object.entries(outputs))
        it(`${name} gives what it says`, async () => {
            should(nodeRed.log()).not.match(output);
            await press(name);
            await nodeRed.logged(output);
        });
});

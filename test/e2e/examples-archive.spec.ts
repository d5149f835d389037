import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import should from 'should';
import { exampleFlow } from '../support/example-files';
import { ExampleFlows, lettersOf } from '../support/example-flows';

type Line = { readonly kind: string; readonly id: string; readonly conversation?: string; readonly body?: string };

describe('the example archive, its flow file unchanged', function () {
    this.timeout(180_000);
    const flows = new ExampleFlows(() => ({}));
    afterEach(() => flows.noErrors());

    const folder = () => path.join(flows.nodeRed.userDir, 'archive-practice');
    const runs = () =>
        existsSync(path.join(folder(), 'runs.jsonl'))
            ? readFileSync(path.join(folder(), 'runs.jsonl'), 'utf8')
                  .split('\n')
                  .filter((line) => line.endsWith('}'))
            : [];
    const files = () => readdirSync(folder()).filter((name) => name !== 'runs.jsonl');
    const lines = (): Line[] =>
        files()
            .flatMap((name) => readFileSync(path.join(folder(), name), 'utf8').trim().split('\n'))
            .map((text) => JSON.parse(text));

    /** Presses the button; resolves with how many conversations were archived. */
    async function archived(nodes = exampleFlow('archive')): Promise<number> {
        const before = runs().length;
        await flows.pressIn(nodes);
        const end = Date.now() + 60_000;
        while (runs().length === before) {
            if (Date.now() > end) throw new Error(`not archived in 60 s:\n${flows.nodeRed.log().slice(-2000)}`);
            await pause(50);
        }
        return Number(/"conversations":(\d+),"cursor":\d+}$/.exec(runs().at(-1) ?? '')?.[1]);
    }

    /** Every message that the practice inbox has is in the archive, once. */
    async function isWhole(): Promise<void> {
        const { conversations } = await flows.inbox.state();
        const there = conversations.flatMap((one) => lettersOf(one, 'message')).map(({ id }) => id);
        // The token sees one more, as a guest, which the page does not show.
        const shown = new Set(conversations.map(({ id }) => id));
        const messages = lines().filter(({ conversation }) => conversation && shown.has(conversation));
        should(messages.map(({ id }) => id).sort()).eql(there.sort());
        should(lines().filter(({ kind }) => kind === 'conversation').length).equal(conversations.length + 1);
    }

    it('has every message once, the second time reads what is new alone, and changes nothing in Missive', async () => {
        await flows.deploy('archive');
        const { revision, conversations } = await flows.inbox.state();
        should(await archived()).equal(conversations.length + 1);
        await isWhole();
        should(lines().some(({ body }) => body?.includes('Mine has a crack near the crown'))).be.true();
        const [first, ...rest] = readFileSync(path.join(folder(), `${conversations[0]?.id}.jsonl`), 'utf8')
            .trim()
            .split('\n');
        should(JSON.parse(first ?? '')).match({ kind: 'conversation', id: conversations[0]?.id });
        const times = rest.map((text) => JSON.parse(text).delivered_at);
        should(times).eql(times.toSorted());
        // What was active in the minute before the newest is read again.
        should(await archived()).be.belowOrEqual(2);
        await isWhole();
        should((await flows.inbox.state()).revision).equal(revision);
        await flows.inbox.customerWrites({
            address: 'ann@new.example',
            subject: 'Tandem',
            body: 'Do you rent "any"?\n\u2028Ann',
        });
        should(await archived()).be.within(1, 3);
        await isWhole();
    });

    it('goes on after it was cut off in the middle: half a file, half a line', async () => {
        const [one = ''] = files();
        await flows.inbox.customerWrites({ address: 'ann@new.example', subject: 'Bell', body: 'And a bell?' });
        const state = await flows.inbox.state();
        const bell = state.conversations.find(({ latest_message_subject: subject }) => subject === 'Bell');
        writeFileSync(path.join(folder(), `${bell?.id}.jsonl`), '{"kind":"conversation","id');
        appendFileSync(path.join(folder(), 'runs.jsonl'), '{"at":"2026-01-01T00:00:00.000Z","conversations":1,"cur');
        await archived();
        should(files()).containEql(one);
        await isWhole();
        await archived();
        await isWhole();
    });

    it('keeps its place where a run is stopped by a deploy, and does that run again', async () => {
        const nodes = exampleFlow('archive').map((node) =>
            node.type === 'missive-config' ? { ...node, policy: 'fast' } : node,
        );
        await flows.deployFlow(nodes);
        for (let at = 0; at < 100; at += 1)
            await flows.inbox.customerWrites({
                address: `c${at}@many.example`,
                subject: `Number ${at}`,
                body: 'Hello',
            });
        const before = runs();
        await flows.pressIn(nodes);
        const count = files().length;
        const end = Date.now() + 30_000;
        while (files().length < count + 5 && Date.now() < end) await pause(10);
        await flows.nodeRed.deploy([...nodes]);
        should(runs()).eql(before);
        should(await archived(nodes)).be.above(99);
        const archivedOnes = lines().filter(({ body }) => /Hello/.test(body ?? ''));
        should(new Set(archivedOnes.map(({ id }) => id)).size).equal(archivedOnes.length);
        should(archivedOnes.length).be.aboveOrEqual(100);
    });
});

import { setTimeout as pause } from 'node:timers/promises';
import should from 'should';
import type { Snapshot } from '../../src/sandbox/practice/snapshot';
import { exampleFlow, type Node } from './example-files';
import { FarEnd } from './far-end';
import { type NodeRed, startNodeRed } from './node-red';
import { PracticeInbox } from './practice-inbox';

type Conversation = Snapshot['conversations'][number];
type Entry = Conversation['entries'][number];

/** One Node-RED for several examples, each deployed alone and unchanged before its test; set up inside `describe`. */
export class ExampleFlows {
    readonly far = new FarEnd();
    #nodeRed: NodeRed | undefined;
    #inbox: PracticeInbox | undefined;

    /** `env`: the environment of Node-RED, once the address of the other systems is known. */
    constructor(env: (far: string) => Record<string, string>) {
        before(async () => {
            this.#nodeRed = await startNodeRed({ env: env(await this.far.start()) });
            this.#inbox = new PracticeInbox(this.#nodeRed.adminUrl);
        });
        after(async () => {
            await this.#nodeRed?.stop();
            await this.far.stop();
        });
    }

    get nodeRed(): NodeRed {
        if (!this.#nodeRed) throw new Error('Node-RED does not run yet');
        return this.#nodeRed;
    }

    get inbox(): PracticeInbox {
        if (!this.#inbox) throw new Error('Node-RED does not run yet');
        return this.#inbox;
    }

    /** Deploys an example, alone, before a practice inbox as it is at the beginning. */
    deploy(name: string): Promise<void> {
        return this.deployFlow(exampleFlow(name));
    }

    /** The same where variables of its own stand in the flow, such as the address of a system that is down. */
    deployWith(name: string, variables: Readonly<Record<string, string>>): Promise<void> {
        const env = Object.entries(variables).map(([variable, value]) => ({ name: variable, value, type: 'str' }));
        return this.deployFlow(exampleFlow(name).map((node) => (node.type === 'tab' ? { ...node, env } : node)));
    }

    async deployFlow(nodes: readonly Node[]): Promise<void> {
        await this.inbox.reset();
        this.far.asked.length = 0;
        const from = this.nodeRed.log().length;
        await this.nodeRed.deploy([...nodes]);
        const end = Date.now() + 60_000;
        // The flows that ran before are stopped first, which is in the log, too.
        while (!/Started (modified )?(flows|nodes)/.test(this.nodeRed.log().slice(from))) {
            if (Date.now() > end) throw new Error(`not started in 60 s:\n${this.nodeRed.log().slice(from)}`);
            await pause(10);
        }
    }

    /** Presses the button of the example's inject node. */
    async press(name: string): Promise<void> {
        await this.pressIn(exampleFlow(name));
    }

    async pressIn(nodes: readonly Node[]): Promise<void> {
        const button = nodes.find(({ type }) => type === 'inject');
        const { ok } = await fetch(`${this.nodeRed.adminUrl}/inject/${button?.id}`, { method: 'POST' });
        ok.should.be.true();
    }

    /** POSTs JSON, or a form, to an HTTP node of the example. */
    post(at: string, body: object | URLSearchParams): Promise<Response> {
        const form = body instanceof URLSearchParams;
        return fetch(`${this.nodeRed.url}${at}`, {
            method: 'POST',
            ...(!form && { headers: { 'content-type': 'application/json' } }),
            body: form ? body : JSON.stringify(body),
        });
    }

    /** Waits until the other systems were asked so many times, and a little more for what comes of it. */
    async asked(times: number): Promise<void> {
        const end = Date.now() + 60_000;
        while (this.far.asked.length < times) {
            if (Date.now() > end) throw new Error(`asked ${this.far.asked.length} times in 60 s, not ${times}`);
            await pause(20);
        }
        await pause(200);
    }

    /** Waits for what comes of something that leaves nothing in the practice inbox. */
    logged(): Promise<void> {
        return pause(700);
    }

    /** What the last log lines say of errors; the flows of these tests make none unless they are meant to. */
    noErrors(): void {
        should(this.nodeRed.log()).not.match(/\[error\]/);
    }
}

/** The conversation whose newest or own subject this is. */
export const conversationOf = ({ conversations }: Snapshot, subject: string): Conversation | undefined =>
    conversations.find((each) => each.subject === subject || each.latest_message_subject === subject);

type Letter = Extract<Entry, { would_have_gone_to: unknown }>;

/** The drafts or messages of a conversation. */
export const lettersOf = (conversation: Conversation | undefined, kind: Letter['kind']): Letter[] =>
    (conversation?.entries ?? []).filter((each): each is Letter => each.kind === kind);

/** The posts of a conversation. */
export const postsOf = (conversation: Conversation | undefined) =>
    (conversation?.entries ?? []).filter((each) => each.kind === 'post');

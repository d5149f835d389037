import should from 'should';
import type { OperationModule } from '../../src/runtime/operations/operation-node';
import type { AccountProperties, Flow, Result } from './flow';
import { type ScriptedFlow, scriptedFlow } from './scripted-flow';
import type { ScriptedMissive } from './scripted-missive';

/** One node of the package before a scripted Missive, set up and taken down around each test of a suite. */
export class NodeTest {
    readonly #scripted: ScriptedFlow;

    /** Call it inside `describe`. `answer`: what Missive says unless a test tells it otherwise. */
    constructor(
        readonly module: OperationModule,
        answer: ScriptedMissive['otherwise'],
    ) {
        this.#scripted = scriptedFlow(answer);
    }

    get missive(): ScriptedMissive {
        return this.#scripted.missive;
    }

    get flow(): Flow {
        return this.#scripted.flow;
    }

    /** Deploys the node with these properties. */
    load(properties: Record<string, unknown> = {}, account: AccountProperties = {}): Promise<void> {
        const { type } = this.module.operation;
        return this.flow.load([this.module], { type, ...properties }, { ...this.#scripted.account, ...account });
    }

    send(payload: unknown): Promise<Result> {
        return this.flow.send({ payload });
    }

    /** What the node sent, as `METHOD path` and body. */
    sent(): [string, unknown][] {
        return this.missive.seen.map(({ method, url, body }) => [`${method} ${url.replace('/v1', '')}`, body]);
    }

    /** Sends a payload that the node has to refuse before anything leaves it; gives the sentence. */
    async refused(payload: unknown): Promise<string> {
        const { error, msg } = await this.send(payload);
        should(msg).be.undefined();
        should(error?.cause.code).equal('ERR_MISSIVE_INPUT');
        this.missive.seen.should.be.empty();
        return String(error?.message);
    }
}

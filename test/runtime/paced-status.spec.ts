import FakeTimers from '@sinonjs/fake-timers';
import type { Node, NodeStatus } from 'node-red';
import { PacedStatus } from '../../src/runtime/paced-status';

describe('The status of a busy node', () => {
    let clock: ReturnType<typeof FakeTimers.install>;
    let shown: { readonly at: number; readonly text: string | undefined }[];
    let status: PacedStatus;

    beforeEach(() => {
        clock = FakeTimers.install({ now: 0 });
        shown = [];
        const node = {
            status: ({ text }: Exclude<NodeStatus, string>) => shown.push({ at: performance.now(), text }),
        };
        status = new PacedStatus(node as unknown as Node);
    });
    afterEach(() => clock.uninstall());

    it('is shown at once while it changes seldom', () => {
        for (const text of ['a', 'b', 'c', 'd']) status.show({ text });
        shown.map(({ text }) => text).should.eql(['a', 'b', 'c', 'd']);
    });

    it('changes four times in any second at most, and what came last stands in the end', () => {
        for (let at = 0; at < 300; at++) {
            status.show({ text: `${at}` });
            clock.tick(17);
        }
        clock.tick(1000);
        for (const { at: from } of shown)
            shown.filter(({ at }) => at >= from && at < from + 1000).length.should.be.belowOrEqual(4);
        shown.length.should.be.within(20, 25);
        shown.at(-1)?.text?.should.equal('299');
        clock.countTimers().should.equal(0);
    });

    it('is not told again where nothing has changed', () => {
        for (let at = 0; at < 10; at++) status.show({ text: 'same' });
        clock.tick(5000);
        shown.length.should.equal(1);
    });

    it('has no timer left when the node is closed, and shows what was still to come', () => {
        for (let at = 0; at < 6; at++) status.show({ text: `${at}` });
        status.close();
        shown.map(({ text }) => text).should.eql(['0', '1', '2', '3', '5']);
        clock.countTimers().should.equal(0);
    });
});

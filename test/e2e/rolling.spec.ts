import 'should';
import { rollingRun } from '../support/rolling-run';

describe('a rolling update on one user directory, with keep until done', () => {
    it('loses none and has none worked twice', async function () {
        this.timeout(120_000);
        const result = await rollingRun({ updates: 2, every: 500, both: 1000, conversations: 10, gap: 200 });
        result.should.have.properties({ lost: 0, twice: 0, afterDone: 0, unmarked: 0, outOfOrder: 0 });
        result.answered.should.be.above(10);
    });
});

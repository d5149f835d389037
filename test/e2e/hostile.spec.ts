import 'should';
import { hostileRun } from '../support/hostile-run';

describe('a webhook address that everybody can reach', () => {
    it('forged, malformed and dripping requests: none accepted, every honest delivery is answered', async function () {
        this.timeout(60_000);
        const result = await hostileRun({ forged: 1000, open: 200, honest: 200, rate: 100, keep: true });
        result.should.have.properties({ accepted: 0, answered: 200 });
        result.grown.should.be.below(20);
    });
});

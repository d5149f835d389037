import should from 'should';
import { sidebarRun } from '../support/sidebar-run';

describe('a sidebar that everybody can reach', () => {
    it('hostile requests: none accepted; every webhook is answered beside pages that listen and ask', async function () {
        this.timeout(90_000);
        const result = await sidebarRun({ forged: 1000, pages: 20, honest: 200, rate: 100 });
        result.should.have.properties({ accepted: 0, answered: 200 });
        should(result.answers[500]).be.undefined();
        result.drawn.should.be.above(20);
        result.pushed.should.be.above(0);
    });
});

import should from 'should';
import { sidebarRun } from '../support/sidebar-run';

describe('a sidebar that everybody can reach', () => {
    it('hostile requests: none accepted; every webhook is answered beside pages that listen and ask', async function () {
        this.timeout(90_000);
        const result = await sidebarRun({ forged: 3000, pages: 30, honest: 400, rate: 100 });
        result.should.have.properties({ accepted: 0, answered: 400 });
        should(result.answers[500]).be.undefined();
        result.drawn.should.be.above(30);
        result.pushed.should.be.above(0);
    });
});

import 'should';
import { killRun } from '../support/kill-run';

describe('Node-RED killed while deliveries arrive, with keep until done', () => {
    it('loses none, and none is in the flow again after its done', async function () {
        this.timeout(90_000);
        const result = await killRun({ deliveries: 300, kills: 3, conversations: 20 });
        result.should.have.properties({
            ...{ answered: 300, lost: 0, afterDone: 0, unmarked: 0, outOfOrder: 0 },
        });
    });
});

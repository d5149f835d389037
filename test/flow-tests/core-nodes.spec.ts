import should from 'should';
import { unusedCoreNodes } from '../../src/flow-tests/core-nodes';
import { nodeRedFolder } from '../support/node-red';

const unusedBy = (...types: string[]) =>
    unusedCoreNodes(
        nodeRedFolder,
        types.map((type) => ({ type })),
    );

describe('Node-RED’s own nodes that a flow has no use for', () => {
    it('are all but those in it, and the file of several is there for one of them', () => {
        const unused = unusedBy('tab', 'missive-config', 'missive-webhook-in', 'join', 'function', 'http response');
        should(unused).containDeep(['10-mqtt.js', '22-websocket.js', '20-inject.js', '05-junction.js']);
        for (const used of ['17-split.js', '10-function.js', '21-httpin.js', '98-unknown.js'])
            should(unused).not.containEql(used);
    });

    it('are those that a subflow does not have either', () => {
        const unused = unusedBy('subflow', 'subflow:a1', 'switch', 'junction', 'tls-config');
        should(unused).containEql('15-change.js');
        for (const used of ['10-switch.js', '05-junction.js', '05-tls.js']) should(unused).not.containEql(used);
    });

    it('are none where somebody else’s node is in it, which may be made of them', () => {
        should(unusedBy('tab', 'inject', 'a-node-of-another-package')).deepEqual([]);
    });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { NodeAPI } from 'node-red';
import should from 'should';
import { pinnedOf } from '../../../src/runtime/activity/pinned';
import { refreshPinned, unpinShared } from '../../../src/runtime/activity/pinned-shared';
import { RedisServer, redisOrSkip } from '../../support/redis';

describe('events that are pinned in one of several Node-REDs', function () {
    this.timeout(20_000);
    let redis: RedisServer;
    let folder: string;

    before(async function () {
        redisOrSkip.call(this);
        redis = await RedisServer.start();
        folder = mkdtempSync(path.join(tmpdir(), 'missive-pinned-'));
    });
    after(async () => {
        await redis?.kill();
        if (folder) rmSync(folder, { recursive: true, force: true });
    });

    /** As much of a Node-RED as this needs: one node, its account with a Redis. */
    const nodeRed = (name: string, address: string) => {
        const account = { id: 'acc', redis: address, client: () => ({}) };
        return {
            events: {},
            settings: { userDir: path.join(folder, name) },
            nodes: {
                eachNode: (each: (node: object) => void) => each({ id: 'hook', account: 'acc' }),
                getNode: (id: string) => (id === 'acc' ? account : null),
            },
        } as unknown as NodeAPI;
    };

    it('are those of all, until one unpins them', async () => {
        const [one, other] = [nodeRed('one', redis.address), nodeRed('other', redis.address)];
        const { id } = pinnedOf(one).pin({ node: 'hook', name: 'an order', payload: { a: 1 } });
        pinnedOf(one).pin({ node: 'elsewhere', name: 'of a node without Redis', payload: {} });
        await refreshPinned(one);
        await refreshPinned(other);
        should(pinnedOf(other).get(id)).match({ name: 'an order', payload: { a: 1 } });
        pinnedOf(other).all().should.have.length(1);
        pinnedOf(one).all().should.have.length(2);
        pinnedOf(other).pin({ id, node: 'hook', name: 'another name', payload: { a: 1 } });
        await refreshPinned(other);
        await refreshPinned(one);
        should(pinnedOf(one).get(id)?.name).equal('another name');
        await unpinShared(other, id);
        await refreshPinned(one);
        should(pinnedOf(one).get(id)).be.undefined();
    });
});

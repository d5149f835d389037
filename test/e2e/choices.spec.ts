import should from 'should';
import { type NodeRed, startNodeRed } from '../support/node-red';

/** Node-RED with three users: one may do all, one may read, one may see flows alone. */
const adminAuth = {
    type: 'credentials',
    users: async (username: string) => ({
        username,
        permissions: { all: '*', reader: 'read', flows: ['flows.read'] }[username],
    }),
    authenticate: async (username: string) => ({
        username,
        permissions: { all: '*', reader: 'read', flows: ['flows.read'] }[username],
    }),
};

describe('the menus’ endpoints of a real Node-RED with users', function () {
    this.timeout(180_000);
    let nodeRed: NodeRed;

    before(async () => {
        const flows = [{ id: 'acc', type: 'missive-config', connection: 'sandbox' }];
        nodeRed = await startNodeRed({ flows, settings: { adminAuth } });
    });
    after(() => nodeRed?.stop());

    async function statusFor(user: string | undefined, path: string, body?: object): Promise<number> {
        const headers: Record<string, string> = { 'content-type': 'application/json' };
        if (user) {
            const answer = await fetch(`${nodeRed.adminUrl}/auth/token`, {
                method: 'POST',
                headers,
                body: JSON.stringify({
                    ...{ client_id: 'node-red-admin', grant_type: 'password', scope: '' },
                    ...{ username: user, password: 'x' },
                }),
            });
            headers.authorization = `Bearer ${((await answer.json()) as { access_token: string }).access_token}`;
        }
        const init = body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers };
        return (await fetch(`${nodeRed.adminUrl}${path}`, init)).status;
    }
    const list = '/missive/choices/team?account=acc';

    it('list for who may read accounts, and for nobody else', async () => {
        should(await statusFor(undefined, list)).equal(401);
        should(await statusFor('flows', list)).equal(401);
        should(await statusFor('reader', list)).equal(200);
        should(await statusFor('all', list)).equal(200);
    });

    it('ask with an account that is not deployed only for who may change accounts', async () => {
        const draft = { connection: 'sandbox' };
        for (const path of ['/missive/choices/team', '/missive/test']) {
            should(await statusFor(undefined, path, draft)).equal(401);
            should(await statusFor('reader', path, draft)).equal(401);
            should(await statusFor('all', path, draft)).equal(200);
        }
    });
});

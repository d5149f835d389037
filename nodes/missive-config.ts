import type { Node, NodeAPI } from 'node-red';
import type { Config, Credentials } from '../src/runtime/accounts/become-account';
import { serveActivity } from '../src/runtime/admin/activity-routes';
import { serveAddresses } from '../src/runtime/admin/addresses';
import { serveChoices } from '../src/runtime/admin/choices';
import { serveFields } from '../src/runtime/admin/fields-routes';
import { serveLimiterState } from '../src/runtime/admin/limiter-state';
import { serveSandbox } from '../src/runtime/admin/sandbox-page';
import { watchTroubles } from '../src/runtime/troubles/team';
import { sandbox } from '../src/sandbox/shared';

/** The account: address, token and the limiter that every node of the account shares. */
export default function (RED: NodeAPI): void {
    serveSandbox(RED, sandbox);
    serveActivity(RED);
    serveAddresses(RED);
    serveChoices(RED);
    serveLimiterState(RED);
    watchTroubles(RED);
    serveFields(RED);

    RED.nodes.registerType(
        'missive-config',
        function (this: Node<Credentials>, stored: Config) {
            RED.nodes.createNode(this, stored);
            // The limiter and the wire are loaded with the first account.
            const { becomeAccount } =
                require('../src/runtime/accounts/become-account') as typeof import('../src/runtime/accounts/become-account');
            becomeAccount(RED, this, stored);
        },
        { credentials: { token: { type: 'password' }, webhookSecret: { type: 'password' } } },
    );
}

import type { Node, NodeAPI } from 'node-red';
import should from 'should';
import { cardInput, cardSources } from '../../../src/runtime/sidebar/card-input';

describe('what a card reads from a message', () => {
    it('says in words what an expression says of itself', async () => {
        const util = {
            evaluateNodeProperty(_: unknown, __: unknown, ___: unknown, ____: unknown, told: (error: unknown) => void) {
                // As JSONata throws it: a plain object.
                told({ code: 'T0412', message: 'Argument 1 of function "join" must be an array of "strings"' });
            },
        };
        const sources = cardSources({ fields: 'rows', title: '$join([1])', titleType: 'jsonata' });
        const RED = { util } as unknown as NodeAPI;
        await should(cardInput(RED, {} as Node, sources, { _msgid: 'a' })).rejectedWith(
            /card\.title cannot be read: Argument 1 of function "join" must be/,
        );
    });
});

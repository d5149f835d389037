import type { NodeAPI } from 'node-red';
import type { Account } from '../account';
import { fileOf, projectOf } from '../user-folder';
import { type Knowledge, RowsInFile } from './known-rows';

/** In a file, or in the account's Redis, where one instance looks for all. */
export function knowledgeOf(RED: NodeAPI, node: string, account: Account): Knowledge {
    if (account.redis) {
        // What it takes to share is loaded with the first node that does.
        const { sharedKnowledge } = require('./shared-knowledge') as typeof import('./shared-knowledge');
        return sharedKnowledge(account.redis, `${projectOf(RED) ?? ''} ${node}`);
    }
    const known = new RowsInFile(fileOf(RED, 'watch', node));
    return {
        turn: async () => known,
        isOurs: true,
        end: (removed) => (removed ? known.discard() : known.close()),
    };
}

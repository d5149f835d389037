import type { Node, NodeAPI } from 'node-red';
import type { Account } from '../account';
import { type Ownership, ownershipOf } from '../owner';
import { fileOf, projectOf } from '../user-folder';
import { type Knowledge, RowsInFile } from './known-rows';

/** In a file, or in the account's Redis, where one instance looks for all. */
export function knowledgeOf(RED: NodeAPI, node: Pick<Node, 'id' | 'warn'>, account: Account): Knowledge {
    if (account.redis) {
        // What it takes to share is loaded with the first node that does.
        const { sharedKnowledge } = require('./shared-knowledge') as typeof import('./shared-knowledge');
        return sharedKnowledge(account.redis, `${projectOf(RED) ?? ''} ${node.id}`, (text) => node.warn(text));
    }
    return knowledgeInFile(fileOf(RED, 'watch', node.id), ownershipOf(RED));
}

/** In a file: of several Node-REDs on one user directory the one looks that the files belong to. */
export function knowledgeInFile(
    file: string,
    owner: Pick<Ownership, 'want' | 'decided' | 'mine' | 'onChange'>,
): Knowledge {
    let known = new RowsInFile(file);
    const offs = [
        owner.want(),
        owner.onChange({
            taken: () => {},
            // Whoever has it now writes into it: it is read anew if it comes back.
            lost: () => {
                known = new RowsInFile(file);
            },
        }),
    ];
    return {
        async turn() {
            await owner.decided();
            return owner.mine ? known : undefined;
        },
        get isOurs() {
            return owner.mine;
        },
        async end(removed) {
            for (const off of offs) off();
            await (removed && owner.mine ? known.discard() : known.close());
        },
    };
}

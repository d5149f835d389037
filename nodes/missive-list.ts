import { listKinds } from '../src/missive/lists/list-kinds';
import { mailboxes } from '../src/missive/lists/mailboxes';
import { family } from '../src/missive/operations/family';
import { operationNode } from '../src/runtime/operations/operation-node';

export default operationNode(
    family({
        type: 'missive-list',
        label: 'list from Missive',
        verb: 'list',
        sign: 'missive-list.svg',
        keywords: 'read find search all conversations messages emails contacts customers tasks users teams labels',
        gives: 'the rows',
        did: { rows: 'row|rows' },
        summary:
            'Lists conversations, what is inside them, contacts, tasks, people, teams, labels and more: one page, or every row.',
        details: [
            'With All rows, no row is lost and none comes twice, however the pages overlap and whatever is added or deleted meanwhile. The next page is asked for while the last one is passed on.',
            'What moves in the list while it is read (a conversation that gets a message, a contact whose name changes) comes once; conversations, tasks and contacts are looked at again at the end for what moved. Of the other lists Missive does not tell what moved: what is renamed meanwhile may be missing.',
            'A row or a page a message carries msg.parts: a join node puts them together again. An error may then come after messages have been sent on.',
        ],
        icons: {
            return_all: 'files-o',
            limit: 'file-o',
            max_rows: 'stop-circle-o',
            offset: 'step-forward',
            until: 'step-backward',
            search: 'search',
            active_since: 'history',
            with_messages: 'envelope-o',
            inbox: 'inbox',
        },
        resource: { label: 'List', help: 'What is listed.' },
        resources: listKinds,
        sections: { narrow: 'Narrow down', page: 'Where to begin' },
        settings: {
            mailbox: mailboxes.setting,
            send: {
                label: 'Output',
                help: 'One message with all rows, one message for each row, or one message for each page.',
                choices: { array: 'one message', each: 'a message for each row', page: 'a message for each page' },
            },
        },
    }),
);

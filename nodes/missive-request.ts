import type { Method } from '../src/missive/call';
import { parseBody, parseMethod, parsePath, parseQuery, sendRequest } from '../src/missive/operations/any-request';
import { choice, type Field, json, text } from '../src/missive/operations/fields';
import { operation } from '../src/missive/operations/operation';
import { operationNode } from '../src/runtime/operations/operation-node';

const method: Field<Method> = {
    ...choice(['GET', 'POST', 'PATCH', 'DELETE'], {
        starts: 'GET',
        label: 'Method',
        help: 'Left out: GET.',
    }),
    parse: parseMethod,
};
const path: Field<string> = {
    ...text({
        required: true,
        label: 'Path',
        help: 'Begins with / and stands below the account’s address: /contact_books, or /conversations/…/comments.',
    }),
    parse: parsePath,
};

export default operationNode(
    operation({
        type: 'missive-request',
        label: 'request to Missive',
        sign: 'missive-request.svg',
        keywords: 'api http call any other',
        gives: 'what Missive answered',
        did: { answered: 'answer received' },
        summary: 'Sends any request to Missive’s API, through the same queue as all other nodes.',
        details: [
            'For what no other node does. The token goes along, and only to the account’s address.',
            'msg.payload is the body of the answer without its envelope, which is a single key that names the path’s resource: /contact_books gives the list itself. Other bodies stay as they are, and an answer without a body gives an empty object.',
            'In a body the envelope is yours to write: { "tasks": { "title": "Call back" } }.',
        ],
        icons: { path: 'link', query: 'filter', body: 'code', method: 'exchange' },
        resource: 'request',
        method: 'GET',
        path: '/{path}',
        envelope: '',
        fields: {
            method,
            path,
            query: json({ label: 'Query', help: 'An object such as { "limit": 50 }.' }, parseQuery),
            body: json({ label: 'Body', help: 'The JSON to send, with its envelope. For POST and PATCH.' }, parseBody),
        },
        common: ['method', 'body'],
        example: {
            input: { method: 'GET', path: '/contact_books', query: { limit: 50 } },
            output: [{ id: '5d0f1b52-7a0d-4b8c-8e53-0e6f2c1a9b77', name: 'Customers' }],
        },
        run: sendRequest,
    }),
);

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { operationsOf } from '../../src/missive/operations/family';
import type { OperationModule } from '../../src/runtime/operations/operation-node';
import { routes } from '../../src/sandbox/routes';

const nodes = path.resolve(__dirname, '../../nodes');

/** Missive's endpoints in the order of missive-api.md §6; `:id` is one id or several with commas. */
const endpoints = [
    'POST /analytics/reports',
    'GET /analytics/reports/:id',
    'POST /contacts',
    'PATCH /contacts/:id',
    'GET /contacts',
    'GET /contacts/:id',
    'GET /contact_books',
    'GET /contact_groups',
    'GET /conversations',
    'GET /conversations/:id',
    'PATCH /conversations/:id',
    'GET /conversations/:id/messages',
    'GET /conversations/:id/drafts',
    'GET /conversations/:id/comments',
    'GET /conversations/:id/posts',
    'POST /conversations/:id/merge',
    'POST /drafts',
    'DELETE /drafts/:id',
    'POST /messages',
    'GET /messages/:id',
    'GET /messages',
    'GET /organizations',
    'GET /users',
    'GET /teams',
    'POST /teams',
    'PATCH /teams/:id',
    'GET /responses',
    'GET /responses/:id',
    'POST /responses',
    'PATCH /responses/:id',
    'DELETE /responses/:id',
    'POST /posts',
    'DELETE /posts/:id',
    'GET /shared_labels',
    'POST /shared_labels',
    'PATCH /shared_labels/:id',
    'GET /tasks',
    'GET /tasks/:id',
    'POST /tasks',
    'PATCH /tasks/:id',
    'POST /hooks',
    'DELETE /hooks/:id',
];

/** What is called by code instead of a declaration: the endpoint and the file that calls it. */
const written: Readonly<Record<string, string>> = { 'POST /hooks': 'src/runtime/rules/registrar.ts' };

/** `GET /conversations/{conversation}/messages` as the table above has it. */
const named = (endpoint: string): string => endpoint.replace(/\{\w+\}/g, ':id');

/** The endpoints of each node, as it declares them. */
const declared = new Map(
    readdirSync(nodes)
        .filter((file) => file.endsWith('.ts'))
        .map((file) => {
            const module = require(path.join(nodes, file)).default as Partial<OperationModule>;
            const all = module.operation ? operationsOf(module.operation).map(({ op }) => op) : [];
            const ops = all.filter(({ apart }) => !apart);
            const reached = ops.flatMap(({ method, path, change, alsoCalls = [] }) => [
                `${method} ${path}`,
                ...(change ? [`${change.method} ${change.path}`] : []),
                ...alsoCalls,
            ]);
            return [file.slice(0, -3), reached.map(named)] as const;
        })
        // It reaches everything, but without a form for it.
        .filter(([type]) => type !== 'missive-request'),
);

describe('the endpoints of Missive', () => {
    it('are all reached by a node with a form', () => {
        const reached = new Set([...[...declared.values()].flat(), ...Object.keys(written)]);
        endpoints.filter((endpoint) => !reached.has(endpoint)).should.eql([]);
    });

    it('are all that the nodes call', () => {
        for (const [type, reached] of declared)
            reached.filter((each) => !endpoints.includes(each)).should.eql([], `${type} calls what Missive has not`);
    });

    it('are those of the practice inbox', () => {
        const inbox = Object.keys(routes).map((each) => each.replace(':ids', ':id'));
        inbox.sort().should.eql([...endpoints].sort());
    });

    for (const [endpoint, file] of Object.entries(written))
        it(`${endpoint} is called by ${file}`, () => {
            const [method, at] = endpoint.split(' ');
            readFileSync(path.resolve(nodes, '..', file), 'utf8').should.containEql(
                `method: '${method}', path: '${at}'`,
            );
        });
});

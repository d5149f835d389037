import { family, member } from '../src/missive/operations/family';
import { pick, picks } from '../src/missive/operations/fields';
import { operationNode } from '../src/runtime/operations/operation-node';

const nothing = {};

export default operationNode(
    family({
        type: 'missive-delete',
        label: 'delete in Missive',
        verb: 'delete',
        sign: 'missive-delete.svg',
        keywords: 'remove draft post note canned response hook',
        gives: 'an empty object',
        did: { draft: 'draft deleted', post: 'post deleted', response: 'responses deleted', hook: 'hook deleted' },
        summary: 'Deletes a draft, a post, canned responses or a hook. This cannot be undone.',
        details: [
            'msg.payload is then an empty object. Missive can delete no tasks, contacts, labels and messages: a task can be closed, a message lies in its conversation.',
            'A hook that is gone already counts as deleted. A draft that waits to be sent later is not sent any more once it is deleted.',
        ],
        resource: { label: 'Delete', help: 'What is deleted.' },
        resources: {
            draft: member({
                title: 'draft',
                ...{ resource: 'draft', method: 'DELETE', path: '/drafts/{id}', envelope: 'drafts' },
                fields: {
                    id: pick('draft', {
                        required: true,
                        label: 'Draft',
                        help: 'Its id, as create draft gave it; not that of its conversation.',
                    }),
                },
                example: { input: { id: 'e986dc33-9062-463c-857b-130257830366' }, output: nothing },
            }),
            post: member({
                title: 'post',
                ...{ resource: 'post', method: 'DELETE', path: '/posts/{id}', envelope: 'posts' },
                fields: {
                    id: pick('post', {
                        required: true,
                        label: 'Post',
                        help: 'Its id. In a shared conversation the token must belong to an administrator.',
                    }),
                },
                example: { input: { id: 'd91e6bea-c857-41f5-a2e5-133f466eb2bb' }, output: nothing },
            }),
            response: member({
                title: 'response',
                ...{ resource: 'response', method: 'DELETE', path: '/responses/{id}', envelope: 'responses' },
                fields: {
                    id: picks('response', {
                        required: true,
                        label: 'Responses',
                        help: 'One id, a list of ids, or ids with commas between them.',
                    }),
                },
                example: { input: { id: ['de4b1d20-41a0-4c1e-8a55-0a9b2b7f3c61'] }, output: nothing },
            }),
            hook: member({
                title: 'hook',
                ...{ resource: 'hook', method: 'DELETE', path: '/hooks/{id}', envelope: 'hooks', missing: 'fine' },
                fields: {
                    id: pick('hook', {
                        required: true,
                        label: 'Hook',
                        help: 'The id that Missive gave when it was made.',
                    }),
                },
                example: { input: { id: 'f3aa8080-45a8-4a4f-a60d-78745bc4a760' }, output: nothing },
            }),
        },
    }),
);

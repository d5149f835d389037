import type { Endpoint } from './data/world';
import { changeContacts, createContacts, getContact, listContacts } from './things/contacts';
import { changeConversations, getConversation, listConversations } from './things/conversations';
import { listBooks, listGroups, listOrganizations, listUsers } from './things/directory';
import { createDraft, deleteDraft } from './things/drafts';
import { createHook, deleteHook } from './things/hooks';
import { changeLabels, createLabels, listLabels } from './things/labels';
import { mergeConversations } from './things/merge';
import { createMessage, findMessages, getMessages } from './things/messages';
import { createPost, deletePost } from './things/posts';
import { getReport, startReport } from './things/reports';
import { changeResponses, createResponses, deleteResponses, getResponse, listResponses } from './things/responses';
import { changeTask, createTask, getTask, listTasks } from './things/tasks';
import { changeTeams, createTeams, listTeams } from './things/teams';
import { listComments, listDrafts, listMessages, listPosts } from './views/thread';

/** Every endpoint of the API; `:id` stands for one id, `:ids` for one or several with commas. */
export const routes: Readonly<Record<string, Endpoint>> = {
    'POST /analytics/reports': startReport,
    'GET /analytics/reports/:id': getReport,
    'GET /contacts': listContacts,
    'POST /contacts': createContacts,
    'GET /contacts/:id': getContact,
    'PATCH /contacts/:ids': changeContacts,
    'GET /contact_books': listBooks,
    'GET /contact_groups': listGroups,
    'GET /conversations': listConversations,
    'GET /conversations/:id': getConversation,
    'PATCH /conversations/:ids': changeConversations,
    'GET /conversations/:id/messages': listMessages,
    'GET /conversations/:id/drafts': listDrafts,
    'GET /conversations/:id/comments': listComments,
    'GET /conversations/:id/posts': listPosts,
    'POST /conversations/:id/merge': mergeConversations,
    'POST /drafts': createDraft,
    'DELETE /drafts/:id': deleteDraft,
    'POST /messages': createMessage,
    'GET /messages': findMessages,
    'GET /messages/:ids': getMessages,
    'GET /organizations': listOrganizations,
    'GET /users': listUsers,
    'GET /teams': listTeams,
    'POST /teams': createTeams,
    'PATCH /teams/:ids': changeTeams,
    'GET /responses': listResponses,
    'POST /responses': createResponses,
    'GET /responses/:id': getResponse,
    'PATCH /responses/:ids': changeResponses,
    'DELETE /responses/:ids': deleteResponses,
    'POST /posts': createPost,
    'DELETE /posts/:id': deletePost,
    'GET /shared_labels': listLabels,
    'POST /shared_labels': createLabels,
    'PATCH /shared_labels/:ids': changeLabels,
    'GET /tasks': listTasks,
    'POST /tasks': createTask,
    'GET /tasks/:id': getTask,
    'PATCH /tasks/:id': changeTask,
    'POST /hooks': createHook,
    'DELETE /hooks/:id': deleteHook,
};

const patterns = Object.entries(routes).map(([name, endpoint]) => {
    const [method, path = ''] = name.split(' ');
    return {
        method,
        path: new RegExp(`^${path.replace(/:ids?/, '([^/]+)')}$`),
        several: path.includes(':ids'),
        endpoint,
    };
});

/** The endpoint of a request and the ids in its path; `undefined` where the API has none. */
export function route(method: string, path: string): { endpoint: Endpoint; ids: string[] } | undefined {
    for (const one of patterns) {
        const found = one.method === method ? one.path.exec(path) : null;
        if (!found) continue;
        const named = found[1] ? decoded(found[1]) : undefined;
        // Where one thing is asked for, two ids are none that there is: no half of what was asked is done in silence.
        return { endpoint: one.endpoint, ids: named === undefined ? [] : one.several ? named.split(',') : [named] };
    }
    return undefined;
}

/** Percent-encoding that is none names nothing: it is taken as it stands and answered as an unknown id. */
function decoded(part: string): string {
    try {
        return decodeURIComponent(part);
    } catch {
        return part;
    }
}

import { randomUUID } from 'node:crypto';
import { addresses } from '../data/address';
import type { CannedResponse } from '../data/book-records';
import { type Data, find, now } from '../data/store';
import type { Endpoint, World } from '../data/world';
import { changes, oneOrMany } from '../manners/envelope';
import { byOffset } from '../manners/paging';
import { invalid } from '../manners/refuse';
import { checked, type Fields, id, list, text } from '../manners/shape';
import { attachmentView } from '../views/message-view';
import { keep, upload } from './files';

const response = {
    ...{ title: text(500), subject: text(500), body: text(), organization: id, user: id, share_with_team: id },
    ...{ shared_labels: list(id), to_fields: addresses, cc_fields: addresses, bcc_fields: addresses },
    ...{ external_id: text(), external_source: text() },
};
const files = { attachments: list(upload) };

const blank = {
    ...{ title: null, subject: null, body: null, organization: null, user: null, share_with_team: null },
    ...{ to_fields: [], cc_fields: [], bcc_fields: [], shared_labels: [], external_id: null, external_source: null },
};

const view = ({ id, content, modified_at, attachments }: CannedResponse, origin: string) => ({
    ...{ id, ...blank, ...content, modified_at },
    attachments: attachments.map((one) => attachmentView(one, origin)),
});

/** An empty list, as every response has it that is read, says nothing. */
const isSet = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : Boolean(value));

/** Throws where a response would break a rule across fields. */
function checkContent(data: Data, content: Fields, id?: string): void {
    const { organization, user, external_id, external_source } = content;
    if (Boolean(organization) === Boolean(user)) {
        throw invalid("Validation failed: exactly one of 'organization' and 'user' is required");
    }
    if (organization) find(data.organizations, String(organization), 'Organization');
    if (user) find(data.users, String(user), 'User');
    for (const name of ['share_with_team', 'shared_labels']) {
        if (isSet(content[name]) && !organization)
            throw invalid(`'organization' is required when '${name}' is defined`);
    }
    if (Boolean(external_id) !== Boolean(external_source)) {
        throw invalid("Validation failed: 'external_id' and 'external_source' need each other");
    }
    const taken = [...data.responses.values()].some(
        (one) =>
            one.id !== id &&
            one.content.external_id === external_id &&
            one.content.external_source === external_source &&
            (one.content.organization ?? one.content.user) === (organization ?? user),
    );
    if (external_id && taken) throw invalid("Validation failed: 'external_id' has already been taken");
}

/** Keeps the files of a response; a body may refer to them by a marker, which becomes the real id. */
function attach(data: Data, row: Fields, body: unknown) {
    const { attachments } = checked(row, files);
    const kept = keep(data, attachments ?? []);
    const markers = (attachments ?? []).map(({ id }, index) => [id, kept[index]?.id] as const);
    const swap = (text: string) =>
        markers.reduce(
            (done, [marker, real]) =>
                marker && real
                    ? done.replaceAll(`data-missive-attachment-id="${marker}"`, `data-missive-attachment-id="${real}"`)
                    : done,
            text,
        );
    return { attachments: attachments ? kept : undefined, ...(typeof body === 'string' && { body: swap(body) }) };
}

/** GET /responses */
export const listResponses: Endpoint = ({ world, query }) => {
    const organization = query.get('organization');
    const rows = [...world.store.data.responses.values()].filter(
        ({ content }) => !organization || content.organization === organization,
    );
    return { responses: byOffset(rows, query).map((one) => view(one, world.origin())) };
};

/** GET /responses/:id gives a list of one. */
export const getResponse: Endpoint = ({ world, ids: [id = ''] }) => ({
    responses: [view(find(world.store.data.responses, id, 'Response'), world.origin())],
});

const saved = (world: World, made: readonly CannedResponse[]) => {
    for (const one of made) world.store.data.responses.set(one.id, one);
    world.store.touch();
    return { responses: made.map((one) => view(one, world.origin())) };
};

/** POST /responses */
export const createResponses: Endpoint = ({ world, body }) => {
    const { data } = world.store;
    const made = oneOrMany(body, 'responses').map((row): CannedResponse => {
        const content = checked(row, response);
        checkContent(data, content);
        const { attachments = [], ...swapped } = attach(data, row, content.body);
        return { id: randomUUID(), modified_at: now(), content: { ...content, ...swapped }, attachments };
    });
    return saved(world, made);
};

/** PATCH /responses/:ids; `attachments` are replaced whole. */
export const changeResponses: Endpoint = ({ world, ids, body }) => {
    const { data } = world.store;
    const changed = changes(body, 'responses', ids).map((row): CannedResponse => {
        const before = find(data.responses, row.id, 'Response');
        const content = { ...before.content, ...checked(row, response) };
        checkContent(data, content, row.id);
        const { attachments = before.attachments, ...swapped } = attach(data, row, content.body);
        return { id: row.id, modified_at: now(), content: { ...content, ...swapped }, attachments };
    });
    return saved(world, changed);
};

/** DELETE /responses/:ids */
export const deleteResponses: Endpoint = ({ world: { store }, ids }) => {
    for (const id of ids) find(store.data.responses, id, 'Response');
    for (const id of ids) store.data.responses.delete(id);
    store.touch();
};

import { randomUUID } from 'node:crypto';
import type { SharedLabel } from '../data/book-records';
import { type Data, find } from '../data/store';
import type { Endpoint } from '../data/world';
import { changes, oneOrMany } from '../manners/envelope';
import { byOffset } from '../manners/paging';
import { forbidden, invalid } from '../manners/refuse';
import { checked, choice, color, flag, id, list, text } from '../manners/shape';
import { labelPath } from '../views/conversation-facts';

const sharing = {
    share_with_organization: flag,
    share_with_team: id,
    share_with_users: list(id),
    visibility: choice('organization', 'delegates'),
};
const label = { name: text(), color, parent: id };

const labelView = (data: Data, one: SharedLabel) => ({
    ...{ id: one.id, name: one.name, name_with_parent_names: labelPath(data, one), color: one.color },
    ...(one.parent && { parent: one.parent }),
    organization: one.organization,
});

/** GET /shared_labels */
export const listLabels: Endpoint = ({ world: { store }, query }) => {
    const organization = query.get('organization');
    const rows = [...store.data.labels.values()].filter((one) => !organization || one.organization === organization);
    return { shared_labels: byOffset(rows, query).map((one) => labelView(store.data, one)) };
};

/** POST /shared_labels */
export const createLabels: Endpoint = ({ world: { store, admin }, body }) => {
    const { data } = store;
    const made = oneOrMany(body, 'shared_labels').map((row): SharedLabel => {
        const wanted = checked(row, { ...label, organization: id }, ['name', 'organization']);
        const shared = checked(row, sharing);
        if (!admin && Object.keys(shared).length > 0) throw forbidden();
        const { id: organization } = find(data.organizations, wanted.organization ?? '', 'Organization');
        if (wanted.parent) find(data.labels, wanted.parent, 'Shared label');
        const { name, color, parent } = wanted;
        return {
            ...{ id: randomUUID(), organization, name: name ?? '', color: color ?? null, parent: parent ?? null },
            sharing: shared,
        };
    });
    for (const one of made) data.labels.set(one.id, one);
    store.touch();
    return { shared_labels: made.map((one) => labelView(data, one)) };
};

/** Whether a label would lie inside itself. */
function circular(data: Data, id: string, parent: string): boolean {
    for (let at: string | null = parent; at !== null; at = data.labels.get(at)?.parent ?? null)
        if (at === id) return true;
    return false;
}

/** PATCH /shared_labels/:ids, the one place where Missive refuses a field it does not take. */
export const changeLabels: Endpoint = ({ world: { store, admin }, ids, body }) => {
    const { data } = store;
    const changed = changes(body, 'shared_labels', ids).map((row) => {
        if ('organization' in row) throw invalid('Unpermitted parameters: organization');
        const found = { one: find(data.labels, row.id, 'Shared label'), wanted: checked(row, label) };
        if (found.wanted.name === '' || found.wanted.name === null)
            throw invalid("Validation failed: 'name' is required");
        const shared = checked(row, sharing);
        if (!admin && Object.keys(shared).length > 0) throw forbidden();
        const { parent } = found.wanted;
        if (parent && circular(data, row.id, find(data.labels, parent, 'Shared label').id)) {
            throw invalid("Validation failed: 'parent' must be another label");
        }
        return { ...found, shared };
    });
    for (const { one, wanted, shared } of changed) {
        if (wanted.name) one.name = wanted.name;
        if (wanted.color !== undefined) one.color = wanted.color;
        if (wanted.parent !== undefined) one.parent = wanted.parent;
        one.sharing = { ...one.sharing, ...shared };
    }
    store.touch();
    return { shared_labels: changed.map(({ one }) => labelView(data, one)) };
};

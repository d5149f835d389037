import { find } from '../data/store';
import type { Endpoint } from '../data/world';
import { byOffset } from '../manners/paging';
import { invalid } from '../manners/refuse';

/** GET /organizations */
export const listOrganizations: Endpoint = ({ world: { store }, query }) => ({
    organizations: byOffset([...store.data.organizations.values()], query),
});

/** GET /users; `me` marks the owner of the token. */
export const listUsers: Endpoint = ({ world: { store }, query }) => {
    const { users, me } = store.data;
    const organization = query.get('organization');
    const rows = [...users.values()].filter((one) => !organization || one.organization === organization);
    return {
        users: byOffset(rows, query).map(({ id, name, email }) => ({
            id,
            me: id === me,
            name,
            email,
            avatar_url: null,
        })),
    };
};

/** GET /contact_books */
export const listBooks: Endpoint = ({ world: { store }, query }) => ({
    contact_books: byOffset([...store.data.books.values()], query).map(({ id, name, user, organization }) => ({
        ...{ id, name, description: null, user, organization },
        ...{ share_with_organization: organization !== null, share_with_team: null, share_with_users: [] },
    })),
});

/** GET /contact_groups */
export const listGroups: Endpoint = ({ world: { store }, query }) => {
    const book = query.get('contact_book');
    const kind = query.get('kind');
    if (!book) throw invalid("'contact_book' is required");
    if (kind !== 'group' && kind !== 'organization') throw invalid("'kind' must be one of group, organization");
    find(store.data.books, book, 'Contact book');
    const rows = [...store.data.groups.values()].filter((one) => one.contact_book === book && one.kind === kind);
    return { contact_groups: byOffset(rows, query).map(({ id, name }) => ({ id, name })) };
};

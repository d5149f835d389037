import type { Member } from '../operations/family';
import type { Fields } from '../operations/fields';

/** The lists that can be watched, by their `resource`; the first is the default. */
export const watchedKinds = ['contacts', 'tasks', 'conversations'] as const;

/** Parameters that are the watch's own: it reads all that is new, in an order of its own. */
const own =
    'return_all limit max_rows with_messages offset until order modified_since active_since include_deleted'.split(' ');

/** The parameters of a list that a watch takes too, by their API names. */
export const watchedParameters = ({ fields }: Member): Fields =>
    Object.fromEntries(Object.entries(fields).filter(([key]) => !own.includes(key)));

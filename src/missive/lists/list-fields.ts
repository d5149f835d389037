import { pick } from '../operations/fields';

/* Fields that several lists have. */

export const organization = pick('organization', {
    label: 'Organization',
    help: 'Only what belongs to this organization. Left out: the default organization of the account.',
});
export const conversation = pick('conversation', {
    aims: ['conversation'],
    label: 'Conversation',
    help: 'The conversation that is listed: its messages, comments, drafts, posts or subtasks. Its id, or its address in Missive.',
});

export const contact_book = pick('contact_book', {
    required: true,
    label: 'Contact book',
    help: 'The contact book that is listed; Missive lists one at a time.',
});

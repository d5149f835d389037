import { calls } from './french/calls';
import { cards } from './french/cards';
import { content } from './french/content';
import { editor } from './french/editor';
import { addresses, fields } from './french/fields';
import { files } from './french/files';
import { operations } from './french/operations';
import { webhooks } from './french/webhooks';

export { parts } from './french/parts';

/**
 * Every sentence of ours in French, by the English one. `{1}`, `{2}`… stand for what is filled in; where French begins
 * with a colon, the sentence is said of something that stands before it.
 */
export const sentences: Readonly<Record<string, string>> = {
    ...fields,
    ...addresses,
    ...files,
    ...calls,
    ...content,
    ...operations,
    ...cards,
    ...webhooks,
    ...editor,
};

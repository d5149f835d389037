import { expected } from '../expected';
import { type Attachment, isFileAt, maxAttachments, toAttachment } from '../operations/attachments';
import { parseMoment } from '../operations/moment';

/** What pops up when a post arrives. */
export interface Notification {
    readonly title?: string;
    readonly body?: string;
}

/** A rich block of a post, as the API has it (missive-api §6.9). */
export type Block = Readonly<Record<string, unknown>>;

const blockKeys = new Set(
    'color pretext author_name author_link author_icon title title_link image_url text markdown timestamp footer footer_icon fields'.split(
        ' ',
    ),
);

/** The API's own object; either half may come from a field of its own. */
export function parseNotification(value: unknown): Notification {
    if (!isRecord(value)) throw expected('an object such as { "title": "Order", "body": "Paid" }', value);
    const { title, body } = value;
    for (const each of [title, body])
        if (each !== undefined && each !== null && typeof each !== 'string')
            throw new TypeError('should have text as its title and its body');
    return { ...(typeof title === 'string' && { title }), ...(typeof body === 'string' && { body }) };
}

const states = ['todo', 'in_progress', 'closed'];

/** The task of a post (missive-api §14.11): undocumented, so what is beside its title and state goes as it is. */
export function parsePostTask(value: unknown): Readonly<Record<string, unknown>> {
    const task = typeof value === 'string' ? { title: value } : value;
    if (!isRecord(task) || typeof task.title !== 'string' || task.title.trim() === '')
        throw expected('a title, or an object such as { "title": "Call back" }', value);
    if (isGiven(task.state) && !states.includes(String(task.state)))
        throw new TypeError(`should have a state that is one of ${states.join(', ')}`);
    return task;
}

/** What goes below a post: rich blocks, and files in any form that `attachments.ts` takes. */
export function parsePostAttachments(value: unknown): (Attachment | Block)[] {
    const items = (Array.isArray(value) ? value : [value]).map((item, index) =>
        isBlock(item) ? toBlock(item, index + 1) : toAttachment(item, index + 1),
    );
    const files = items.filter((item) => 'base64_data' in item || isFileAt(item)).length;
    if (files > maxAttachments) throw new TypeError(`has ${files} files, and Missive takes ${maxAttachments} at most`);
    return items;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);

/** What says something that only a block says, and holds no bytes: a text with a name is a file, one without is a block's. */
const isBlock = (item: unknown): item is Record<string, unknown> =>
    isRecord(item) &&
    Object.keys(item).some((key) => blockKeys.has(key)) &&
    !isGiven(item.base64_data) &&
    !(isGiven(item.content) && (typeof item.content !== 'string' || isGiven(item.filename) || isGiven(item.encoding)));

function toBlock({ timestamp, ...block }: Record<string, unknown>, place: number): Block {
    const { color, fields } = block;
    if (isGiven(color) && !/^(good|warning|danger|#[\da-f]{3}|#[\da-f]{6})$/i.test(String(color)))
        throw new TypeError(`has a block ${place} whose color is not good, warning, danger or a hex colour`);
    if (isGiven(fields) && !Array.isArray(fields))
        throw new TypeError(`has a block ${place} whose fields are no list of { title, value, short }`);
    return isGiven(timestamp) ? { ...block, timestamp: parseMoment(timestamp) } : block;
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

import { find } from '../data/store';
import type { Endpoint } from '../data/world';
import { one } from '../manners/envelope';
import { invalid, unknown } from '../manners/refuse';
import { checked, choice, flag, id, text } from '../manners/shape';

const contents = { content_contains: text(), content_starts_with: text(), content_ends_with: text() };

const hook = {
    type: choice(
        'incoming_email',
        'incoming_sms_message',
        'incoming_facebook_message',
        'incoming_whatsapp_message',
        'incoming_twilio_chat_message',
        'new_comment',
    ),
    url: text(),
    organization: id,
};

/** The conditions of each type, besides those on the content; others are ignored. */
const conditions = {
    new_comment: { is_task: flag, author: id, mention: id },
    incoming_email: { from_eq: text(), subject_contains: text() },
} as const;

/** POST /hooks makes a rule with a webhook; it has no secret, so its deliveries are not signed. */
export const createHook: Endpoint = async ({ world, body }) => {
    const given = one(body, 'hooks');
    const wanted = checked(given, hook, ['type', 'url']);
    if (wanted.organization) find(world.store.data.organizations, wanted.organization, 'Organization');
    if (!URL.canParse(wanted.url ?? '')) throw invalid("Validation failed: 'url' must be a web address");
    const special = wanted.type === 'new_comment' || wanted.type === 'incoming_email' ? conditions[wanted.type] : {};
    return { hooks: { id: await world.addHook({ ...wanted, ...checked(given, { ...contents, ...special }) }) } };
};

/** DELETE /hooks/:id. There is no list of hooks. */
export const deleteHook: Endpoint = ({ world, ids: [id = ''] }) => {
    if (!world.removeHook(id)) throw unknown('Hook', id);
};

import { member } from '../operations/family';
import { addresses, type Fields, type Input, json, long, pick, picks, text } from '../operations/fields';
import { organization, share_with_team } from './saved-fields';
import { checkSaving, isChange, parseMarkedAttachments } from './saving';

const response = { section: 'response' };

const fields = {
    id: picks('response', {
        aims: ['id'],
        label: 'Which response',
        help: 'The response to change, or several, with commas between their ids. Left out: a new response is created.',
    }),
    title: text({ max: 500, label: 'Title', help: 'The name under which people find it.' }),
    subject: text({ max: 500, label: 'Subject', help: 'Subject of the message that it fills in.' }),
    body: long({
        sample: 'You can pick it up.',
        label: 'Body',
        help: 'HTML. Missive shows <p> without space between: use <div>…</div>, and <div><br></div> for an empty line.',
    }),
    organization,
    user: pick('user', { label: 'User', help: 'The user whose own response it is, in place of an organization.' }),
    share_with_team,
    shared_labels: picks('shared_label', {
        ...response,
        label: 'Labels',
        help: 'Shared labels that it puts on. A new response needs its organization for that.',
    }),
    to_fields: addresses({ ...response, label: 'To', help: 'Recipients that it fills in: Ann <ann@example.com>.' }),
    cc_fields: addresses({ ...response, label: 'Cc', help: 'Recipients of a copy.' }),
    bcc_fields: addresses({ ...response, label: 'Bcc', help: 'Recipients of a hidden copy.' }),
    attachments: {
        ...json(
            {
                ...response,
                label: 'Attachments',
                help: 'A Buffer, { filename, content } (with encoding: "base64" where the content is that), base64, { path } of a file in the account’s folder for files, or a list of these; in a change they replace all that were there. With an id of your own in a file, Body can show it: data-missive-attachment-id="…".',
            },
            parseMarkedAttachments,
        ),
        kind: 'attachments' as const,
    },
    external_id: text({ ...response, label: 'External id', help: 'Your own id of it, with External source.' }),
    external_source: text({
        ...response,
        label: 'External source',
        help: 'Where External id comes from. Both together exist once only.',
    }),
} satisfies Fields;

const has = (value?: { readonly length: number } | null): boolean => (value?.length ?? 0) > 0;

/** The rules of Missive across a new response's fields; in a change it knows the rest of them itself. */
function checkNew(input: Input<typeof fields>): string | undefined {
    if (Boolean(input.organization) === Boolean(input.user))
        return 'A response belongs to either an Organization (organization) or a User (user): fill in exactly one of them.';
    const needy = (['share_with_team', 'shared_labels'] as const).find((key) => has(input[key]));
    if (needy && !input.organization)
        return `${fields[needy].label} (${needy}) needs an Organization: a user’s own response cannot have it.`;
    if (Boolean(input.external_id) !== Boolean(input.external_source))
        return 'External id (external_id) and External source (external_source) need each other: fill in both or neither.';
    return has(input.title) || has(input.subject) || has(input.body) || has(input.attachments)
        ? undefined
        : 'There is nothing in the response: give it a Title (title), a Subject (subject) or a Body (body).';
}

/** A canned response, created or changed (missive-api §6.8). */
export const savedResponse = member({
    title: 'response',
    ...{ resource: 'response', method: 'POST', path: '/responses', envelope: 'responses' },
    ...{ wrap: 'list', omits: ['id'] },
    change: { method: 'PATCH', path: '/responses/{id}', wrap: 'each' },
    fields,
    common: ['title', 'subject', 'body'],
    example: {
        input: {
            title: 'Bike is ready',
            subject: 'Your bike is ready',
            body: '<div>You can pick it up until 19:00.</div>',
            organization: '7c1e0f52-886f-4e3d-af67-614f41edf1df',
        },
        output: {
            id: 'de4b1d20-41a0-4c1e-8a55-0a9b2b7f3c61',
            title: 'Bike is ready',
            subject: 'Your bike is ready',
            body: '<div>You can pick it up until 19:00.</div>',
            organization: '7c1e0f52-886f-4e3d-af67-614f41edf1df',
            user: null,
        },
    },
    takesDefault: (input) => !isChange(input) && !input.user,
    check(input) {
        if (!isChange(input)) return checkNew(input);
        if (input.organization && input.user)
            return 'A response belongs to either an Organization (organization) or a User (user): fill in only one of them.';
        return checkSaving(input);
    },
});

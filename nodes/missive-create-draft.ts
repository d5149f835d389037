import { bodyFormat, formatted } from '../src/missive/content/body-format';
import { cannedFields, cannedSection, withResponse } from '../src/missive/content/canned-response';
import { expected } from '../src/missive/expected';
import type { Address } from '../src/missive/operations/addresses';
import { checkActions, conversationActions } from '../src/missive/operations/conversation-actions';
import {
    address,
    addresses,
    attachments,
    flag,
    type Input,
    json,
    long,
    moment,
    pick,
    text,
} from '../src/missive/operations/fields';
import { operation } from '../src/missive/operations/operation';
import { operationNode } from '../src/runtime/operations/operation-node';

const { conversation, ...actions } = conversationActions;
const sending = { section: 'sending' };
const channel = { section: 'channel' };

const fields = {
    conversation,
    from_field: {
        ...address({
            label: 'From',
            help: 'The sender: an address or phone number that the owner of the token may send from, such as Shop <shop@example.com>. Blank in an e-mail: the account’s default sender; without one Missive refuses the draft. An address of a shared account needs Settings > Accounts > Aliases > Allow others to send.',
        }),
        resource: 'sender' as const,
    },
    to_fields: addresses({
        aims: ['recipients', 'conversation'],
        label: 'To',
        help: 'Recipients: Ann <ann@example.com>, bob@example.com; one phone number such as +351910000001 for SMS and WhatsApp; or a list of the objects that Missive uses. Commas, semicolons and line breaks part them. Somebody in WhatsApp whom Missive knows without a number: leave To out, set Conversation, and From to your number.',
    }),
    cc_fields: addresses({ label: 'Cc', help: 'Recipients of a copy.' }),
    bcc_fields: addresses({ label: 'Bcc', help: 'Recipients of a hidden copy.' }),
    subject: text({ label: 'Subject', help: 'Subject of an e-mail.' }),
    body: long({
        sample: 'Hello Tom, thank you!',
        label: 'Body',
        help: 'The text, written as Body is says. In HTML Missive shows <p> without space between: use <div>…</div>, and <div><br></div> for an empty line.',
    }),
    attachments: attachments({
        label: 'Attachments',
        help: 'A Buffer, { filename, content } (with encoding: "base64" where the content is that), base64, { path } of a file in the account’s folder for files, { url } as Missive gives the attachments of a message, or a list of these: 25 files and 10 MB in all at most, about 7 MB before encoding. For the files of a mail node set the row to msg.attachments.',
    }),
    send: flag({
        ...sending,
        label: 'Send now',
        help: 'True sends the message at once. Otherwise it stays a draft that a person looks at.',
    }),
    send_at: moment({
        ...sending,
        label: 'Send later',
        help: 'When Missive sends it: a date such as 2026-12-01 09:00, “tomorrow 9:00”, “next Monday”, “in 2 hours”, or Unix seconds. The time zone is this machine’s unless the date names one; a date alone is its midnight. Not together with Send now.',
    }),
    auto_followup: flag({
        ...sending,
        label: 'Only if no reply',
        help: 'Drops the message if somebody answers before Send later, which it needs.',
    }),
    quote_previous_message: flag({
        ...sending,
        label: 'Quote last message',
        help: 'Puts the last message of the conversation under the body. Mind who will read it.',
    }),
    add_default_signature: flag({
        ...sending,
        label: 'Add signature',
        help: 'Adds the default signature of the sender.',
    }),
    account: pick('account', {
        ...channel,
        label: 'Channel account',
        help: 'The account of a custom channel, Live Chat, Messenger or Instagram. Not for e-mail and SMS.',
    }),
    external_response_id: text({
        ...channel,
        label: 'WhatsApp template',
        help: 'Id of the WhatsApp template, needed more than 24 hours after the customer’s last message. Body must be the finished text.',
    }),
    external_response_variables: json(
        {
            ...channel,
            label: 'Template values',
            help: 'An object with the values of the template, such as { "1": "Ann" }.',
        },
        (value) => {
            if (typeof value !== 'object' || value === null || Array.isArray(value))
                throw expected('an object such as { "1": "Ann" }', value);
            return value;
        },
    ),
    ...cannedFields,
    ...actions,
};

const isNumber = (id: string): boolean => /^\+\d{5,15}$/.test(id);

/** Somebody whom only a channel knows: neither an address nor a number, and no id that is one. */
const isOfChannel = (each: Address): boolean => 'id' in each && !isNumber(each.id);

/** Whether a recipient cannot get what such a sender sends: one of them has an e-mail address, the other a number. */
const isOtherKind = (sender: Address) => {
    const isPhone = (each: Address) => 'phone_number' in each || ('id' in each && isNumber(each.id));
    return (each: Address): boolean => ('address' in sender && isPhone(each)) || ('address' in each && isPhone(sender));
};

/** No channel, no number and no person of a channel is involved; a WhatsApp template is none of e-mail either. */
const isMail = ({ account, external_response_id, ...input }: Input<typeof fields>): boolean =>
    !account &&
    !external_response_id &&
    [input.to_fields, input.cc_fields, input.bcc_fields].every((list) =>
        (list ?? []).every((each) => 'address' in each),
    );

export default operationNode(
    operation({
        type: 'missive-create-draft',
        label: 'create draft',
        sign: 'missive-draft.svg',
        keywords: 'send email sms whatsapp reply answer write compose later',
        gives: 'the draft, or the message that was sent',
        did: { written: 'draft written', sent: 'message sent', planned: 'message scheduled' },
        summary: 'Writes a draft in Missive for a person to look at, or sends a message now or later.',
        details: [
            'Without Send now and Send later nothing leaves Missive: the draft waits in the conversation.',
            "A canned response may give what the message does not. It is Liquid: variables, conditions, loops and filters such as {{ recipient.first_name | default: 'there' }}. In the body what a variable holds is text, which cannot turn into HTML.",
            'Missive cannot change a draft later: delete it and create another one.',
        ],
        resource: 'draft',
        method: 'POST',
        path: '/drafts',
        envelope: 'drafts',
        fields,
        common: ['conversation', 'to_fields', 'subject', 'body'],
        settings: { body_format: bodyFormat },
        sections: {
            sending: 'Sending',
            ...cannedSection,
            conversation: 'Conversation',
            channel: 'WhatsApp and channels',
        },
        example: {
            input: {
                conversation: '9a4b6d1e-0c2f-4a86-8d0a-6d6b3a2f1c55',
                from_field: 'Harbor Bikes <shop@harborbikes.example>',
                to_fields: 'Tom Reyes <tom@trailclub.example>',
                subject: 'Re: Spare part for a gravel fork',
                body: '<div>Hello Tom,</div><div><br></div><div>we have 14 in stock.</div>',
            },
            output: {
                id: '70e5c6aa-1912-4ff9-a7cf-403c05ff9f13',
                conversation: '9a4b6d1e-0c2f-4a86-8d0a-6d6b3a2f1c55',
            },
        },
        async prepare({ body, ...input }, missive, { body_format }) {
            const written = { ...input, ...(body !== undefined && { body: await formatted(body, body_format) }) };
            return withResponse(written, missive);
        },
        check(input) {
            if (!saysSomething(input))
                return 'There is nothing to write: give the draft a Subject, a Body, a recipient (To), Attachments, a Conversation or References.';
            const isLater = input.send_at !== undefined && input.send_at !== null;
            if (input.send && isLater)
                return 'Send now (send) and Send later (send_at) exclude each other: set only one of them.';
            // A little late is a busy machine; a day late is a date that was read wrong, and would be sent at once.
            if (isLater && Number(input.send_at) < Date.now() / 1000 - 5 * 60)
                return 'Send later (send_at) is in the past: Missive would send the message at once. Set a time to come, or Send now (send).';
            if (input.auto_followup && !isLater)
                return 'Only if no reply (auto_followup) needs Send later (send_at): say when it would be sent.';
            if ((input.send || isLater) && !hasWayToRecipient(input))
                return 'To (to_fields) is missing: a message that is sent needs a recipient or a conversation.';
            const recipients = [input.to_fields, input.cc_fields, input.bcc_fields].flatMap((each) => each ?? []);
            if (recipients.some((each) => 'phone_number' in each) && recipients.length > 1)
                return 'To (to_fields) has several recipients: an SMS or WhatsApp message goes to exactly one phone number.';
            if (!input.account && input.from_field && recipients.some(isOtherKind(input.from_field)))
                return 'From (from_field) is an e-mail address and a recipient is a phone number, or the other way round: a message goes from an address to addresses, or from a number to a number.';
            if (!input.account && (input.to_fields ?? []).some(isOfChannel))
                return 'To (to_fields) has an id that is no phone number. In a WhatsApp conversation leave To out, set From (from_field) to your number, and the reply goes to whoever it is with; in another channel set Channel account (account).';
            return checkActions(input);
        },
        outcome: ({ send, send_at }) => (send ? 'sent' : send_at ? 'planned' : 'written'),
        takesSender: isMail,
        adjust: answerByPhone,
    }),
);

function saysSomething({
    subject,
    body,
    to_fields,
    attachments,
    conversation,
    references,
    ...input
}: Input<typeof fields>): boolean {
    return [subject, body, to_fields, attachments, conversation, references, input.external_response_id].some(
        (value) => value !== undefined && value !== null && value.length > 0,
    );
}

const hasWayToRecipient = ({
    to_fields,
    cc_fields,
    bcc_fields,
    conversation,
    references,
}: Input<typeof fields>): boolean =>
    Boolean(conversation) || [to_fields, cc_fields, bcc_fields, references].some((each) => (each?.length ?? 0) > 0);

/**
 * Missive's webhooks give the number of an SMS as `id`, but a draft wants it as `phone_number`; so the sender of a
 * message that came in can be the recipient of the answer. In a channel with an account of its own an id is an id.
 */
function answerByPhone(input: Input<typeof fields>): Input<typeof fields> {
    if (input.account) return input;
    const toPhone = <A extends object>(each: A) =>
        'id' in each && typeof each.id === 'string' && isNumber(each.id) ? { phone_number: each.id } : each;
    const { from_field, to_fields } = input;
    return {
        ...input,
        ...(from_field && { from_field: toPhone(from_field) }),
        ...(to_fields && { to_fields: to_fields.map(toPhone) }),
    } as Input<typeof fields>;
}

import { plain } from '../data/html';
import type { Address, Attachment, Message, User } from '../data/records';
import type { Data } from '../data/store';
import { imageSize } from './image-size';

const imageTypes: Readonly<Record<string, string>> = {
    png: 'png',
    jpg: 'jpeg',
    jpeg: 'jpeg',
    gif: 'gif',
    webp: 'webp',
};

/** An attachment as the API shows it; `url` needs no token. */
export function attachmentView({ id, filename, content }: Attachment, origin: string) {
    const extension = /\.(\w+)$/.exec(filename)?.[1]?.toLowerCase() ?? '';
    const image = Object.hasOwn(imageTypes, extension) ? imageTypes[extension] : undefined;
    return {
        id,
        filename,
        extension,
        url: `${origin}/files/${id}/${encodeURIComponent(filename)}`,
        media_type: image ? 'image' : extension === 'txt' || extension === 'csv' ? 'text' : 'application',
        sub_type: image ?? (extension || 'octet-stream'),
        size: content.length,
        ...(image && imageSize(content)),
    };
}

/** A user where something was written by one. */
export function authorView(data: Data, id: string | null) {
    const user: User | undefined = id === null ? undefined : data.users.get(id);
    return user ? { id: user.id, name: user.name, email: user.email, avatar_url: null } : null;
}

const mailAddress = ({ name, address }: Address) => ({ name: name ?? null, address });
const channelAddress = ({ phone_number, id, name, username }: Address) => ({
    id: id ?? phone_number,
    name: name ?? phone_number ?? null,
    username: username ?? null,
});

/** An address as the API shows it: e-mail has `address`, every other channel `id` and `username`. */
export const addressView = (address: Address) =>
    address.address === undefined ? channelAddress(address) : mailAddress(address);

/** The first 140 characters; an emoji is one, and is not cut in two. */
const previewOf = (body: string): string => [...plain(body).slice(0, 280)].slice(0, 140).join('');

/** A message as lists and webhooks show it: without its body. */
export function messageView(data: Data, message: Message, origin: string) {
    const mail = message.type === 'email';
    const to = message.to_fields.map(addressView);
    return {
        id: message.id,
        ...(mail && { subject: message.subject }),
        preview: previewOf(message.body),
        type: message.type,
        delivered_at: message.delivered_at,
        updated_at: message.updated_at,
        created_at: message.created_at,
        ...(mail && { email_message_id: message.email_message_id, in_reply_to: message.in_reply_to }),
        references: message.references,
        from_field: addressView(message.from_field),
        to_fields: to,
        ...(mail && {
            cc_fields: message.cc_fields.map(addressView),
            bcc_fields: message.bcc_fields.map(addressView),
            reply_to_fields: message.reply_to_fields.map(addressView),
        }),
        ...(!mail && {
            external_id: message.external_id,
            account_author: addressView(message.from_field),
            account_recipients: to,
        }),
        attachments: message.attachments.map((attachment) => attachmentView(attachment, origin)),
        ...((!mail || message.author !== null) && { author: authorView(data, message.author) }),
    };
}

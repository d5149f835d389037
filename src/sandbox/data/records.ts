/** Someone a message comes from or goes to; which keys there are depends on the channel. */
export interface Address {
    readonly address?: string;
    readonly name?: string | null;
    readonly phone_number?: string;
    readonly id?: string;
    readonly username?: string | null;
    readonly type?: string;
}

export interface User {
    readonly id: string;
    readonly name: string;
    readonly email: string;
    readonly organization: string;
}

/** How a conversation stands with one user. `inbox` is not shown by the API: it decides the mailbox `inbox`. */
export interface Standing {
    inbox: boolean;
    closed: boolean;
    archived: boolean;
    trashed: boolean;
    junked: boolean;
    flagged: boolean;
    snoozed: boolean;
}

export interface Conversation {
    readonly id: string;
    readonly created_at: number;
    subject: string | null;
    color: string | null;
    organization: string | null;
    team: string | null;
    readonly assignees: Set<string>;
    readonly labels: Set<string>;
    readonly users: Map<string, Standing>;
    last_activity_at: number;
    /** The owner of the token is only a guest here and sees next to nothing of it. */
    readonly guest?: boolean;
}

export interface Attachment {
    readonly id: string;
    readonly filename: string;
    readonly content: Buffer;
}

export type Channel = 'email' | 'sms' | 'whatsapp' | 'custom_text';

/** A message, or a draft: then `delivered_at` is null. */
export interface Message {
    readonly id: string;
    conversation: string;
    readonly type: Channel;
    readonly subject: string | null;
    readonly body: string;
    readonly created_at: number;
    updated_at: number;
    delivered_at: number | null;
    /** A draft that is to go out later. */
    readonly send_at: number | null;
    readonly email_message_id: string | null;
    readonly in_reply_to: readonly string[];
    readonly references: readonly string[];
    readonly from_field: Address;
    readonly to_fields: readonly Address[];
    readonly cc_fields: readonly Address[];
    readonly bcc_fields: readonly Address[];
    readonly reply_to_fields: readonly Address[];
    readonly attachments: readonly Attachment[];
    /** The user who wrote it; null for what came in. */
    readonly author: string | null;
    readonly external_id: string | null;
    /** Made by a draft with `send` or `send_at`: in real life it would have left. */
    practice: boolean;
    /** The Node-RED node that made it. */
    readonly node?: string;
}

export interface Comment {
    readonly id: string;
    conversation: string;
    readonly body: string;
    readonly created_at: number;
    readonly author: string;
    readonly mentions: readonly { readonly id: string; readonly index: number; readonly length: number }[];
    /** The task that it is, besides. */
    readonly task?: string;
}

/** What an integration put into a conversation; its content is shown as it was sent. */
export interface Post {
    readonly id: string;
    conversation: string;
    readonly created_at: number;
    readonly content: Readonly<Record<string, unknown>>;
    /** What it was threaded by. */
    readonly references?: readonly string[];
    /** The task that it brought. */
    readonly task?: string;
    /** The Node-RED node that made it. */
    readonly node?: string;
}

export interface Task {
    /** The Node-RED node that made it. */
    readonly node?: string;
    readonly id: string;
    conversation: string | null;
    title: string;
    description: string | null;
    state: 'todo' | 'in_progress' | 'closed';
    readonly created_at: number;
    started_at: number | null;
    closed_at: number | null;
    assignees: readonly string[];
    team: string | null;
    due_at: number | null;
    organization: string | null;
    last_activity_at: number;
}

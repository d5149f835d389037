const anna = { name: 'Anna Weber', address: 'anna.weber@post.example' };
const shop = { name: 'Harbor Bikes', address: 'shop@harborbikes.example' };
const me = { first_name: 'Ines', last_name: 'Duarte', email: 'ines@harborbikes.example' };

/** A conversation that was never written: what the page shows where no Missive is around it. */
export function practice() {
    const id = 'practice-conversation';
    const delivered_at = Math.floor(Date.now() / 1000) - 600;
    const message = {
        ...{ id: 'practice-message', subject: 'Where is my order 4711?', delivered_at },
        ...{ preview: 'Hello, my order 4711 has not arrived yet.', from_field: anna, to_fields: [shop] },
        ...{ cc_fields: [], bcc_fields: [], body: '<div>Hello, my order 4711 has not arrived yet.</div>' },
    };
    const conversation = {
        ...{ id, subject: message.subject, color: null, users: [], assignees: [], authors: [anna], labels: [] },
        ...{
            messages_count: 1,
            latest_message: message,
            link: `https://mail.missiveapp.com/#inbox/conversations/${id}`,
        },
    };
    return {
        ...{ conversations: [id], conversation, message, messages: [message], contacts: [anna], contact: anna },
        user: { id: 'practice-user', me: true, ...me },
    };
}

/** What lies in the fake app's inbox, in the shapes that Missive's script gives to a sidebar. */
const shop = { address: 'shop@harborbikes.example', name: 'Harbor Bikes' };
const at = 1_790_000_000;

export const users = [
    { id: 'u-ines', email: 'ines@harborbikes.example', first_name: 'Ines', last_name: 'Duarte', me: true },
    { id: 'u-rui', email: 'rui@harborbikes.example', first_name: 'Rui', last_name: 'Pinto' },
];

export const labels = [
    { id: 'l-parts', name: 'Parts', parent_id: null, organization_id: 'o-1' },
    { id: 'l-urgent', name: 'Urgent', parent_id: null, organization_id: 'o-1' },
];

const message = (id, from, rest = {}) => ({
    ...{ id, subject: 'Order 4711', preview: 'Where is it?', body: `<div>Body of ${id}</div>`, delivered_at: at },
    ...{ from_field: from, to_fields: [shop], cc_fields: [], bcc_fields: [], attachments: [{ id: `a-${id}` }] },
    ...rest,
});

function conversation(id, messages, rest = {}) {
    const authors = [...new Map(messages.map(({ from_field: from }) => [JSON.stringify(from), from])).values()];
    return {
        ...{ id, subject: messages.at(-1)?.subject ?? null, color: null, users, assignees: [], authors, labels: [] },
        ...{ messages_count: messages.length, latest_message: messages.at(-1) ?? null, messages },
        link: `https://mail.missiveapp.com/#inbox/conversations/${id}`,
        ...rest,
    };
}

const anna = { address: 'Anna@post.example', name: 'Anna Weber' };
const ben = { address: 'ben@post.example', name: 'Ben Ito' };
const hostile = {
    address: 'evil@x.example',
    name: '<img src=x onerror="top.hacked=1"><script>top.hacked=1</script>',
};
const arabic = { address: 'layla@x.example', name: 'ليلى الحداد' };

const all = [
    conversation('c-mail', [message('m-1', anna), message('m-2', shop, { to_fields: [anna] }), message('m-3', anna)]),
    conversation('c-ben', [message('m-ben', ben)]),
    conversation('c-several', [message('m-several', anna, { cc_fields: [ben, users[1]] })]),
    conversation('c-crowd', [
        message('m-crowd', anna, {
            cc_fields: Array.from({ length: 12 }, (_, n) => ({ address: `p${n}@x.example`, name: `Person ${n}` })),
        }),
    ]),
    conversation('c-ours', [message('m-ours', shop, { to_fields: [ben] })]),
    conversation('c-inside', [message('m-inside', users[1], { to_fields: [users[0]] })]),
    conversation('c-sms', [
        message('m-sms', { phone_number: '+351 910 000 001' }, { to_fields: [{ phone_number: '+351210000009' }] }),
    ]),
    conversation('c-chat', [], { authors: [], latest_message: null, messages: [] }),
    conversation(
        'c-long',
        Array.from({ length: 200 }, (_, n) =>
            message(`m-long-${n}`, anna, { delivered_at: at + n, body: `<p>${n} ${'words '.repeat(400)}</p>` }),
        ),
    ),
    conversation('c-hostile', [message('m-hostile', hostile)]),
    conversation('c-rtl', [message('m-rtl', arabic)]),
];

export const conversations = new Map(all.map((each) => [each.id, each]));
export const messages = new Map(all.flatMap((each) => each.messages.map((one) => [one.id, one])));

import { soon } from './facts.js';

const bare = ({ body, attachments, ...rest }) => rest;

/** What was clicked, by its id or number. */
function clicked(data) {
    const ids = ['comment', 'draft', 'task'].filter((name) => data[name]?.id).map((name) => [name, data[name].id]);
    const phone = data.phone_number ?? data.phoneNumber ?? data.tel;
    return Object.fromEntries([...ids, ...(typeof phone === 'string' ? [['phone_number', phone]] : [])]);
}

/** Entries in Missive's own menus, its shortcut and what was sent: each an event for the flow. */
export function menus({ missive, settings, session }) {
    const { at } = session;
    const wanted = (event) => settings.events.length === 0 || settings.events.includes(event);

    async function chosen(action, data = {}) {
        const given = data.conversations ?? (data.conversation ? [data.conversation] : undefined);
        const ids = given?.map((each) => each?.id ?? each) ?? at.ids;
        const facts =
            ids.length > 0 && (await (ids.join() === at.key ? at.facts : session.factsOf(ids))?.catch(() => {}));
        const message = data.message && (settings.detail === 'summary' ? bare(data.message) : data.message);
        const about = { kind: 'menu', key: ids.join(), facts: facts || { conversations: ids } };
        const contact = about.facts.contact;
        await session.send(
            { do: 'action', action, values: clicked(data), ...(message && { message }) },
            { ...about, contact },
        );
    }

    if (wanted('action') && settings.actions.length > 0) {
        missive.setActions(
            settings.actions.map(({ label, contexts, action, emoji }) => ({
                ...{ label, contexts, callback: (data) => chosen(action, data) },
                ...(emoji && { emoji }),
            })),
        );
    }
    missive.on('main_action', () => {
        missive.openSelf();
        if (wanted('shortcut')) session.send({ do: 'shortcut' }, { kind: 'shortcut', key: at.key });
    });
    missive.on('message_sent', async (id) => {
        if (!wanted('sent')) return;
        const { key } = at;
        const [message = { id }] = await soon(missive.fetchMessages([id])).catch(() => []);
        const shown = settings.detail === 'summary' ? bare(message) : message;
        session.send({ do: 'sent', message: shown }, { kind: 'sent', key });
    });
}

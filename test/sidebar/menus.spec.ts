import should from 'should';
import { Stage } from '../support/sidebar/stage';

describe('sidebar page: Missive’s menus and events', function () {
    this.timeout(40_000);
    const stage = Stage.here();
    const actions = [
        { label: 'Look up', contexts: ['message', 'conversation'], action: 'look', emoji: ':mag:' },
        { label: 'What is this number', contexts: ['tel'], action: 'number' },
    ];

    it('get the entries that the node names; each is an event, answered by effects or a card', async () => {
        stage.endpoint.settings = { actions };
        stage.endpoint.answer = ({ do: kind, action }) =>
            kind === 'open'
                ? { card: { title: 'Opened' } }
                : {
                      card: {
                          ...(action === 'look' && { title: 'Looked up' }),
                          effects: [{ do: 'comment', body: 'x' }],
                      },
                  };
        const panel = await stage.open({ selected: 'c-mail' });
        await panel.title('Opened').waitFor();
        should(await panel.actions()).eql(actions.map(({ action, ...rest }) => rest));
        await panel.act(0, { conversation: { id: 'c-mail' }, message: { id: 'm-1', subject: 'S', body: 'secret' } });
        await panel.title('Looked up').waitFor();
        should((await panel.called(2)).map(({ method }) => method).sort()).eql(['comment', 'openSelf']);
        const [look] = stage.endpoint.of('action');
        should(look).match({ action: 'look', conversations: ['c-mail'], message: { id: 'm-1', subject: 'S' } });
        should(look?.message).not.have.property('body');
        await panel.act(1, { phone_number: '+351910000001' });
        await panel.called(3);
        should(stage.endpoint.of('action')[1]).match({ action: 'number', values: { phone_number: '+351910000001' } });
    });

    it('do nothing to the open conversation when another one was clicked', async () => {
        stage.endpoint.settings = { actions };
        stage.endpoint.answer = ({ do: kind }) =>
            kind === 'open' ? { card: { title: 'Opened' } } : { card: { effects: [{ do: 'close' }] } };
        const panel = await stage.open({ selected: 'c-mail' });
        await panel.title('Opened').waitFor();
        await panel.act(0, { conversation: { id: 'c-ben' } });
        const [call] = await panel.called(1);
        should(call).match({ method: 'alert' });
        should(stage.endpoint.of('action')[0]).match({
            ...{ conversations: ['c-ben'], contact: { address: 'ben@post.example' } },
        });
    });

    it('tell the flow of a sent message and of the shortcut, where it wants that', async () => {
        const panel = await stage.open({ selected: 'c-mail' });
        await panel.card.waitFor();
        await panel.emit('message_sent', 'm-2');
        await panel.emit('main_action');
        should(await panel.called(1)).match([{ method: 'openSelf' }]);
        while (stage.endpoint.events.length < 4) await panel.page.waitForTimeout(20);
        should(stage.endpoint.of('sent')[0]).match({ message: { id: 'm-2' }, conversations: ['c-mail'] });
        should(stage.endpoint.of('shortcut')).have.length(1);
        stage.endpoint.settings = { events: ['open'] };
        stage.endpoint.events.length = 0;
        const other = await stage.open({ selected: 'c-mail' });
        await other.card.waitFor();
        await other.emit('message_sent', 'm-2');
        await other.emit('main_action');
        await other.called(1);
        await other.page.waitForTimeout(200);
        should(stage.endpoint.events.map(({ do: kind }) => kind).sort()).eql(['listen', 'open']);
    });
});

import should from 'should';
import { Stage } from '../support/sidebar/stage';

const mailto = { subject: 'Re: Order', body: '<div>Hello</div>', to_fields: [{ address: 'anna@post.example' }] };

/** Each effect, and the call of Missive's script that it becomes. */
const each: readonly (readonly [effect: Record<string, unknown>, method: string, args: readonly unknown[]])[] = [
    [{ do: 'comment', body: 'Seen' }, 'comment', ['Seen']],
    [{ do: 'create_task', body: 'Call', completed: false }, 'createTask', ['Call', false]],
    [{ do: 'add_labels', labels: ['parts', 'l-urgent'] }, 'addLabels', [['l-parts', 'l-urgent']]],
    [{ do: 'remove_labels', labels: ['Urgent'] }, 'removeLabels', [['l-urgent']]],
    [{ do: 'assign', users: ['me', 'rui@harborbikes.example', 'Rui Pinto'] }, 'assign', [['u-ines', 'u-rui', 'u-rui']]],
    [{ do: 'assign', users: [] }, 'assign', [[]]],
    [{ do: 'close' }, 'close', []],
    [{ do: 'reopen' }, 'reopen', []],
    [{ do: 'archive' }, 'archive', []],
    [{ do: 'set_subject', subject: 'New' }, 'setSubject', ['New']],
    [{ do: 'set_color', color: '#ff0000' }, 'setColor', ['#ff0000']],
    [{ do: 'insert_html', html: '<b>x</b>' }, 'insertHtml', ['<b>x</b>']],
    [{ do: 'insert_text', text: 'x' }, 'insertText', ['x']],
    [{ do: 'reply', deliver: false, mailto }, 'reply', [{ deliver: false, mailto }]],
    [{ do: 'compose', deliver: true, mailto }, 'compose', [{ deliver: true, mailto }]],
    [{ do: 'navigate', conversation: 'c-ben' }, 'navigate', [{ conversationId: 'c-ben' }]],
    [{ do: 'open_url', url: 'https://x.example/' }, 'openURL', ['https://x.example/']],
    [{ do: 'copy', text: '4711' }, 'writeToClipboard', ['4711']],
    [{ do: 'alert', title: 'T', message: 'M', note: 'N' }, 'alert', [{ title: 'T', message: 'M', note: 'N' }]],
];

describe('sidebar page: effects', function () {
    this.timeout(40_000);
    const stage = Stage.here();

    it('become calls of Missive’s script, in order, once', async () => {
        stage.endpoint.answer = ({ do: kind }) =>
            kind === 'open'
                ? { card: { title: 'All', buttons: [{ label: 'Go', action: 'go' }] } }
                : { card: { effects: each.map(([effect]) => effect) } };
        const panel = await stage.open({ selected: 'c-mail' });
        await panel.frame.getByRole('button', { name: 'Go' }).click();
        const calls = await panel.called(each.length);
        should(calls.map(({ method, args }) => [method, args])).eql(each.map(([, method, args]) => [method, args]));
        // A card of effects alone leaves what is drawn.
        should(await panel.title('All').count()).equal(1);
        await panel.select('c-ben');
        await panel.title('All').waitFor();
        await panel.select('c-mail');
        await panel.title('All').waitFor();
        should(await panel.calls()).have.length(each.length);
    });

    it('of a button come before its action; none goes on after one that failed', async () => {
        const buttons = [
            { label: 'Both', action: 'both', effects: [{ do: 'comment', body: 'x' }], url: 'https://x.example/' },
            { label: 'Alone', effects: [{ do: 'close' }] },
        ];
        stage.endpoint.answer = () => ({ card: { title: 'Card', buttons } });
        const panel = await stage.open({ selected: 'c-mail' });
        await panel.frame.getByRole('button', { name: 'Alone' }).click();
        await panel.called(1);
        await panel.frame.getByRole('button', { name: 'Both' }).click();
        const methods = (await panel.called(3)).map(({ method }) => method);
        should(methods.sort()).eql(['close', 'comment', 'openURL']);
        while (stage.endpoint.of('action').length < 1) await panel.page.waitForTimeout(20);
        await panel.frame.locator('.card:not([data-held])').waitFor();
        await panel.set('fails', 'comment');
        await panel.frame.getByRole('button', { name: 'Both' }).click();
        await panel.note.getByText('Missive did not do it: comment (Missive says no)').waitFor();
        should(stage.endpoint.of('action')).have.length(1);
    });

    it('are not done to another conversation that is open meanwhile', async () => {
        let answer = () => {};
        const effects = [{ do: 'copy', text: 'x' }, { do: 'comment', body: 'x' }, { do: 'close' }];
        stage.endpoint.answer = ({ do: kind }) =>
            kind === 'open'
                ? { card: { title: 'Card', buttons: [{ label: 'Go', action: 'go' }] } }
                : new Promise((resolve) => {
                      answer = () => resolve({ card: { effects } });
                  });
        const panel = await stage.open({ selected: 'c-mail' });
        await panel.frame.getByRole('button', { name: 'Go' }).click();
        while (stage.endpoint.of('action').length === 0) await panel.page.waitForTimeout(20);
        await panel.select('c-ben');
        answer();
        await panel.note.getByText('Nothing was done: another conversation is open now.').waitFor();
        should((await panel.calls()).map(({ method }) => method)).eql(['writeToClipboard']);
    });

    it('are not done where a name is not one of Missive’s, or the effect is unknown', async () => {
        const effects = [
            [{ do: 'add_labels', labels: ['Nowhere'] }],
            [{ do: 'assign', users: ['nobody@x.example'] }],
            [{ do: 'fly' }],
            [{ do: 'constructor' }],
        ];
        stage.endpoint.answer = () => ({
            card: { title: 'Card', buttons: effects.map((list, n) => ({ label: `E${n}`, effects: list })) },
        });
        const panel = await stage.open({ selected: 'c-mail' });
        const said = ['did not do it: Nowhere', 'did not do it: nobody@x.example', 'do “fly”', 'do “constructor”'];
        for (const [n, words] of said.entries()) {
            await panel.frame.getByRole('button', { name: `E${n}` }).click();
            await panel.note.getByText(words).waitFor();
        }
        should(await panel.calls()).be.empty();
    });

    it('of a card that nobody asked for are not done: a refresh, a repeated event', async () => {
        stage.endpoint.answer = ({ seq }) => ({
            card: { title: `Card ${seq}`, refresh: 1, effects: [{ do: 'comment', body: `${seq}` }] },
        });
        const panel = await stage.open({ selected: 'c-mail' });
        await panel.called(1);
        while (stage.endpoint.of('open').length < 3) await panel.page.waitForTimeout(50);
        await panel.select('c-mail');
        while (stage.endpoint.of('open').length < 4) await panel.page.waitForTimeout(50);
        should(await panel.calls()).have.length(1);
    });

    it('are done once where the event is repeated while a refresh, or the first answer, is on its way', async () => {
        const held: (() => void)[] = [];
        stage.endpoint.answer = async ({ seq }) => {
            await new Promise<void>((resolve) => held.push(resolve));
            return { card: { title: `Card ${seq}`, refresh: 1, effects: [{ do: 'comment', body: `${seq}` }] } };
        };
        const asked = async (count: number) => {
            while (held.length < count) await panel.page.waitForTimeout(20);
        };
        const panel = await stage.open({ selected: 'c-mail' });
        await asked(1);
        await panel.select('c-mail');
        held[0]?.();
        await panel.called(1);
        await asked(2);
        await panel.select('c-mail');
        await asked(3);
        for (const answer of held) answer();
        await panel.frame.getByText('Card').first().waitFor();
        await asked(4);
        should(await panel.calls()).have.length(1);
    });

    it('open links where Missive opens them, and conversations in Missive', async () => {
        const links = [
            { label: 'Web', url: 'https://x.example/' },
            { label: 'Mail', url: 'mailto:a@x.example' },
            { label: 'There', url: 'missive://mail.missiveapp.com/#inbox/conversations/c-ben' },
        ];
        stage.endpoint.answer = () => ({
            card: { title: 'Links', links, rows: [{ label: 'N', value: '1', copy: '1' }] },
        });
        const panel = await stage.open({ selected: 'c-mail' });
        for (const { label } of links) await panel.frame.getByRole('link', { name: label }).click();
        await panel.frame.getByRole('button', { name: 'Copy N' }).click();
        should((await panel.called(4)).map(({ method, args }) => [method, args[0]])).eql([
            ['openURL', 'https://x.example/'],
            ['openURL', 'mailto:a@x.example'],
            ['navigate', { conversationId: 'c-ben' }],
            ['writeToClipboard', '1'],
        ]);
    });
});

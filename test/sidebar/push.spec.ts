import should from 'should';
import { Stage } from '../support/sidebar/stage';

describe('sidebar page: what is pushed', function () {
    this.timeout(40_000);
    const stage = Stage.here();

    it('is drawn in the conversation that it is for, and does nothing in a person’s name but tell', async () => {
        const panel = await stage.open({ selected: 'c-mail' });
        await panel.card.waitFor();
        const effects = [
            { do: 'comment', body: 'x' },
            { do: 'alert', message: 'News' },
        ];
        stage.endpoint.push({ card: { title: 'Pushed', effects }, conversation: 'c-mail' });
        await panel.title('Pushed').waitFor();
        should((await panel.called(1)).map(({ method }) => method)).eql(['alert']);
        stage.endpoint.push({ card: { title: 'For another' }, conversation: 'c-ben' });
        stage.endpoint.answer = () => 'hang';
        await panel.page.waitForTimeout(200);
        should(await panel.title('Pushed').count()).equal(1);
        await panel.select('c-ben');
        await panel.title('For another').waitFor();
        should(await panel.calls()).have.length(1);
    });

    it('to a request of its own replaces the first card, with its effects', async () => {
        stage.endpoint.answer = () => ({ card: { title: 'Thinking' } });
        const panel = await stage.open({ selected: 'c-mail' });
        await panel.title('Thinking').waitFor();
        const { seq } = stage.endpoint.of('open')[0] ?? {};
        const effects = [{ do: 'comment', body: 'x' }];
        stage.endpoint.push({ card: { title: 'Done', effects }, conversation: 'c-mail', request: 'r', seq });
        await panel.title('Done').waitFor();
        should((await panel.called(1))[0]).match({ method: 'comment', selected: ['c-mail'] });
    });

    it('does not redraw a form that is being filled in', async () => {
        const form = { name: 'note', submit: 'Save', fields: [{ name: 'text', type: 'text', label: 'Note' }] };
        stage.endpoint.answer = () => ({ card: { title: 'First', form } });
        const panel = await stage.open({ selected: 'c-mail' });
        await panel.frame.getByLabel('Note').fill('mine');
        stage.endpoint.push({ card: { title: 'Second', form }, conversation: 'c-mail' });
        await panel.note.getByRole('button', { name: 'Show it' }).waitFor();
        should(await panel.title('First').count()).equal(1);
    });

    it('is listened for again after a break, and what was missed is asked for', async () => {
        const panel = await stage.open({ selected: 'c-mail' });
        await panel.title('Card of c-mail').waitFor();
        stage.endpoint.answer = () => ({ card: { title: 'Missed' } });
        stage.endpoint.cut(true);
        await panel.title('Missed').waitFor();
        while (stage.endpoint.listening === 0) await panel.page.waitForTimeout(50);
        stage.endpoint.push({ card: { title: 'Heard' }, conversation: 'c-mail' });
        await panel.title('Heard').waitFor();
    });
});

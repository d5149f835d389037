import should from 'should';
import { Stage } from '../support/sidebar/stage';

describe('sidebar page: an answer that does not come', function () {
    this.timeout(40_000);
    const stage = Stage.here();

    it('is said in a sentence, with “try again”', async () => {
        stage.endpoint.answer = () => ({ late: 'The flow gave no card within 20 seconds.' });
        const panel = await stage.open({ selected: 'c-mail' });
        await panel.frame.getByText('The flow gave no card within 20 seconds.').waitFor();
        stage.endpoint.answer = () => ({ card: { title: 'There it is' } });
        await panel.frame.getByRole('button', { name: 'Try again' }).click();
        await panel.title('There it is').waitFor();
        should(await panel.note.count()).equal(0);
    });

    it('leaves the card of last time, with the sentence above it', async () => {
        const panel = await stage.open({ selected: 'c-mail' });
        await panel.card.waitFor();
        await panel.select();
        stage.endpoint.answer = () => ({ late: 'Too late.' });
        await panel.select('c-mail');
        await panel.note.getByText('Too late.').waitFor();
        should(await panel.title('Card of c-mail').count()).equal(1);
        stage.endpoint.answer = () => ({ card: { title: 'In time' } });
        await panel.note.getByRole('button', { name: 'Try again' }).click();
        await panel.title('In time').waitFor();
    });

    it('is asked for again by the page itself where the endpoint has too much to do or is not there', async () => {
        const answers = [{ status: 429, after: 1 }, { status: 502 }, { card: { title: 'At last' } }];
        stage.endpoint.answer = () => answers.shift() ?? { none: true };
        const panel = await stage.open({ selected: 'c-mail' });
        await panel.title('At last').waitFor();
        should(stage.endpoint.of('open')).have.length(3);
        should(await panel.note.count()).equal(0);
    });

    it('is empty where the flow shows nothing', async () => {
        stage.endpoint.answer = () => ({ none: true });
        const panel = await stage.open({ selected: 'c-mail' });
        await panel.frame.getByText('Nothing to show').waitFor();
    });

    it('comes after a reload where the token has run out', async () => {
        stage.endpoint.answer = ({ token }) => (token === 'Bearer t1' ? { status: 401 } : { card: { title: 'Anew' } });
        const panel = await stage.open({ selected: 'c-mail' });
        await panel.title('Anew').waitFor();
        should(stage.endpoint.loads).equal(2);
    });

    it('does not reload for ever where every token is wrong', async () => {
        stage.endpoint.answer = () => ({ status: 401 });
        const panel = await stage.open({ selected: 'c-mail' });
        await panel.frame.getByText('This address is no longer good').waitFor();
        should(stage.endpoint.loads).equal(2);
    });

    it('is a sentence where the node is gone', async () => {
        stage.endpoint.answer = () => ({ status: 404 });
        const panel = await stage.open({ selected: 'c-mail' });
        await panel.frame.getByText('Status 404').waitFor();
        await panel.frame.getByRole('button', { name: 'Try again' }).waitFor();
    });

    it('is a sentence where Missive does not tell the conversation', async () => {
        const panel = await (await stage.open()).ready();
        await panel.set('silent', true);
        await panel.select('c-mail');
        await panel.frame.getByText('Missive did not tell').waitFor({ timeout: 15_000 });
        await panel.set('silent', false);
        await panel.frame.getByRole('button', { name: 'Try again' }).click();
        await panel.title('Card of c-mail').waitFor();
    });
});

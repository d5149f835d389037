import should from 'should';
import { Stage } from '../support/sidebar/stage';

describe('sidebar page: where Missive’s script is not', function () {
    this.timeout(40_000);
    const stage = Stage.here();

    it('a plain tab says where the page belongs and shows the card of practice data', async () => {
        stage.endpoint.answer = ({ contact }) => ({
            card: {
                ...{ title: `For ${(contact as { name: string }).name}` },
                buttons: [{ label: 'Close it', effects: [{ do: 'close' }] }],
            },
        });
        for (const script of [true, false]) {
            stage.app.script = script;
            const page = await stage.browser.newPage();
            await page.goto(stage.endpoint.address);
            await page.getByText('This page belongs into Missive').waitFor();
            await page.getByText('Preview with practice data').waitFor();
            await page.getByRole('heading', { name: 'For Anna Weber' }).waitFor();
            await page.getByRole('button', { name: 'Close it' }).click();
            await page.getByText('In Missive this would happen now: close.').waitFor();
            await page.close();
        }
        should(stage.endpoint.of('open')).have.length(2);
    });

    it('a frame without it shows a sentence, and nobody’s data', async () => {
        stage.app.script = false;
        const panel = await stage.open({ selected: 'c-mail' });
        await panel.frame.getByText('Missive’s script could not be loaded.').waitFor();
        should(stage.endpoint.events).be.empty();
    });

    it('it works where storage is refused', async () => {
        const before = `for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) {
            Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } });
        }`;
        const panel = await stage.open({ selected: 'c-mail', before });
        await panel.title('Card of c-mail').waitFor();
    });
});

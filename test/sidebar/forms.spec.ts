import should from 'should';
import type { Panel } from '../support/sidebar/panel';
import { Stage } from '../support/sidebar/stage';

const noteForm = { name: 'note', submit: 'Save', fields: [{ name: 'text', type: 'textarea', label: 'Note' }] };

describe('sidebar page: forms and buttons', function () {
    this.timeout(40_000);
    const stage = Stage.here();

    const note = (panel: Panel) => panel.frame.getByLabel('Note');

    it('sends the values of every type of field, and the card’s keep', async () => {
        const fields = [
            { name: 'text', type: 'text', label: 'Text', required: true },
            { name: 'area', type: 'textarea', label: 'Area', value: 'a\nb' },
            { name: 'number', type: 'number', label: 'Number' },
            { name: 'none', type: 'number', label: 'No number' },
            { name: 'email', type: 'email', label: 'E-mail', value: 'x@y.example' },
            { name: 'tel', type: 'tel', label: 'Phone', value: '+351 910' },
            { name: 'url', type: 'url', label: 'Link', value: 'https://x.example' },
            { name: 'date', type: 'date', label: 'Date', value: '2026-11-28' },
            { name: 'time', type: 'time', label: 'Time', value: '10:30' },
            {
                ...{ name: 'select', type: 'select', label: 'Select', value: 'b' },
                options: [
                    { value: 'a', label: 'A' },
                    { value: 'b', label: 'B' },
                ],
            },
            { name: 'checkbox', type: 'checkbox', label: 'Check', value: true },
            { name: 'hidden', type: 'hidden', value: 'kept' },
            { name: '__proto__', type: 'text', label: 'Odd', value: 'odd' },
        ];
        stage.endpoint.answer = (event) =>
            event.do === 'form'
                ? { card: { title: 'Saved' } }
                : { card: { title: 'Form', form: { name: 'all', submit: 'Save', fields }, keep: { order: 1 } } };
        const panel = await stage.open({ selected: 'c-mail' });
        const save = panel.frame.getByRole('button', { name: 'Save' });
        await save.click();
        should(stage.endpoint.of('form')).be.empty();
        await panel.frame.getByLabel('Text').fill('Hello');
        await panel.frame.getByLabel('Number', { exact: true }).fill('12.5');
        await panel.shot('form');
        await save.click();
        await panel.title('Saved').waitFor();
        const [event] = stage.endpoint.of('form');
        should(event).match({ action: 'all', keep: { order: 1 }, conversations: ['c-mail'] });
        const values = event?.values as Record<string, unknown>;
        should(Object.getOwnPropertyDescriptor(values, '__proto__')?.value).equal('odd');
        should(JSON.parse(JSON.stringify(values))).match({
            ...{ text: 'Hello', area: 'a\nb', number: 12.5, none: null, email: 'x@y.example', tel: '+351 910' },
            ...{ url: 'https://x.example', date: '2026-11-28', time: '10:30', select: 'b', checkbox: true },
            hidden: 'kept',
        });
    });

    it('does not redraw a form that is being filled in', async () => {
        stage.endpoint.answer = ({ seq }) => ({ card: { title: `Card ${seq}`, form: noteForm, refresh: 1 } });
        const panel = await stage.open({ selected: 'c-mail' });
        await note(panel).fill('half a no');
        await panel.note.getByText('There is something new.').waitFor();
        should(await note(panel).inputValue()).equal('half a no');
        await note(panel).pressSequentially('te');
        // Away and back: what was typed is still there.
        await panel.select('c-ben');
        await panel.title('Card').waitFor();
        await panel.select('c-mail');
        should(await note(panel).inputValue()).equal('half a note');
        await panel.note.getByRole('button', { name: 'Show it' }).click();
        should(await note(panel).inputValue()).equal('half a note');
    });

    it('keeps what was typed when the form was not taken, and when a button brings another card', async () => {
        const buttons = [{ label: 'Look', action: 'look' }];
        stage.endpoint.answer = (event) =>
            event.do === 'form' ? { late: 'No card.' } : { card: { title: event.do, form: noteForm, buttons } };
        const panel = await stage.open({ selected: 'c-mail' });
        await note(panel).fill('mine');
        await panel.frame.getByRole('button', { name: 'Save' }).click();
        await panel.note.getByText('look before you do it again').waitFor();
        should(await note(panel).inputValue()).equal('mine');
        await panel.frame.getByRole('button', { name: 'Look' }).click();
        await panel.title('action').waitFor();
        should(await note(panel).inputValue()).equal('mine');
    });

    it('keeps what was typed when the token has run out', async () => {
        stage.endpoint.answer = (event) => {
            if (event.do === 'form')
                return event.token === 'Bearer t1' ? { status: 401 } : { card: { title: 'Saved' } };
            return { card: { title: 'Form', form: noteForm } };
        };
        const panel = await stage.open({ selected: 'c-mail' });
        await note(panel).fill('mine');
        await panel.frame.getByRole('button', { name: 'Save' }).click();
        await panel.title('Saved').waitFor();
        should(stage.endpoint.of('form').map(({ values }) => values)).eql([{ text: 'mine' }, { text: 'mine' }]);
    });

    it('sends a button once however often it is pressed, after the question where there is one', async () => {
        let answer = () => {};
        stage.endpoint.answer = (event) =>
            event.do === 'open'
                ? {
                      card: {
                          ...{ title: 'Order', keep: 7 },
                          buttons: [{ label: 'Refund', action: 'refund', confirm: 'Pay 12 € back?', tone: 'bad' }],
                      },
                  }
                : new Promise((resolve) => {
                      answer = () => resolve({ card: { title: 'Refunded' } });
                  });
        const panel = await stage.open({ selected: 'c-mail' });
        const refund = panel.frame.getByRole('button', { name: 'Refund' });
        await refund.click();
        const question = panel.frame.getByRole('alertdialog', { name: 'Pay 12 € back?' });
        await question.waitFor();
        await panel.shot('question');
        await question.getByRole('button', { name: 'Cancel' }).click();
        should(stage.endpoint.of('action')).be.empty();
        await refund.click();
        await question.press('Escape');
        await refund.click();
        await question.getByRole('button', { name: 'Refund' }).click();
        await panel.frame.locator('button[aria-busy="true"]').waitFor();
        await refund.click({ force: true });
        while (stage.endpoint.of('action').length === 0) await panel.page.waitForTimeout(20);
        answer();
        await panel.title('Refunded').waitFor();
        should(stage.endpoint.of('action')).have.length(1);
        should(stage.endpoint.of('action')[0]).match({ action: 'refund', keep: 7, conversations: ['c-mail'] });
    });

    it('never repeats by itself what may have been done', async () => {
        stage.endpoint.answer = (event) =>
            event.do === 'open'
                ? { card: { title: 'Order', buttons: [{ label: 'Refund', action: 'refund' }] } }
                : { status: 502 };
        const panel = await stage.open({ selected: 'c-mail' });
        await panel.frame.getByRole('button', { name: 'Refund' }).click();
        await panel.note.getByText('It may have been done all the same').waitFor();
        await panel.note.getByRole('button', { name: 'Show the card' }).click();
        await panel.title('Order').waitFor();
        should(stage.endpoint.of('action')).have.length(1);
    });

    it('is worked by keyboard alone, and the focus stays where it was', async () => {
        stage.endpoint.answer = ({ seq }) => ({
            card: {
                title: `Card ${seq}`,
                buttons: [
                    { label: 'Again', action: 'again' },
                    { label: 'Other', action: 'o' },
                ],
            },
        });
        const panel = await stage.open({ selected: 'c-mail' });
        await panel.card.waitFor();
        await panel.page.keyboard.press('Tab');
        await panel.frame.getByRole('button', { name: 'Again' }).focus();
        const before = await panel.card.innerText();
        await panel.page.keyboard.press('Enter');
        while ((await panel.card.innerText()) === before) await panel.page.waitForTimeout(20);
        should(await panel.frame.locator(':focus').innerText()).equal('Again');
    });
});

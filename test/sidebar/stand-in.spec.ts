import should from 'should';
import { Stage } from '../support/sidebar/stage';

/** What Missive documents of its script, besides `on`. */
const documented = [
    ...['reload', 'search', 'alert', 'navigate', 'openForm', 'closeForm', 'openSelf', 'closeSelf', 'openURL'],
    ...['openContextMenu', 'setActions', 'setAsUtility', 'setPermissions', 'storeGet', 'storeSet', 'initiateCallback'],
    ...['respondToMessage', 'writeToClipboard', 'fetchConversations', 'fetchMessages', 'fetchUsers', 'fetchLabels'],
    ...['archive', 'trash', 'moveToInbox', 'close', 'reopen', 'comment', 'createTask', 'addLabels', 'removeLabels'],
    ...['assign', 'addAssignees', 'removeAssignees', 'setColor', 'setSubject', 'setDescription', 'createConversation'],
    ...['compose', 'composeInConversation', 'reply', 'forward', 'insertText', 'insertHtml', 'getEmailAddresses'],
    ...['getPhoneNumbers', 'formatContact', 'formatTimestamp', 'formatDate', 'isToday', 'isTomorrow', 'isPast'],
    ...['isInLessThan', 'getMonth', 'capitalize', 'classNames', 'on'],
];
/** What integrations made by guessing call; none of it exists. */
const invented = ['getCurrentConversation', 'getCurrentUser', 'getUsers', 'fetchTasks', 'off', 'state', 'storeDelete'];

describe('the stand-in of Missive’s script', function () {
    this.timeout(30_000);
    const stage = Stage.here();

    it('has what Missive documents and nothing else', async () => {
        const panel = await (await stage.open()).ready();
        should(((await panel.inside('Object.keys(Missive)')) as string[]).sort()).eql([...documented].sort());
        for (const name of invented) {
            const said = await panel.inside(
                `(() => { try { return typeof Missive.${name}; } catch (e) { return e.message; } })()`,
            );
            should(said).equal(`Missive.${name} is not documented`);
        }
    });

    it('refuses events, contexts and arguments that Missive does not know', async () => {
        const panel = await (await stage.open()).ready();
        const said = (call: string) =>
            panel.inside(`(() => { try { ${call}; return ''; } catch (e) { return e.message; } })()`);
        should(await said("Missive.on('ready', () => {})")).match(/no event ready/);
        should(await said("Missive.setActions([{ label: 'x', contexts: ['mail'] }])")).match(/no context mail/);
        should(await said("Missive.addLabels('one')")).match(/argument 1 must be list/);
        should(await said('Missive.comment()')).match(/argument 1 must be text/);
    });

    it('calls back at once about what has happened, where that is asked for', async () => {
        const panel = await (await stage.open({ selected: 'c-mail' })).ready();
        await panel.card.waitFor();
        const heard = (options: string) =>
            panel.inside(
                `(() => { let heard = null; Missive.on('change:conversations', (ids) => { heard = ids; }, ${options}); return heard; })()`,
            );
        should(await heard('{ retroactive: true }')).eql(['c-mail']);
        should(await heard('{}')).equal(null);
    });

    it('hears no other page than the one around it', async () => {
        const panel = await (await stage.open({ selected: 'c-mail' })).ready();
        await panel.card.waitFor();
        await panel.inside(
            "window.postMessage({ missive: 1, event: 'change:conversations', payload: ['c-ben'] }, '*')",
        );
        await panel.page.waitForTimeout(300);
        should(stage.endpoint.of('open')).have.length(1);
    });
});

import should from 'should';
import { catalogueOf } from '../../src/editor/catalogue';
import { helpOf } from '../../src/editor/help';
import { htmlOf } from '../../src/editor/render';
import { textsOf } from '../../src/editor/texts';
import { words } from '../../src/editor/words';
import { family, member } from '../../src/missive/operations/family';
import { pick, picks, text } from '../../src/missive/operations/fields';
import { helpIn, keysIn, pageOf, shownIn, textAt } from './page';

const example = { input: { id: 'm1' }, output: { id: 'm1' } };
const declared = family({
    type: 'missive-read-things',
    label: 'read',
    summary: 'Reads things.',
    sections: { more: 'More' },
    resource: { label: 'What', help: 'What is read.' },
    resources: {
        message: member({
            title: 'message',
            ...{ resource: 'message', method: 'GET', path: '/messages/{id}', envelope: 'messages', example },
            fields: { id: picks('message', { required: true, label: 'Messages', help: 'Their ids.' }) },
        }),
        users: member({
            title: 'users',
            ...{ resource: 'user', method: 'GET', path: '/users', envelope: 'users', example },
            fields: {
                organization: pick('organization', { required: true, label: 'Organization', help: '' }),
                name: text({ section: 'more', max: 3, label: 'Called', help: '' }),
            },
        }),
    },
});

const html = htmlOf(declared);
const english = catalogueOf(textsOf(declared), words['en-US']);

/** Opens the dialog of a node. */
function edit(properties: Record<string, unknown>) {
    const page = pageOf(html, english, { good: { valid: true } });
    const definition = page.registered[0]?.definition;
    if (!definition) throw new Error('Nothing was registered');
    const node = page.node({ account: 'good', ...properties });
    for (const property of Object.keys(definition.defaults)) {
        const box = page.box(property);
        if (box) box.value = String(properties[property] ?? '');
    }
    const said = (property: string) => definition.defaults[property]?.validate?.call(node, properties[property], {});
    return { page, node, definition, said };
}

describe('editor: the form of a family', () => {
    it('stores the kind as a plain property, and each field of each kind', () => {
        const { defaults } = edit({}).definition;
        should(defaults.resource?.value).equal('message');
        should('resourceType' in defaults).be.false();
        for (const property of ['message_id', 'message_idType', 'user_name', 'user_nameType'])
            should(defaults[property]).be.an.Object().and.not.have.property('value');
        shownIn(html).should.containDeep(['resource', 'message_id', 'message_idType', 'organization', 'user_name']);
        for (const key of keysIn(html)) should(textAt(english, key)).be.a.String();
    });

    it('shows the rows and sections of the kind that is chosen', () => {
        const { page, node, definition } = edit({});
        definition.oneditprepare?.call(node);
        const hidden = () => ['message_id', 'organization', 'user_name'].map((each) => page.box(each)?.hidden);
        hidden().should.eql([false, true, true]);
        should(page.sections[0]?.hidden).be.true();
        page.change('resource', 'users');
        hidden().should.eql([true, false, false]);
        should(page.sections[0]?.hidden).be.false();
    });

    it('requires and checks only what belongs to the kind', () => {
        const blank = { message_id: '', message_idType: 'none', organization: '', organizationType: 'none' };
        const named = { ...blank, user_name: 'too long', user_nameType: 'str' };
        const message = edit(named);
        should(message.said('message_id')).match(/^Messages is required/);
        should(message.said('organization')).be.true();
        should(message.said('user_name')).be.true();
        const users = edit({ ...named, resource: 'users' });
        should(users.said('message_id')).be.true();
        should(users.said('organization')).match(/^Organization is required/);
        should(users.said('user_name')).match(/^Called is 8 characters/);
        users.definition.oneditprepare?.call(users.node);
        users.page.change('resource', 'message');
        should(users.page.wrong('organization')).equal('');
        should(users.page.wrong('message_id')).match(/required/);
    });

    it('calls a node without a name by what it does, and to what', () => {
        const { definition, node } = edit({ resource: 'users' });
        definition.label.call(node as never).should.equal('read users');
        definition.label.call({ ...node, name: 'mine' } as never).should.equal('mine');
    });

    it('says in the help which field is for which kind, and gives an example of each', () => {
        const texts = textsOf(declared);
        const help = helpIn(html, helpOf(declared, texts), catalogueOf(texts, words['en-US']));
        help.should.match(/<dt>payload\.id .*\s*<dd><b>Messages<\/b> – Their ids\. Only for: message\. Required\./);
        help.should.match(/<b>Called<\/b> Only for: users\. At most 3 characters\./);
        help.should.match(/<dt>What<\/dt>\s*<dd>.*message \(default\) · users/);
        help.should.match(/<h4>message<\/h4>[\s\S]*<h4>users<\/h4>/);
    });
});

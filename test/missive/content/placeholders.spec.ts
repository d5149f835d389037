import { filled } from '../../../src/missive/content/placeholders';

const body = (text: string, values: Record<string, unknown> = {}) => filled(text, values, 'html', 'The body');
const subject = (text: string, values: Record<string, unknown> = {}) => filled(text, values, 'line', 'The subject');

describe('placeholders', () => {
    it('take texts and numbers, also from inside of objects', () => {
        body('{{name}}: {{order.id}} × {{count}}', { name: 'Tom', order: { id: 'F-7' }, count: 0 }).should.equal(
            'Tom: F-7 × 0',
        );
    });

    it('are text in a body, whatever they hold, also in three braces', () => {
        const values = { x: '<img src=x onerror="a()"> & co' };
        const shown = '&lt;img src=x onerror=&quot;a()&quot;&gt; &amp; co';
        body('{{x}}|{{{x}}}|{{&x}}', values).should.equal(`${shown}|${shown}|${shown}`);
    });

    it('keep their line breaks in a body and lose them in a subject', () => {
        body('{{x}}', { x: 'a\nb' }).should.equal('a<br>b');
        subject('{{x}}', { x: 'a\r\nBcc: b' }).should.equal('a Bcc: b');
    });

    it('are written into a subject as they are', () => {
        subject('Re: {{x}}', { x: 'Tom & Ann <3' }).should.equal('Re: Tom & Ann <3');
    });

    it('know sections: lists, and what is only there if a value is', () => {
        body('{{#items}}<li>{{name}}</li>{{/items}}{{#note}}{{note}}{{/note}}{{^none}}-{{/none}}', {
            items: [{ name: 'a' }, { name: '<b>' }],
        }).should.equal('<li>a</li><li>&lt;b&gt;</li>-');
    });

    const missing: [string, string, Record<string, unknown>, RegExp][] = [
        ['not there', 'Hello {{name}}', {}, /a placeholder without a value: \{\{name\}\}\. Give Values/],
        [
            'several of them, each once',
            '{{a}} {{b.c}} {{a}}',
            {},
            /placeholders without a value: \{\{a\}\}, \{\{b\.c\}\}\./,
        ],
        ['blank', '{{name}}', { name: ' ' }, /\{\{name\}\}/],
        ['null', '{{name}}', { name: null }, /\{\{name\}\}/],
        ['an object', '{{name}}', { name: { first: 'Tom' } }, /\{\{name\}\}/],
        ['a list', '{{name}}', { name: ['Tom'] }, /\{\{name\}\}/],
        ['a function', '{{name}}', { name: () => 'run' }, /\{\{name\}\}/],
        ['what every object has', '{{constructor}} {{toString}}', {}, /\{\{constructor\}\}, \{\{toString\}\}/],
        ['Missive’s own variable with a filter', "{{ user.name | default: 'x' }}", {}, /user\.name \| default/],
        ['another template', '{{>footer}}', {}, /\{\{>footer\}\}/],
        ['inside of a section', '{{#items}}{{name}}{{/items}}', { items: [{}] }, /\{\{name\}\}/],
    ];
    for (const [name, text, values, reason] of missing)
        it(`are an error where the value is ${name}`, () => {
            (() => body(text, values)).should.throw({ code: 'ERR_MISSIVE_INPUT', message: reason });
        });

    it('that are not closed are an error that says so', () => {
        (() => body('Hello {{name', { name: 'x' })).should.throw({
            code: 'ERR_MISSIVE_INPUT',
            message: /^The body cannot be filled: Unclosed tag.*Correct the canned response/,
        });
    });

    it('run nothing of a list', () => {
        (() => body('{{items.map}}', { items: [] })).should.throw({ code: 'ERR_MISSIVE_INPUT' });
    });
});

import should from 'should';
import { filled } from '../../../src/missive/content/liquid';

const body = (text: string, values: Record<string, unknown> = {}) => filled(text, values, 'html', 'The body');
const subject = (text: string, values: Record<string, unknown> = {}) => filled(text, values, 'line', 'The subject');

describe('a canned response, which is Liquid', () => {
    const tom = { recipient: { name: 'Tom Reyes', first_name: 'Tom', last_name: null }, order: { id: 7, total: 80 } };
    const rows: [string, string, Record<string, unknown>, string][] = [
        [
            'texts and numbers',
            '{{ name }}: {{order.id}} × {{count}}',
            { name: 'T', order: { id: 'F' }, count: 0 },
            'T: F × 0',
        ],
        ['a default', "Dear {{ recipient.last_name | default: 'customer' }},", tom, 'Dear customer,'],
        ['a default behind other filters', "{{ recipient.last_name | capitalize | default: 'you' }}", tom, 'you'],
        ['a default that is blank', "a{{ recipient.last_name | default: '' }}b", tom, 'ab'],
        ['a default of a variable', '{{ nick | default: recipient.first_name }}', tom, 'Tom'],
        ['a comparison with null', '{% if recipient.last_name == null %}Hi{% else %}Dear{% endif %}', tom, 'Hi'],
        [
            'a comparison of what is there with null',
            '{% if recipient.first_name == null %}Hi{% else %}Dear{% endif %}',
            tom,
            'Dear',
        ],
        ['a comparison with blank text', '{% if recipient.last_name == "" %}Hi{% endif %}', tom, 'Hi'],
        [
            'a comparison with the word blank',
            '{% if recipient.last_name != blank %}x{% else %}Hi{% endif %}',
            tom,
            'Hi',
        ],
        ['a comparison of blank text', '{% if note == "" %}none{% endif %}', { note: '' }, 'none'],
        ['what is not there', '{% unless nothing.at.all %}none{% endunless %}', {}, 'none'],
        ['several cases', "{% case lang %}{% when 'fr' %}Bonjour{% else %}Hello{% endcase %}", {}, 'Hello'],
        ['and, or, contains', "{% if a and b or c contains 'x' %}y{% endif %}", { a: 1, c: 'xyz' }, 'y'],
        [
            'loops',
            '{% for i in items %}{{ forloop.index }}{{ i.n }}{% unless forloop.last %}, {% endunless %}{% endfor %}',
            { items: [{ n: 'a' }, { n: '<' }] },
            '1a, 2&lt;',
        ],
        ['an empty list', '{% for i in items %}x{% else %}none{% endfor %}', { items: [] }, 'none'],
        ['filters', "{{ name | upcase | append: '!' }} {{ order.total | times: 1.2 }}", { name: 'a', ...tom }, 'A! 96'],
        [
            'variables of its own',
            "{% assign s = '' %}{% for i in (1..3) %}{% assign s = s | append: i %}{% endfor %}{{ s }}",
            {},
            '123',
        ],
        ['dates', "{{ '2026-12-01T10:00:00' | date: '%d.%m.%Y' }}", {}, '01.12.2026'],
        ['what is not to be read', '{% comment %}x{% endcomment %}{% raw %}{{ x }}{% endraw %}', {}, '{{ x }}'],
        ['blanks that are taken away', 'a {%- if true -%} b {%- endif -%} c', {}, 'abc'],
        [
            'quotation marks as an editor of HTML writes them',
            '{{ nick | default: &quot;you&quot; }}{% if 2 &gt; 1 %}&amp;{% endif %}',
            {},
            'you&amp;',
        ],
        ['no text at all', '', {}, ''],
    ];
    for (const [name, text, values, result] of rows)
        it(`knows ${name}`, async () => {
            (await body(text, values)).should.equal(result);
        });

    describe('writes a value as text', () => {
        const x = '<img src=x onerror="a()"> & co';
        const shown = '&lt;img src=x onerror=&quot;a()&quot;&gt; &amp; co';
        const ways: [string, string][] = [
            ['as it is', '{{ x }}'],
            ['marked raw', '{{ x | raw }}'],
            ['by echo', '{% echo x %}{% liquid\necho nothing | default: "" | raw %}'],
            ['from a loop', '{% for i in list %}{{ i }}{% endfor %}'],
            ['by cycle', '{% cycle x %}'],
            ['escaped already', '{{ x | escape }}'],
            ['escaped once', '{{ x | escape_once }}'],
            ['assigned', '{% assign y = x %}{{ y }}'],
            ['captured', '{% capture y %}{{ x }}{% endcapture %}{{ y }}'],
            ['captured and stripped', '{% capture y %} {{ x }} {% endcapture %}{{ y | strip }}'],
            ['captured twice', '{% capture y %}{{ x }}{% endcapture %}{% capture z %}{{ y }}{% endcapture %}{{ z }}'],
            ['appended', "{{ '' | append: x }}"],
            ['appended to what was captured', '{% capture y %}{% endcapture %}{{ y | append: x }}'],
            ['in a default', '{{ nothing | default: x }}'],
            ['decoded', '{{ coded | url_decode }}'],
        ];
        for (const [name, text] of ways)
            it(name, async () => {
                const values = { x, list: [x], coded: encodeURIComponent(x) };
                (await body(text, values)).should.equal(shown);
            });

        it('and leaves the HTML that was captured', async () => {
            (
                await body('{% capture y %}<b>{{ n }}</b>{% endcapture %}{{ y }} {{ y | append: n }}', { n: '<' })
            ).should.equal('<b>&lt;</b> <b>&lt;</b>&lt;');
        });

        it('with its line breaks in a body, without them in a subject', async () => {
            (await body('{{ x }}|{{ x | newline_to_br }}', { x: 'a\nb' })).should.equal('a<br>b|a<br>b');
            (await subject('{{ x }}', { x: 'a\r\nBcc: b' })).should.equal('a Bcc: b');
            (await subject('{% if true %}\nRe: {{ x }}\n{% endif %}\n', { x: 'Tom & Ann <3' })).should.equal(
                'Re: Tom & Ann <3',
            );
        });
    });

    const missing: [string, string, Record<string, unknown>, RegExp][] = [
        ['not there', 'Hello {{ name }}', {}, /a variable without a value: \{\{name\}\}\. Give Values/],
        ['missing several times', '{{a}} {{b.c}} {{a}}', {}, /variables without a value: \{\{a\}\}, \{\{b\.c\}\}\./],
        ['blank', '{{ name }}', { name: ' ' }, /\{\{name\}\}/],
        ['null', '{{ name }}', { name: null }, /\{\{name\}\}/],
        ['an object', '{{ name }}', { name: { first: 'Tom' } }, /\{\{name\}\}/],
        ['a list', '{{ name }}', { name: ['Tom'] }, /\{\{name\}\}/],
        ['a function', '{{ name }}', { name: () => 'run' }, /\{\{name\}\}/],
        ['what every object has', '{{constructor}} {{toString}}', {}, /\{\{constructor\}\}, \{\{toString\}\}/],
        ['behind a filter', "{{ name | append: '!' }}", {}, /\{\{name\}\}/],
        [
            'in a filter',
            "{{ 'Dear ' | append: recipient.first_name }}",
            { recipient: { first_name: null } },
            /\{\{recipient\.first_name\}\}/,
        ],
        ['assigned', '{% assign n = recipient.first_name %}Dear {{ n }}', { recipient: {} }, /\{\{n\}\}/],
        ['of a row', '{% for i in items %}{{ i.name }}{% endfor %}', { items: [{}] }, /\{\{i\.name\}\}/],
        ['a list that is looped over', '{% for i in items %}x{% endfor %}', {}, /\{\{items\}\}/],
        ...['\u200b', ' \ufeff\u2060', '\u3164', '\u00ad', '\u2800'].map((name): [string, string, object, RegExp] => [
            `hidden signs alone (U+${name.trim().codePointAt(0)?.toString(16)})`,
            'Hello {{ recipient.first_name }},',
            { recipient: { first_name: name } },
            /\{\{recipient\.first_name\}\}/,
        ]),
        ['the first of none', '{{ items | first }}', { items: [] }, /\{\{items \| first\}\}/],
        [
            'of a label',
            '{{ recipient.mobile.phone_number }}',
            { recipient: {} },
            /\{\{recipient\.mobile\.phone_number\}\}/,
        ],
    ];
    for (const [name, text, values, message] of missing)
        it(`is an error where a value is ${name}`, async () => {
            await body(text, values).should.be.rejectedWith({ code: 'ERR_MISSIVE_INPUT', message });
        });

    const broken: [string, string, RegExp][] = [
        [
            'an output without end',
            'Hello {{ name',
            /cannot be filled: output "\{\{ name" not closed.*Correct the canned/,
        ],
        ['a condition without end', '{% if a %}x', /not closed/],
        ['a filter that nobody knows', "{{ 'a' | shout }}", /undefined filter: shout/],
        ['a tag that nobody knows', '{% frobnicate %}', /frobnicate/],
        ['include', "{% include 'package.json' %}", /include/],
        ['render', "{% render 'package.json' %}", /render/],
        ['layout', "{% layout 'package.json' %}", /layout/],
    ];
    for (const [name, text, message] of broken)
        it(`is an error with ${name}`, async () => {
            await body(text).should.be.rejectedWith({ code: 'ERR_MISSIVE_INPUT', message });
        });

    describe('that was made to take long', () => {
        const nested = (depth: number, from: number) =>
            Array.from({ length: depth }, (_, i) => `{% for a${i} in (1..${from}) %}`).join('') +
            'x'.repeat(100) +
            '{% endfor %}'.repeat(depth);
        const hostile: [string, string][] = [
            ['a huge range', '{% for i in (1..1000000000) %}x{% endfor %}'],
            ['a huge range that is joined', '{{ (1..999999999) | join }}'],
            ['a range to infinity', '{% for i in (1..1e400) %}x{% endfor %}{{ x }}'],
            ['loops in loops', nested(8, 1000)],
            ['loops in loops without text', nested(8, 1000).replace(/x+/, '')],
            [
                'captures that double',
                `{% assign n = (1..60) %}{% capture a %}xxxxxxxxxx{% endcapture %}{% for i in n %}{% capture a %}{{ a }}{{ a }}{% endcapture %}{% endfor %}`,
            ],
            [
                'texts that double',
                "{% assign a = 'x' %}{% for i in (1..60) %}{% assign a = a | append: a %}{% endfor %}{{ a }}",
            ],
            [
                'texts that are replaced by longer ones',
                "{% assign a = 'aaaaaaaaaa' %}{% for i in (1..60) %}{% assign a = a | replace: 'a', 'aaaaaaaaaa' %}{% endfor %}",
            ],
            [
                'lists that double',
                "{% assign a = 'a,b' | split: ',' %}{% for i in (1..60) %}{% assign a = a | concat: a %}{% endfor %}",
            ],
            ['a wide date', "{{ '2026-01-01' | date: '%1000000000d' }}"],
            ['a deep nest', '{% if true %}'.repeat(50_000)],
            ['a deep nest of captures', '{% capture a %}'.repeat(50_000)],
            ['many beginnings', '{{'.repeat(200_000)],
            ['many beginnings of tags', '{% if '.repeat(80_000)],
            ['a table', '{% tablerow i in (1..900000) cols:1 %}xxxxxxxxxx{% endtablerow %}'],
            ['more than a template is', 'x'.repeat(600_000)],
        ];
        for (const [name, text] of hostile)
            it(`is given up: ${name}`, async () => {
                await body(text).should.be.rejectedWith({
                    code: 'ERR_MISSIVE_INPUT',
                    message: /cannot be filled|without a value/,
                });
                (await body('{{ x }}', { x: 1 })).should.equal('1');
            });

        it('is nothing that people write: a thousand rows', async () => {
            const items = Array.from({ length: 1000 }, (_, n) => ({ n, name: `Part ${n}` }));
            const text = await body(
                '{% for i in items %}<div>{{ i.n }}: {{ i.name | upcase | default: "-" }}</div>{% endfor %}',
                { items },
            );
            should(text.match(/<div>/g)).have.length(1000);
        });
    });

    it('sends no number that was divided by zero', async () => {
        for (const text of ['{{ total | divided_by: count }}', '{{ total | modulo: count }}'])
            await body(text, { total: 80, count: 0 }).should.be.rejectedWith({
                code: 'ERR_MISSIVE_INPUT',
                message: /divided by zero/,
            });
    });

    it('runs nothing of a list, and reaches nothing behind it', async () => {
        await body('{{ items.map }}', { items: [] }).should.be.rejectedWith({ code: 'ERR_MISSIVE_INPUT' });
        await body('{{ items.constructor.name }}', { items: [] }).should.be.rejectedWith({ code: 'ERR_MISSIVE_INPUT' });
        await body('{{ x.__proto__ }}', { x: {} }).should.be.rejectedWith({ code: 'ERR_MISSIVE_INPUT' });
    });
});

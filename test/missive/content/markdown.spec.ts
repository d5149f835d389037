import { bodyFormat, formatted } from '../../../src/missive/content/body-format';
import { markdownAsHtml } from '../../../src/missive/content/markdown';

const gap = '<div><br></div>';

describe('a body in Markdown', () => {
    const cases: [string, string, string][] = [
        ['paragraphs with an empty line between', 'One\n\nTwo', `<div>One</div>${gap}<div>Two</div>`],
        ['a line break where there is one', 'Best regards,\nInes', '<div>Best regards,<br>Ines</div>'],
        [
            'bold, italics and code',
            '**b** _i_ `<c>`',
            '<div><strong>b</strong> <em>i</em> <code>&lt;c&gt;</code></div>',
        ],
        [
            'links',
            '[shop](https://x.example/?a=1&b=2) and a@b.example',
            '<div><a href="https://x.example/?a=1&amp;b=2">shop</a> and <a href="mailto:a@b.example">a@b.example</a></div>',
        ],
        [
            'lists close together, one in another',
            'We have:\n\n- a\n- b\n  - c',
            `<div>We have:</div>${gap}<ul>\n<li>a</li><li>b<ul>\n<li>c</li></ul></li></ul>`,
        ],
        ['a list that starts with 3', '3. x\n4. y', '<ol start="3">\n<li>x</li><li>y</li></ol>'],
        ['what is done and what is not', '- [x] a\n- [ ] b', '<ul>\n<li>☑&nbsp;a</li><li>☐&nbsp;b</li></ul>'],
        ['quotes', '> one\n>\n> two', `<blockquote><div>one</div>${gap}<div>two</div></blockquote>`],
        ['code', '```js\nif (a < b) {}\n```', '<pre><code>if (a &lt; b) {}\n</code></pre>'],
        [
            'tables',
            '| a | b |\n| --- | ---: |\n| 1 | **2** |',
            '<table border="1" cellpadding="4" cellspacing="0"><thead><tr><th>a</th><th align="right">b</th></tr></thead>' +
                '<tbody><tr><td>1</td><td align="right"><strong>2</strong></td></tr></tbody></table>',
        ],
        ['headings', '# Offer\n\nText', `<h1>Offer</h1>${gap}<div>Text</div>`],
        ['signs that are no HTML', '1 < 2 & 3 > 2', '<div>1 &lt; 2 &amp; 3 &gt; 2</div>'],
    ];
    for (const [name, markdown, html] of cases)
        it(`shows ${name}`, async () => {
            (await markdownAsHtml(markdown)).should.equal(html);
        });

    const attacks: [string, string][] = [
        ['a script', 'Hi <script>alert(1)</script> there'],
        ['a script of several blocks', '<script>\n\nalert(1)\n\n</script>\n\nHi'],
        ['a script in a script', '<scr<script>x</script>ipt>alert(1)</script>'],
        ['an event', '<img src=x onerror=alert(1)>'],
        ['an event after a slash', '<svg/onload=alert(1)>'],
        ['an event in a tag without end', '<b>x</b> <img src=x onerror=alert(1) '],
        ['an event in code without end', '<code><img src=x onerror=alert(1) </code>'],
        ['an event behind quotation marks', '<a href="https://x" title="a" b="\'" onclick="alert(1)">x</a>'],
        ['a link that runs', '[x](javascript:alert(1)) <a href="javascript:alert(1)">y</a>'],
        [
            'a link that runs, written as entities',
            '<a href="java&#115;cript:alert(1)">y</a> [z](&#106;avascript:alert(1))',
        ],
        ['a picture of data', '![x](data:text/html;base64,PHNjcmlwdD4=) ![y](javascript:alert(1))'],
        ['a style', '<style>* { display: none }</style><div style="position:fixed">Hi</div>'],
        ['a frame', '<iframe srcdoc="<script>alert(1)</script>"></iframe>'],
        ['a form', '<form action="https://evil.example"><input name="pin"><button>Go</button></form>'],
        ['a comment', 'a <!-- <script>alert(1)</script> --> b'],
        ['an alt text that breaks out', '![" onerror="alert(1)](https://x.example/y.png)'],
        ['a title that breaks out', '[x](https://x.example "\\" onclick=\\"alert(1)")'],
    ];
    for (const [name, markdown] of attacks)
        it(`never lets ${name} through`, async () => {
            const html = await markdownAsHtml(markdown);
            // Outside of quotation marks nothing that a browser runs; inside of them only what a list of attributes holds.
            const tags = html.match(/<[^>]*>/g) ?? [];
            for (const tag of tags) {
                tag.should.match(/^<\/?[a-z][a-z0-9]*( [a-z]+="[^"<>]*")*>$/);
                tag.replace(/="[^"]*"/g, '').should.not.match(/\son|style|script|svg|iframe|form|input|button/i);
                tag.should.not.match(/="\s*(javascript|data|vbscript|[^"]*&#)[^"]*:/i);
            }
        });

    it('keeps harmless HTML, and closes what is left open', async () => {
        (await markdownAsHtml('a<br>b <u>c')).should.equal('<div>a<br>b <u>c</u></div>');
    });

    const words: [string, string][] = [
        [
            'Fill in the <title> field\n\nand go on',
            `<div>Fill in the &lt;title&gt; field</div>${gap}<div>and go on</div>`,
        ],
        ['Dear <Name>,\nHi', '<div>Dear &lt;Name&gt;,<br>Hi</div>'],
        ['<Name>\n**x**', '<div>&lt;Name&gt;<br><strong>x</strong></div>'],
        ['<title> is a word\n**x**', '<div>&lt;title&gt; is a word<br><strong>x</strong></div>'],
        ['put it into <script> and **save**', '<div>put it into &lt;script&gt; and <strong>save</strong></div>'],
        ['The <table> is <b>full</b>', '<div>The &lt;table&gt; is <b>full</b></div>'],
        [
            'Hi <first name>, <your-name/>, </Name>',
            '<div>Hi &lt;first name&gt;, &lt;your-name/&gt;, &lt;/Name&gt;</div>',
        ],
        ['a <!-- b', '<div>a &lt;!-- b</div>'],
        ['a <select> b </b> c', '<div>a &lt;select&gt; b  c</div>'],
        ['<font color="red">x</font>', '<div>x</div>'],
    ];
    for (const [markdown, html] of words)
        it(`keeps every word of ${JSON.stringify(markdown)}`, async () => {
            (await markdownAsHtml(markdown)).should.equal(html);
        });

    it('closes nothing that it did not open', async () => {
        (await markdownAsHtml('x</blockquote></div>y')).should.equal('<div>x</div>y');
    });

    const long = [
        '_a',
        '**a',
        'a**b',
        '<script>',
        '<!--',
        '<a "',
        '<x y="',
        '<b>',
        '[a](',
        '`a',
        '| a ',
        'a. ',
        'https://a.b/?!.',
    ];
    for (const part of long)
        it(`keeps the text of ${JSON.stringify(part)} however often it stands there`, async () => {
            for (const times of [5000, 50_000]) {
                const html = await markdownAsHtml(part.repeat(times));
                const letters = (text: string) => text.replace(/<[^>]*>|&\w+;|[^a-z]/g, '').length;
                // Of a link or a tag the address goes into an attribute; of all else each letter is there.
                if (!/[<[:]/.test(part)) letters(html).should.be.aboveOrEqual(letters(part.repeat(times)));
                html.length.should.be.above(times);
            }
        });

    it('shows a text that takes too long as it is', async () => {
        const text = `${'_a'.repeat(50_000)}\n<Name> & co`;
        (await markdownAsHtml(text)).should.equal(`<div>${'_a'.repeat(50_000)}</div><div>&lt;Name&gt; &amp; co</div>`);
    });

    it('shows a text as it is that is longer than a letter', async () => {
        (await markdownAsHtml(`**a**${' b'.repeat(200_000)}`)).should.match(/^<div>\*\*a\*\* b b/);
    });

    it('that is nested beyond measure is refused', async () => {
        await markdownAsHtml('> '.repeat(5000)).should.be.rejectedWith({ code: 'ERR_MISSIVE_INPUT' });
    });
});

describe('a body in plain text', () => {
    const text = (body: string) => formatted(body, 'text');

    it('has a div for each line, and an empty one for an empty line', async () => {
        (await text('Hello Tom,\r\n\r\nyes.\nInes\n')).should.equal(
            `<div>Hello Tom,</div>${gap}<div>yes.</div><div>Ines</div>`,
        );
    });

    it('shows what looks like HTML as it was typed', async () => {
        (await text('<script>alert("x")</script> & co')).should.equal(
            '<div>&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; co</div>',
        );
    });

    it('keeps what was indented', async () => {
        (await text('a\n  b   c')).should.equal('<div>a</div><div>&nbsp; b&nbsp;&nbsp; c</div>');
    });

    it('is blank where there is no text', async () => {
        (await text(' \n ')).should.equal('');
    });
});

describe('a body in HTML', () => {
    it('is left as it is, by default too', async () => {
        const html = '<p onclick="x()">a</p>';
        Object.keys(bodyFormat.choices)[0]?.should.equal('html');
        (await formatted(html, 'html')).should.equal(html);
        (await formatted(html)).should.equal(html);
    });
});

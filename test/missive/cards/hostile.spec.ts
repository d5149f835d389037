import fc from 'fast-check';
import should from 'should';
import { readCard } from '../../../src/missive/cards/read-card';

/** What a mail, a web shop or a language model could put where a flow reads. */
const words = fc.oneof(
    fc.constantFrom(
        ...['<img src=x onerror=alert(1)>', 'javascript:alert(1)', ' JaVa\tScript:alert(1)', 'data:text/html,<b>'],
        ...[
            'vbscript:x',
            'https://x.example/"><script>',
            '\u202egpj.exe',
            'x\u0000y',
            '[a](javascript:x)',
            '__proto__',
        ],
    ),
    fc.string({ unit: 'binary' }),
);
const hostile: fc.Arbitrary<unknown> = fc.oneof(
    { weight: 60, arbitrary: words },
    { weight: 1, arbitrary: fc.anything() },
);
const address = fc.oneof(
    { weight: 20, arbitrary: fc.constant('') },
    { weight: 20, arbitrary: fc.webUrl() },
    { weight: 1, arbitrary: words },
);
const some = <T>(each: fc.Arbitrary<T>) => fc.array(each, { maxLength: 3 });

const card = fc.record(
    {
        title: hostile,
        subtitle: hostile,
        badge: hostile,
        text: hostile,
        image: address,
        rows: some(fc.record({ label: words, value: hostile, url: address, copy: hostile })),
        table: fc.record({ rows: some(fc.dictionary(fc.string(), hostile)) }),
        links: some(fc.record({ label: words, url: address })),
        buttons: some(fc.record({ label: words, action: words, url: address, confirm: words })),
        form: fc.record({ name: words, fields: some(fc.record({ name: words, value: hostile, label: words })) }),
        effects: some(fc.record({ do: fc.constantFrom('alert', 'copy', 'insert_text'), text: words })),
        keep: hostile,
    },
    { requiredKeys: [] },
);

/** Every address in a drawn card, wherever it stands. */
function addressesIn(value: unknown): string[] {
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([key, each]) =>
        key === 'url' && typeof each === 'string' ? [each] : addressesIn(each),
    );
}

describe('a card of hostile values', () => {
    it('is refused with a sentence, or holds nothing but text and harmless addresses', async () => {
        let drawn = 0;
        await fc.assert(
            fc.asyncProperty(card, async (given) => {
                const found = await readCard(given, { maySend: false }).catch((error: Error & { code?: string }) => {
                    should(error.code).equal('ERR_MISSIVE_INPUT', error.stack);
                    should(error.message.length).be.below(400);
                });
                if (!found) return;
                drawn += 1;
                const { keep, ...seen } = found;
                should(JSON.parse(JSON.stringify(found))).eql(found);
                for (const url of addressesIn(seen)) url.should.match(/^(https?|mailto|tel|missive):/);
            }),
            { numRuns: 3000 },
        );
        drawn.should.be.above(100);
    });
});

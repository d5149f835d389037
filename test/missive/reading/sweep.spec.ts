import fc from 'fast-check';
import should from 'should';
import { parseAddresses } from '../../../src/missive/operations/addresses';
import { parseMoment } from '../../../src/missive/operations/moment';

/** What is made of a value; undefined where it is refused. */
function accepted<T>(parse: () => T): T | undefined {
    try {
        return parse();
    } catch (cause) {
        should(cause).be.instanceof(TypeError);
        return undefined;
    }
}

const word = fc.stringMatching(/^[a-z][a-z0-9]{0,7}$/);
const email = fc
    .tuple(fc.array(word, { minLength: 1, maxLength: 3 }), fc.constantFrom('.', '+', '-', '_', "'"), word)
    .map(([parts, sign, domain]) => `${parts.join(sign)}@${domain}.example`);
const name = fc.array(
    fc.constantFrom('Ann', 'Lee', 'Zoë', 'O’Neill', 'B.', '&', 'and', '/', '山田', '"', '(x)', '24"'),
    {
        maxLength: 3,
    },
);

describe('whatever recipients are accepted are all of the text, and no others', () => {
    const separators = [
        ',',
        ';',
        '\n',
        '\r\n',
        ' ',
        '\t',
        ' and ',
        ' & ',
        ' / ',
        ' • ',
        '|',
        ':',
        ': ',
        '，',
        '\u2028',
        '',
    ];
    const form = (address: string, words: readonly string[]) =>
        fc.constantFrom(
            address,
            ` ${address} `,
            `<${address}>`,
            `${words.join(' ')} <${address}>`,
            `"${words.join(' ').replace(/"/g, '\\"')}" <${address}>`,
            `'${address}'`,
            `mailto:${address}`,
            `Bcc: ${address}`,
            `{${address}}`,
            `\u200b${address}\u202c`,
            `${address} (${words.join(' ')})`,
        );
    const entry = fc
        .tuple(email, name)
        .chain(([address, words]) => fc.tuple(fc.constant(address), form(address, words)));

    it('in lists of every form', () => {
        let taken = 0;
        fc.assert(
            fc.property(
                fc.array(fc.tuple(entry, fc.constantFrom(...separators)), { minLength: 1, maxLength: 4 }),
                (entries) => {
                    const text = entries.map(([[, written], separator]) => written + separator).join('');
                    const found = accepted(() => parseAddresses(text));
                    if (!found) return;
                    taken += 1;
                    should(found.map((each) => 'address' in each && each.address)).eql(
                        entries.map(([[address]]) => address),
                    );
                },
            ),
            { numRuns: 5000 },
        );
        should(taken).be.above(300);
    });

    it('with any sign anywhere', () => {
        const sign = fc.oneof(
            fc.constantFrom(..."@<>()[]{}:;,\\/|'*•&= \t\n\r\0\u200b\u202e\u00a0."),
            fc.string({ maxLength: 3 }),
        );
        fc.assert(
            fc.property(fc.array(entry, { minLength: 1, maxLength: 3 }), sign, fc.nat(), (entries, extra, at) => {
                const text = entries.map(([, written]) => written).join(', ');
                const place = at % (text.length + 1);
                const changed = text.slice(0, place) + extra + text.slice(place);
                // What stands in quotes is a name.
                if (changed.includes('"')) return;
                const found = accepted(() => parseAddresses(changed));
                if (!found) return;
                const emails = found.flatMap((each) => ('address' in each ? [each.address] : []));
                should(emails.length).equal(changed.split('@').length - 1);
                for (const each of emails) should(changed).containEql(each);
            }),
            { numRuns: 5000 },
        );
    });
});

describe('whatever phone numbers are accepted are those of the text', () => {
    const numbers = [
        '+351910000001',
        '+15550100000',
        '+442079460018',
        '+33612345678',
        '+4915112345678',
        '+393401234567',
    ];
    const between = fc.constantFrom('', '', ' ', '-', '.', '\u00a0', ' - ', '\u202d', '(', ')');
    const written = fc.tuple(fc.constantFrom(...numbers), fc.infiniteStream(between)).map(([number, signs]) => {
        const text = [...number].map((digit, place) => digit + (place > 1 ? signs.next().value : '')).join('');
        return [number, text] as const;
    });

    it('whatever stands between the digits', () => {
        fc.assert(
            fc.property(written, fc.constantFrom('+', '00', '0', ''), ([number, text], start) => {
                const found = accepted(() => parseAddresses(text.replace('+', start)));
                if (found) should(found).eql([{ phone_number: number }]);
                else should(start === '+' && !/[()]/.test(text)).be.false();
            }),
            { numRuns: 3000 },
        );
    });

    it('and never one of two', () => {
        fc.assert(
            fc.property(
                written,
                written,
                fc.constantFrom(' ', '', '/', ' / ', ' or ', '\n', ',', ';'),
                (one, two, separator) => {
                    const found = accepted(() => parseAddresses(one[1] + separator + two[1]));
                    if (found) should(found).eql([{ phone_number: one[0] }, { phone_number: two[0] }]);
                },
            ),
            { numRuns: 2000 },
        );
    });
});

describe('whatever moment is accepted is the one that is written', () => {
    const two = (value: number) => String(value).padStart(2, '0');
    const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
    const parts = fc.record({
        year: fc.integer({ min: 1971, max: 2199 }),
        month: fc.integer({ min: 1, max: 12 }),
        day: fc.integer({ min: 1, max: 31 }),
        hour: fc.integer({ min: 0, max: 25 }),
        minute: fc.integer({ min: 0, max: 61 }),
        offset: fc.constantFrom('Z', '+01:00', '-0530', '+14:00'),
        style: fc.constantFrom('iso', 'blank', 'mail', 'script', 'day', 'local'),
    });

    it('in every format, or its day or time does not exist', () => {
        fc.assert(
            fc.property(parts, ({ year, month, day, hour, minute, offset, style }) => {
                const time = `${two(hour)}:${two(minute)}`;
                const date = `${year}-${two(month)}-${two(day)}`;
                const zone = offset === 'Z' ? '+0000' : offset.replace(':', '');
                const text = {
                    iso: `${date}T${time}${offset}`,
                    blank: `${date} ${time}:00 ${offset}`,
                    mail: `${day} ${months[month - 1]} ${year} ${time}:00 ${zone}`,
                    script: `${months[month - 1]} ${two(day)} ${year}`,
                    day: date,
                    local: `${date} ${time}`,
                }[style];
                const found = accepted(() => parseMoment(text));
                const real = new Date(Date.UTC(year, month - 1, day));
                const exists = real.getUTCMonth() === month - 1 && (style === 'day' || (hour < 24 && minute < 60));
                const wanted = () => {
                    if (!exists || style === 'script') return undefined;
                    if (style === 'day') return new Date(year, month - 1, day).getTime() / 1000;
                    if (style === 'local') return new Date(year, month - 1, day, hour, minute).getTime() / 1000;
                    return Date.parse(`${date}T${time}:00${offset === '-0530' ? '-05:30' : offset}`) / 1000;
                };
                should(found).equal(wanted());
            }),
            { numRuns: 5000 },
        );
    });

    it('in digits, where they are ten or thirteen', () => {
        fc.assert(
            fc.property(fc.stringMatching(/^\d{1,18}$/), (digits) => {
                const wanted = digits.length === 10 ? Number(digits) : Math.floor(Number(digits) / 1000);
                const isMoment = /^[1-9](\d{9}|\d{12})$/.test(digits);
                for (const value of [digits, Number(digits)]) {
                    const found = accepted(() => parseMoment(value));
                    if (Number(digits) === 0) should(found).equalOneOf(0, undefined);
                    else if (isMoment) should(found).equal(wanted);
                    else if (typeof value === 'string') should(found).be.undefined();
                }
            }),
            { numRuns: 3000 },
        );
    });

    it('and text of any other kind is none', () => {
        fc.assert(
            fc.property(fc.string({ maxLength: 20 }), (text) => {
                if (!/\d/.test(text)) should(accepted(() => parseMoment(text))).be.undefined();
            }),
        );
    });
});

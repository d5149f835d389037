import should from 'should';
import { parseInfos } from '../../../src/missive/contacts/infos';
import { filterIn } from '../../../src/missive/events/event-filter';
import { sendersOf } from '../../../src/missive/events/senders';
import { parseAddresses } from '../../../src/missive/operations/addresses';
import { parseMoment } from '../../../src/missive/operations/moment';
import { conversationId } from '../../../src/missive/reading/conversation-link';
import { trimmed } from '../../../src/missive/reading/hidden';
import { phoneKey } from '../../../src/missive/reading/phone';

/** A pattern that tries too much stops Node-RED for everybody: each of these took from ten seconds to minutes. */
describe('text made to be slow', () => {
    const many = 100_000;
    const texts: readonly string[] = [
        `a${' '.repeat(many)}b`,
        `a${'\u200b'.repeat(many)}b`,
        '1 '.repeat(many),
        `${'1 '.repeat(many)}x`,
        `+${'1-'.repeat(many)}`,
        `a@${'a-'.repeat(many)}!`,
        'a.'.repeat(many),
        `${'a.'.repeat(many)}@x`,
        `<${'@'.repeat(many)}`,
        `12345${' '.repeat(many)}x`,
        `in ${' '.repeat(many)}1 day`,
        `1 Dec 2026 10:00 ${'('.repeat(many)}`,
        `https://${'a.'.repeat(many)}missiveapp.com/`,
    ];
    const readers: Readonly<Record<string, (text: string) => unknown>> = {
        trimmed,
        parseAddresses,
        'parseAddresses of a name': (name) => parseAddresses({ address: 'a@x.example', name }),
        'parseAddresses of a quoted name': (name) => parseAddresses(`"${name}" <a@x.example>`),
        parseMoment,
        parseInfos,
        'parseInfos of a number': (value) => parseInfos([{ kind: 'phone_number', value: `${value}1` }]),
        phoneKey: (text) => phoneKey(text, 'DE'),
        sendersOf: (text) => sendersOf(filterIn({ senders: text }).senders, 'DE'),
        conversationId,
    };
    for (const [name, read] of Object.entries(readers))
        it(`is through ${name} at once`, () => {
            for (const text of texts)
                try {
                    read(text);
                } catch (cause) {
                    should(cause).be.instanceof(TypeError);
                }
        });

    it('is trimmed as any other', () => {
        trimmed('\u{e0001} \u200ba b\u202c\u{e0001} ').should.equal('a b');
        trimmed(' \u200b ').should.equal('');
        trimmed('👍 ').should.equal('👍');
    });
});

import should from 'should';
import { parseBody } from '../../../src/missive/events/event';

describe('the body of a webhook', () => {
    const nested = (depth: number, open = '[', close = ']') =>
        Buffer.from(`{"x":${open.repeat(depth)}${close.repeat(depth)}}`);

    it('nested as deep as anybody needs is read; one without an end is none, as no node could pass it on', () => {
        should(parseBody(nested(900))).be.an.Object();
        should(parseBody(nested(5000))).be.undefined();
        should(parseBody(nested(2_000_000))).be.undefined();
        should(parseBody(Buffer.from(`${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`))).be.undefined();
    });

    it('may hold any number of brackets in its texts, and one beside another', () => {
        const text = '[{"\\'.repeat(5000);
        should(parseBody(Buffer.from(JSON.stringify({ text })))).eql({ text });
        const rows = Array.from({ length: 5000 }, () => [{}]);
        should(parseBody(Buffer.from(JSON.stringify({ rows })))).eql({ rows });
    });
});

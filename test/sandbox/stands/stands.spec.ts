import { deflateSync } from 'node:zlib';
import should from 'should';
import { Chat } from '../../../src/sandbox/stands/chat';
import { textOf } from '../../../src/sandbox/stands/text';
import { Tool } from '../../../src/sandbox/stands/tool';

describe('sandbox: the systems beside the practice inbox', () => {
    it('reads the words of a PDF, packed or not, and of a text; nothing of what is neither', () => {
        const shown = 'BT (Invoice \\(copy\\)) Tj [(Tot) 20 (al)] TJ ET';
        const pdf = (stream: Buffer) =>
            Buffer.concat([Buffer.from('%PDF-1.4\nstream\n'), stream, Buffer.from('\nendstream')]);
        for (const stream of [Buffer.from(shown), deflateSync(shown)])
            textOf(pdf(stream)).should.equal('Invoice (copy)\nTotal');
        textOf(Buffer.from('Réclamation')).should.equal('Réclamation');
        textOf(Buffer.from([0, 255, 1])).should.equal('');
    });

    it('has a chat in which the same reference is one message, of words or a file, and nothing is none', () => {
        const chat = new Chat();
        const said = { room: 'bikes', text: 'Yes.', ref: 'm1' };
        should(chat.say(said)[0]).equal(200);
        should(chat.say(said)[1]).equal(chat.messages[0]);
        const file = new URLSearchParams({ room: 'bikes', name: 'a.txt', ref: 'm1/1' });
        for (const _ of [1, 2]) should(chat.file(file, Buffer.from('x'))[0]).equal(200);
        should(chat.say({ room: 'bikes', text: ' ' })[0]).equal(400);
        should(chat.say({ text: 'Where?' })[0]).equal(400);
        should(chat.messages).match([
            { room: 'bikes', text: 'Yes.' },
            { file: 'a.txt', size: 1 },
        ]);
    });

    it('has a task tool that makes, changes and deletes, and keeps what is deleted in its list', () => {
        const tool = new Tool();
        should(tool.ask('POST', '', { title: 'Call Tom', other: 'x' })[1]).match({
            id: 'T-1',
            done: false,
            other: 'x',
        });
        should(tool.ask('POST', '', {})[0]).equal(400);
        should(tool.ask('PATCH', 'T-1', { done: true, agreed: 'done|Call Tom' })[1]).match({
            title: 'Call Tom',
            done: true,
            agreed: 'done|Call Tom',
        });
        should(tool.ask('DELETE', 'T-1', undefined)[1]).match({ deleted: true });
        should(tool.ask('PATCH', 'T-9', {})[0]).equal(404);
        should(tool.ask('GET', '', undefined)).match([200, [{ id: 'T-1', deleted: true }]]);
    });
});

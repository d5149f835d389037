import should from 'should';
import { held } from '../../../src/runtime/held';
import { Shaken } from '../../../src/runtime/inbox/shaken';

describe('a deploy', () => {
    const drawn = [
        { id: 'hook', type: 'missive-webhook-in', wires: [['make']] },
        { id: 'make', type: 'function', wires: [['call']] },
        { id: 'call', type: 'link call', links: ['in'], wires: [[]] },
        { id: 'in', type: 'link in', wires: [['far']] },
        { id: 'far', type: 'delay', wires: [[]] },
        { id: 'other', type: 'function', wires: [[]] },
    ];
    const living = new Map<string, object>();
    const RED = {
        nodes: {
            eachNode: (tell: (node: object) => void) => drawn.forEach(tell),
            getNode: (id: string) => living.get(id) ?? null,
        },
    } as never;
    const of = (...ids: string[]) => ({ has: ({ id }: { id: string }) => ids.includes(id) });

    it('mends a flow where it replaced a node that an event can come to, and where nobody can tell: in a subflow', () => {
        const shaken = new Shaken();
        shaken.look(RED, 'hook');
        should(shaken.by(RED, of('far')).any).be.true();
        should(shaken.by(RED, of('other')).any).be.false();
        shaken.look(RED, 'instance-hook');
        should(shaken.by(RED, of('other')).any).be.true();
    });

    it('may have lost an event with the node that had it, whatever the deploy says of that one', () => {
        const old = { id: 'instance-far', type: 'delay' };
        living.set(old.id, old);
        held.follow('shaken 1');
        held.came('shaken 1', old);
        should(new Shaken().by(RED, of()).lost('shaken 1')).be.false();
        living.set(old.id, { ...old });
        should(new Shaken().by(RED, of()).lost('shaken 1')).be.true();
        held.forget('shaken 1');
    });
});

import should from 'should';
import { held } from '../../src/runtime/held';

describe('where a delivery is', () => {
    const id = 'held 1';
    const node = (name: string, type = 'function') => ({ id: name, type });
    const alive = () => true;
    let fallen = 0;

    beforeEach(() => {
        fallen = 0;
        held.follow(id, undefined, () => {
            fallen += 1;
        });
    });
    afterEach(() => held.forget(id));

    it('is with each node as often as it came, until it went as often', () => {
        const slow = { ...node('slow', 'delay'), pauseType: 'delay', drop: false };
        held.came(id, slow);
        held.came(id, slow);
        held.went(id, slow);
        should(held.isHeld(id)).be.true();
        should(held.silence(id)).equal(0); // a delay sends it on, be it tomorrow
        held.went(id, slow);
        should(held.isHeld(id)).be.false();
        should(held.silence(id)).be.aboveOrEqual(0);
    });

    it('is silent with a delay that drops what is too much, or older messages of a topic', async () => {
        for (const more of [
            { pauseType: 'rate', drop: true },
            { pauseType: 'queue', drop: false },
        ]) {
            held.follow(id);
            held.came(id, { ...node('slow', 'delay'), ...more });
            await new Promise((resolve) => setTimeout(resolve, 2));
            should(held.silence(id)).be.above(0);
        }
    });

    it('is no more with a delay that was reset', () => {
        const slow = { ...node('slow', 'delay'), pauseType: 'delay' };
        held.came(id, slow);
        held.emptied(slow);
        should(held.isHeld(id)).be.false();
    });

    it('may be lost where a node that had it was replaced by one with the same id', () => {
        const old = node('slow', 'delay');
        held.came(id, old);
        should(held.fell(id, alive)).be.false();
        should(held.fell(id, (each) => each !== old)).be.true();
        should(held.isHeld(id)).be.false();
    });

    it('is not lost while another one has it, save one that waits for the rest', () => {
        held.came(id, node('old'));
        held.came(id, node('other'));
        should(held.fell(id, ({ id: name }) => name !== 'old')).be.true();
        should(held.isHeld(id)).be.true();
        held.follow(id);
        const join = node('join', 'join');
        held.came(id, join);
        held.came(id, join);
        should(held.isHeld(id)).be.false();
        held.went(id, join);
    });

    it('is told at once where a node of the package was stopped with it', () => {
        const passOn = held.take(id, node('draft', 'missive-create-draft'));
        should(held.isHeld(id)).be.true();
        passOn(true);
        should(fallen).equal(1);
        should(held.fell(id, alive)).be.true();
        held.take(id, node('draft', 'missive-create-draft'))();
        should(fallen).equal(1);
    });
});

import 'should';
import { BrakeHere } from '../../../src/runtime/webhooks/memory/brake-here';

describe('the brake on loops', () => {
    it('stops after so many rounds, says so once, and lets go after a quiet minute', () => {
        let time = 0;
        const brake = new BrakeHere(3, () => time);
        const rounds = (count: number) => Array.from({ length: count }, () => brake.round('c'));
        rounds(5).should.eql(['go', 'go', 'go', 'stop', 'stopped']);
        brake.round('another').should.equal('go');
        time += 59_000;
        rounds(1).should.eql(['stopped']);
        time += 60_000;
        rounds(1).should.eql(['go']);
    });

    it('never stops at 0', () => {
        const brake = new BrakeHere(0);
        for (let i = 0; i < 100; i += 1) brake.round('c').should.equal('go');
    });
});

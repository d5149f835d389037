import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { install } from '@sinonjs/fake-timers';
import should from 'should';
import { Presence } from '../../../src/runtime/webhooks/memory/presence';

describe('what may have been missed', () => {
    const minute = 60_000;
    const noon = Date.UTC(2026, 11, 1, 12);
    let folder: string;
    let clock: ReturnType<typeof install>;
    let now: number;
    let gaps: (number | undefined)[];

    const presence = () => new Presence(path.join(folder, 'p.log'), () => now);
    const stored = () => JSON.parse(readFileSync(path.join(folder, 'p.log'), 'utf8')).alive;
    const begin = () => {
        const made = presence();
        made.read();
        made.start(() => gaps.push(made.missedSince));
        return made;
    };
    /** Half a minute, in which the clock on the wall may be set. */
    const beat = (wall = 30_000) => {
        now += wall;
        clock.tick(30_000);
    };

    beforeEach(() => {
        folder = mkdtempSync(path.join(tmpdir(), 'missive-presence-'));
        clock = install({ toFake: ['setInterval', 'clearInterval', 'performance'] });
        [now, gaps] = [noon, []];
    });
    afterEach(() => {
        clock.uninstall();
        rmSync(folder, { recursive: true });
    });

    it('a machine that slept with the process alive has missed what came meanwhile', () => {
        const made = begin();
        beat();
        beat(120 * minute);
        gaps.should.eql([noon + 30_000]);
        // A delivery before the look is over, or an end, forgets nothing.
        made.called({ id: 'r', type: 'incoming_email' });
        made.stop();
        const next = presence();
        next.read();
        should(next.missedSince).equal(noon + 30_000);
    });

    it('is looked for by Missive’s clock, as far as that was known when it was last there', () => {
        const kept = (ahead: number | undefined) => {
            const made = new Presence(
                path.join(folder, 'p.log'),
                () => now,
                () => ahead,
            );
            made.read();
            made.start(() => {});
            return made;
        };
        kept(10 * minute).stop();
        now += 60 * minute;
        // Nobody has asked Missive yet when the next one starts.
        const next = presence();
        next.read();
        should(next.missedSince).equal(noon);
        should(next.missedFrom).equal(noon - 10 * minute);
        next.start(() => {});
        next.stop();
        now += 60 * minute;
        const later = presence();
        later.read();
        should(later.missedFrom).equal(noon + 50 * minute);
        kept(-3 * 60 * minute).stop();
        now += 60 * minute;
        const behind = presence();
        behind.read();
        should(behind.missedFrom).equal(now - 60 * minute + 3 * 60 * minute);
    });

    it('beats without a gap say so in the file and nothing is looked for', () => {
        begin();
        for (let i = 0; i < 20; i += 1) beat();
        gaps.should.be.empty();
        stored().should.equal(noon + 20 * 30_000);
    });

    it('a start with a wrong clock that is set later looks from where it was last there', () => {
        writeFileSync(path.join(folder, 'p.log'), JSON.stringify({ alive: noon, rules: {} }));
        now = 0;
        begin();
        beat();
        stored().should.equal(noon);
        now = noon + 60 * minute;
        beat();
        gaps.should.eql([noon]);
    });

    it('a file with a moment to come is not believed for ever', () => {
        writeFileSync(path.join(folder, 'p.log'), JSON.stringify({ alive: noon + 1e11, rules: {} }));
        begin();
        for (let i = 0; i < 125; i += 1) beat();
        stored().should.equal(now);
        gaps.should.be.empty();
    });
});

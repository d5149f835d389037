import { execFileSync } from 'node:child_process';
import path from 'node:path';
import should from 'should';
import { type LatencyName, latencies } from '../../bench/latency';
import { lengths, type PatternName, patterns } from '../../bench/patterns';
import { measure } from '../../bench/promised';
import { withAnother } from '../../bench/shared-token';
import { simulate, used } from '../../bench/simulation';

const root = path.resolve(__dirname, '../..');

/** What the README promises, measured in virtual time with the limiter's own code. */
describe('The limiter keeps its promise', function () {
    this.timeout(60_000);

    for (const latency of Object.keys(latencies) as LatencyName[])
        for (const pattern of Object.keys(patterns) as PatternName[])
            it(`no 429 from eighteen servers, five at once, nothing lost, 97 % used: ${pattern}, ${latency}`, async () => {
                const row = await measure('balanced', latency, pattern);
                row.refused.should.equal(0);
                row.lost.should.equal(0);
                row.mostInFlight.should.be.belowOrEqual(5);
                for (const share of row.used ?? []) share.should.be.aboveOrEqual(0.97);
                if (row.people.length === 0) return;
                const [, most95 = Infinity, most = Infinity] = row.people;
                // With a tail to 30 s the request itself takes longer than any promise.
                if (latency === 'tail to 30 s') return;
                most95.should.be.below(3);
                most.should.be.below(5);
            });

    for (const policy of ['fast', 'steady'] as const)
        it(`with the policy ${policy} too`, async () => {
            const row = await measure(policy, '50–2000 ms', '5,000 at once');
            row.refused.should.equal(0);
            for (const share of row.used ?? []) share.should.be.aboveOrEqual(0.97);
        });

    for (const server of ['sliding', 'fixed 0.33', 'bucket', 'refused count'])
        it(`at most ten answers 429 in an hour beside another program: ${server}`, async () => {
            const { refused, done } = await withAnother('balanced', server);
            refused.should.be.belowOrEqual(10);
            // The other one takes 1,080 of 3,600.
            done.should.be.above(2400);
        });

    it('a hundred thousand waiting calls cost less than a kilobyte each', () => {
        const options = { cwd: root, timeout: 50_000, encoding: 'utf8' } as const;
        const out = execFileSync(process.execPath, ['--expose-gc', '--import', 'tsx', 'bench/queue.ts'], options);
        should(JSON.parse(out).bytesPerCall).be.below(1000);
    });

    it('and the simulation itself can tell a limiter that breaks it', async () => {
        const outcome = await simulate({
            contender: 'Bottleneck reservoirs',
            pattern: '5,000 at once',
            latency: '50–2000 ms',
            servers: ['sliding'],
        });
        should(outcome.refused.sliding).be.above(10);
        used(outcome, lengths.quarter).should.be.above(0.97);
    });
});

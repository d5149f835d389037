import type { Link } from '../../../redis/link';
import type { BrakeHere } from '../brake-here';
import type { Brake, Verdict } from '../memory';

/** A minute without own events, and a conversation starts anew. */
const span = 60_000;

/** ARGV 1: milliseconds, 2: as many there were at least, also where Redis has forgotten them. */
const round = `
local count = redis.call('INCR', KEYS[1])
if count < tonumber(ARGV[2]) then
    count = tonumber(ARGV[2])
    redis.call('SET', KEYS[1], count)
end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return count`;

/** Counts over all instances; while Redis is gone each counts its own. */
export class BrakeShared implements Brake {
    constructor(
        private readonly link: Link,
        private readonly place: string,
        private readonly here: BrakeHere,
        private readonly rounds: number,
    ) {}

    async round(conversation: string): Promise<Verdict> {
        const here = await this.here.round(conversation);
        if (this.rounds <= 0) return 'go';
        const least = this.here.count(conversation);
        try {
            const count = Number(await this.link.run(round, `${this.place}:round:${conversation}`, span, least));
            if (count <= this.rounds) return 'go';
            return count === this.rounds + 1 ? 'stop' : 'stopped';
        } catch {
            return here;
        }
    }
}

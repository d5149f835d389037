import { MissiveError } from '../errors';
import { type Allowed, allowedBy } from './allowed';
import { type Bounds, boundOf, type Departures } from './bounds';
import type { Gate } from './gate';
import { leavingBy } from './leaving';

/** An account's properties that hold messages up. */
export interface GuardSettings {
    /** Nothing is written to Missive. */
    readonly dry: boolean;
    readonly send_to?: unknown;
    readonly send_per_hour?: unknown;
    readonly send_per_day?: unknown;
    /** The account's country: national numbers are read as its own. */
    readonly country?: string | undefined;
}

/** What stands before all calls of an account; `undefined` where it is to hold nothing up. */
export function gateOf(settings: GuardSettings, departures: () => Departures): Gate | undefined {
    const { dry, send_to, send_per_hour, send_per_day, country } = settings;
    const isBlank = (value: unknown) => [value].flat().every((each) => String(each ?? '').trim() === '');
    if (!dry && [send_to, send_per_hour, send_per_day].every(isBlank)) return undefined;
    return {
        async pass(call) {
            const leaving = leavingBy(call);
            if (leaving.length > 0) checkRecipients(allowedBy(send_to, country), leaving);
            if (dry && call.method !== 'GET') return { answer: nothing };
            if (leaving.length === 0) return {};
            return count(leaving.length, boundsIn(settings), departures);
        },
    };
}

/** How many messages may leave an account. Throws `ERR_MISSIVE_GUARD` where a bound is no whole number. */
export const boundsIn = ({ send_per_hour, send_per_day }: Omit<GuardSettings, 'dry'>): Bounds => ({
    hour: boundOf(send_per_hour, 'send_per_hour'),
    day: boundOf(send_per_day, 'send_per_day'),
});

/** What a dry account has from Missive: whoever asked makes up the rest. */
const nothing = { status: 0, body: undefined, attempts: 0, waited: 0, dry: true } as const;

function checkRecipients(allowed: Allowed | undefined, leaving: ReturnType<typeof leavingBy>): void {
    if (!allowed) return;
    for (const { recipients } of leaving) {
        if (recipients.length === 0)
            throw guarded(
                'The draft names no recipient, so nobody can tell whom it would reach, and this account may write only to some (send_to). Name the recipient (to_fields).',
            );
        const stranger = recipients.find((each) => !allowed(each));
        if (stranger !== undefined)
            throw guarded(
                `This account may not write to ${stranger || 'a recipient without an address'}: neither the address nor its domain stands in its list (send_to). Add it there, or leave a draft for a person.`,
            );
    }
}

async function count(leaving: number, bounds: Bounds, departures: () => Departures) {
    if (bounds.hour === undefined && bounds.day === undefined) return {};
    const counted = await departures()
        .add(leaving, bounds)
        .catch((error: Error) => {
            throw guarded(`How many messages have left cannot be read or written (${error.message}): free the disk.`);
        });
    if ('undo' in counted) return { over: (delivered: string) => delivered === 'no' && counted.undo() };
    throw past(counted.full, bounds);
}

/** The refusal of what a bound would be passed with. */
export const past = (full: keyof Bounds, bounds: Bounds): MissiveError =>
    guarded(
        `This account may send ${bounds[full]} within ${full === 'hour' ? 'an hour' : 'a day'} (send_per_${full}), and has. Look whether the flow does what it should; raise the bound in the account, or send later.`,
    );

const guarded = (message: string): MissiveError =>
    new MissiveError('ERR_MISSIVE_GUARD', `${message} Nothing was sent.`, { delivered: 'no' });

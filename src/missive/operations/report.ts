import { setTimeout as pause } from 'node:timers/promises';
import type { Answer, Call } from '../call';
import { MissiveError } from '../errors';
import { payloadOf } from './envelope';
import type { Missive, Outcome } from './operation';

/** Missive asks to look first after so many milliseconds, and then as often (missive-api §6.1). */
const between = 5_000;

const envelope = { envelope: 'reports' };

/** The time that goes by, so that a test need not wait. */
export interface Clock {
    now(): number;
    /** Rejects when the signal is aborted. */
    sleep(ms: number, signal: AbortSignal): Promise<unknown>;
}
const realClock: Clock = { now: () => performance.now(), sleep: (ms, signal) => pause(ms, undefined, { signal }) };

/**
 * Starts a report, waits until it is ready, and gives it; throws `ERR_MISSIVE_NOT_FOUND` where it is not after so many
 * seconds. Missive answers a report that is not ready with an empty 404.
 */
export async function fetchReport(
    wanted: Readonly<Record<string, unknown>>,
    seconds: number,
    missive: Missive,
    clock: Clock = realClock,
): Promise<Outcome> {
    const start: Call = { method: 'POST', path: '/analytics/reports', body: { reports: wanted } };
    const started = await missive.send(start);
    if (started.dry) return { call: start, answer: started, payload: {} };
    const id = idOf(started);
    const call: Call = { method: 'GET', path: `/analytics/reports/${encodeURIComponent(id)}` };
    const deadline = clock.now() + seconds * 1000;
    while (true) {
        await clock.sleep(Math.min(between, Math.max(0, deadline - clock.now())), missive.signal).catch(stopped);
        const answer = await missive.send(call).catch(notReady);
        if (answer) return { call, answer, payload: payloadOf(envelope, answer) };
        if (clock.now() >= deadline)
            throw new MissiveError(
                'ERR_MISSIVE_NOT_FOUND',
                `The report was not ready after ${seconds} seconds. Ask for a shorter time or fewer filters, or wait longer (timeout).`,
                { status: 404 },
            );
    }
}

function idOf(answer: Answer): string {
    const { id } = payloadOf(envelope, answer) as { id?: unknown };
    if (typeof id === 'string' && id !== '') return id;
    throw new MissiveError(
        'ERR_MISSIVE_SERVER',
        'Missive started the report, but did not say under which id, so it cannot be read. Try again.',
        { status: answer.status, delivered: 'yes' },
    );
}

function notReady(cause: unknown): undefined {
    if (cause instanceof MissiveError && cause.code === 'ERR_MISSIVE_NOT_FOUND') return undefined;
    throw cause;
}

function stopped(): never {
    throw new MissiveError('ERR_MISSIVE_CLOSED', 'The node was stopped while it waited for the report.');
}

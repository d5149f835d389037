import type { ContenderName } from './contenders';
import { simulate } from './simulation';
import { table } from './table';

/** An hour of 5,000 calls while another program spends on the same token. */
export interface SharedToken {
    readonly contender: ContenderName;
    readonly server: string;
    readonly refused: number;
    readonly done: number;
}

export async function withAnother(contender: ContenderName, server: string, foreign = 0.3): Promise<SharedToken> {
    const outcome = await simulate({
        contender,
        latency: '50–2000 ms',
        pattern: '5,000 at once',
        servers: [server],
        foreign,
    });
    return { contender, server, refused: outcome.refused[server] ?? 0, done: outcome.done.length };
}

/** Every policy, and a careful user's second, against four servers. */
export async function withAnotherAll(): Promise<SharedToken[]> {
    const rows: SharedToken[] = [];
    for (const contender of ['balanced', 'fast', 'steady', 'one request a second'] as const)
        for (const server of ['sliding', 'fixed 0.33', 'bucket', 'refused count'])
            rows.push(await withAnother(contender, server));
    return rows;
}

export const anothers = (rows: readonly SharedToken[]): string =>
    table(
        ['limiter', 'server', 'answers 429 in an hour', 'calls done'],
        rows.map(({ contender, server, refused, done }) => [contender, server, String(refused), String(done)]),
    );

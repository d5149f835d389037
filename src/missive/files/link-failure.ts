import { proxyAnswer } from '../connecting';
import { inputError, MissiveError } from '../errors';
import { privateAddress } from './private-address';

/** A server said no; one that failed, or has too much to do, may be asked again. */
export const refused = (filename: string, status: number) =>
    status >= 500 || status === 408 || status === 429
        ? new MissiveError('ERR_MISSIVE_SERVER', `The file “${filename}” could not be fetched: its server failed.`, {
              status,
              delivered: 'no',
          })
        : inputError(
              `The file “${filename}” could not be fetched (${status}). Links of attachments expire: get the message again and use its new link.`,
          );

/** No whole answer came. */
export const unreachable = (filename: string, reason: string) =>
    reason === privateAddress
        ? inputError(
              `The link of the file “${filename}” leads to a private address. Fetch such files with an http request node and attach the Buffer.`,
          )
        : new MissiveError('ERR_MISSIVE_NETWORK', `The file “${filename}” could not be fetched (${reason}).`, {
              reason,
              delivered: 'no',
          });

/** The technical reason of a failed request. */
export const reasonOf = (cause: unknown): string => {
    if (!(cause instanceof Error)) return 'unknown';
    // Several addresses were tried: each has its own error.
    const [first] = cause instanceof AggregateError ? cause.errors : [cause];
    const answered = first instanceof Error ? proxyAnswer(first) : undefined;
    if (answered !== undefined) return answered;
    return first instanceof Error && 'code' in first && typeof first.code === 'string' ? first.code : cause.name;
};

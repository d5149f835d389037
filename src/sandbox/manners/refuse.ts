/** An answer that is no success. Without a message the answer has no body, as for a report that is not ready. */
export class Refused extends Error {
    override readonly name = 'Refused';

    constructor(
        readonly status: number,
        message = '',
        readonly headers: Readonly<Record<string, string>> = {},
        /** What the error object says besides its message. */
        readonly more: Readonly<Record<string, unknown>> = {},
    ) {
        super(message);
    }
}

/** Bad input in general: 400 with Missive's sentence. */
export const invalid = (message: string): Refused => new Refused(400, message);

/** An id that names nothing. */
export const unknown = (what: string, id: string): Refused => new Refused(404, `${what} with id ${id} does not exist`);

/** The one text for every mismatch between the ids of a path and those of a body. */
export const invalidIds = (): Refused => invalid('Invalid resource ID(s)');

/** An act that needs an administrator or owner of the organization. */
export const forbidden = (): Refused => new Refused(403, 'You need to be an admin or owner of the organization');

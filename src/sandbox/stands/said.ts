/** What another system answers: a status, and JSON, a text or a file. */
export type Said = readonly [status: number, body: unknown];

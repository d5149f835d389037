import type { Request, RequestHandler } from 'express';
import type { NodeAPI } from 'node-red';
import { sayTo } from '../language/answers';
import type { Say } from '../language/speaking';
import { isForWebhook } from '../webhooks/refused-paths';

/** A body that cannot be read; the message is for the person who sent it. */
export class Unusable extends Error {
    override readonly name = 'Unusable';

    constructor(
        readonly status: number,
        message: string,
    ) {
        super(message);
    }
}

const largest = 1024 * 1024;

/**
 * The JSON object of an admin request, whether or not Node-RED has parsed it already. Only `application/json` is taken:
 * another site's form cannot send that, so it cannot act in the name of somebody who is logged in.
 */
export async function bodyOf(request: Request): Promise<Record<string, unknown>> {
    if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
        throw new Unusable(415, 'Send JSON, with the content type application/json.');
    }
    const parsed: unknown = request.readableEnded ? request.body : parse(await textOf(request));
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
        throw new Unusable(400, 'The body must be a JSON object.');
    }
    // Each delivery of Missive's names its rule.
    if (isRule((parsed as { rule?: unknown }).rule)) throw noWebhook();
    return { ...parsed };
}

const isRule = (rule: unknown): boolean => typeof rule === 'object' && rule !== null && 'type' in rule;

const noWebhook = (): Unusable =>
    new Unusable(404, 'The editor has this path, so no webhook can come in here: give webhook in another one.');

async function textOf(request: Request): Promise<string> {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of request) {
        size += chunk.length;
        if (size > largest) throw new Unusable(413, 'The body is larger than 1 MB.');
        chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): unknown {
    try {
        return text === '' ? {} : JSON.parse(text);
    } catch {
        throw new Unusable(400, 'The body is not valid JSON.');
    }
}

/** What the editor sends along. */
export type Given = Readonly<Record<string, unknown>>;

/** Something that the editor asks the runtime to do; rejects with what the person is told. */
export type Act = (RED: NodeAPI, given: Given) => Promise<unknown>;

/** What a failure is answered with. */
interface Failure {
    readonly status: number;
    readonly error: { readonly message: string };
}

/** What cannot be used has its status; anything else is a fault of ours. Missive's own status is not Node-RED's: a 401 would log people out. */
export function failureOf(failure: unknown, say: Say): Failure {
    const status = failure instanceof Unusable ? failure.status : 500;
    return { status, error: { message: say(failure instanceof Error ? failure.message : String(failure)) } };
}

/** Answers with JSON, which nobody keeps; a failure with its sentence, in the language of who asks. */
export const answering =
    (work: (request: Request) => Promise<unknown>, told: typeof failureOf = failureOf): RequestHandler =>
    async (request, response) => {
        response.set('Cache-Control', 'no-store');
        try {
            if (isForWebhook({ method: request.method, headers: request.headers, url: request.originalUrl }))
                throw noWebhook();
            response.json((await work(request)) ?? {});
        } catch (failure) {
            const { status, error } = told(failure, sayTo(request));
            response.status(status).json({ error });
        }
    };

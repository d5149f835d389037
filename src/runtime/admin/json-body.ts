import type { Request } from 'express';
import type { NodeAPI } from 'node-red';

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
    return { ...parsed };
}

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

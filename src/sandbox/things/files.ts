import { randomUUID } from 'node:crypto';
import type { Attachment } from '../data/records';
import type { Data } from '../data/store';
import { type Check, type Fields, isFields } from '../manners/shape';

export interface UploadedFile extends Fields {
    readonly base64_data: string;
    readonly filename: string;
}

const base64 = /^[A-Za-z0-9+/\s]*(?:=\s*){0,2}$/;

export const isUpload = (value: unknown): value is UploadedFile =>
    isFields(value) &&
    typeof value.base64_data === 'string' &&
    base64.test(value.base64_data) &&
    typeof value.filename === 'string' &&
    value.filename !== '';

/** A file as it is sent. */
export const upload: Check<UploadedFile> = { wants: 'an object with base64_data and filename', is: isUpload };

/** Keeps files, so that they can be downloaded from the `url` of an attachment. */
export const keep = (data: Data, uploads: readonly UploadedFile[]): Attachment[] =>
    uploads.map(({ base64_data, filename }) => {
        const file = { id: randomUUID(), filename, content: Buffer.from(base64_data, 'base64') };
        data.files.set(file.id, file);
        return file;
    });

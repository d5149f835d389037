import { type File, parseAttachments } from '../operations/attachments';
import { checkChanges } from '../operations/check-changes';

interface Saved {
    readonly id?: readonly string[] | null;
}

/** Whether the input names things that are there already. */
export const isChange = ({ id }: Saved): boolean => id !== undefined && id !== null;

/** The rules that all kinds of things have in common which are created without an id and changed with one. */
export function checkSaving(input: Saved): string | undefined {
    if (!isChange(input)) return undefined;
    if (input.id?.length === 0)
        return 'The list of ids (id) is empty: name what is to be changed, or leave the field out to create something.';
    return checkChanges(input);
}

/** A file of a canned response; its body may refer to it by `id`, a marker that Missive replaces. */
export type MarkedAttachment = File & { readonly id?: string };

/** Files as `attachments.ts` takes them, each with its marker. */
export function parseMarkedAttachments(value: unknown): MarkedAttachment[] {
    const files: unknown[] = Array.isArray(value) ? value : [value];
    return parseAttachments(files).map((file, index) => {
        const given = files[index];
        const id = typeof given === 'object' && given !== null && 'id' in given ? given.id : undefined;
        return typeof id === 'string' && id !== '' ? { ...file, id } : file;
    });
}

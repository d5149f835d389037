import { now } from '../data/store';
import { type Fields, isFields } from '../manners/shape';
import type { Said } from './said';

/**
 * A task of another maker's tool. `other` is free for the id that it has elsewhere, `agreed` for what both had last; a deleted
 * one stays in the list.
 */
interface ToolTask {
    readonly id: string;
    title: string;
    done: boolean;
    deleted: boolean;
    other: string;
    agreed: string;
    /** ISO, as of the last change. */
    changed: string;
}

/** A task tool of another maker: GET lists all, POST makes one, PATCH changes the one that `id` names, DELETE deletes it. */
export class Tool {
    readonly tasks: ToolTask[] = [];

    ask(method: string, id: string, given: unknown): Said {
        const fields = isFields(given) ? given : {};
        if (method === 'GET') return [200, this.tasks];
        if (method === 'POST') return this.#make(fields);
        const task = this.tasks.find((one) => one.id === id);
        if (!task) return [404, { error: `no task ${id}` }];
        if (method === 'DELETE') Object.assign(task, { deleted: true });
        else if (method === 'PATCH') Object.assign(task, changeable(fields));
        else return [405, { error: method }];
        task.changed = stamp();
        return [200, task];
    }

    #make(fields: Fields): Said {
        if (typeof fields.title !== 'string' || fields.title.trim() === '') return [400, { error: 'title is missing' }];
        const own = { id: `T-${this.tasks.length + 1}`, title: fields.title, done: false, deleted: false };
        const task = { ...own, other: '', agreed: '', ...changeable(fields), changed: stamp() };
        this.tasks.push(task);
        return [200, task];
    }
}

const stamp = (): string => new Date(now() * 1000).toISOString();

const changeable = ({ title, done, other, agreed }: Fields): Partial<ToolTask> => ({
    ...(typeof title === 'string' && { title }),
    ...(typeof done === 'boolean' && { done }),
    ...(typeof other === 'string' && { other }),
    ...(typeof agreed === 'string' && { agreed }),
});

import type { NodeAPI } from 'node-red';

/** What the editor sends along. */
export type Given = Readonly<Record<string, unknown>>;

/** Something that the editor asks the runtime to do; rejects with what the person is told. */
export type Act = (RED: NodeAPI, given: Given) => Promise<unknown>;

import path from 'node:path';
import type { Start } from './node-red';

/** How a Node-RED is started whose clock is so many milliseconds ahead. */
export const clockAhead = (ms: number): Pick<Start, 'node' | 'env'> => ({
    node: ['--require', path.join(__dirname, 'clock-ahead.cjs')],
    env: { CLOCK_AHEAD: String(ms) },
});

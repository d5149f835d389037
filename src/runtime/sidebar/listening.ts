import type { Request, Response } from 'express';
import { safety } from './page/page-html';
import type { Line, Listener } from './pages';
import type { Sidebar, Sidebars } from './sidebars';

/** A sign of life before any proxy or phone takes the connection for dead, in milliseconds. */
const heartbeat = 20_000;
/** Bytes that may wait for a page that does not read. */
const mostWaiting = 2 * 1024 * 1024;

/** Keeps the answer open: a line of JSON for each card that is pushed. */
export function listen(sidebars: Sidebars, sidebar: Sidebar, page: string, request: Request, response: Response): void {
    response.status(200).set({
        ...safety,
        'Content-Type': 'application/x-ndjson; charset=utf-8',
        'Cache-Control': 'no-store, no-transform',
        // Some proxies would keep the lines until there are many of them.
        'X-Accel-Buffering': 'no',
    });
    const listener: Listener = {
        write(line: Line) {
            response.write(`${JSON.stringify(line)}\n`);
            if (response.writableLength > mostWaiting) response.destroy();
        },
        end() {
            response.end();
        },
    };
    if (!sidebars.pages.listen(page, listener)) {
        response.removeHeader('Content-Type');
        response
            .status(429)
            .set('Retry-After', '30')
            .json({ error: { message: 'Too many pages are open.' } });
        return;
    }
    sidebar.pagesChanged();
    const timer = setInterval(() => listener.write({ ping: 1 }), heartbeat);
    response.on('error', () => response.destroy());
    response.on('close', () => {
        clearInterval(timer);
        sidebars.pages.unlisten(page, listener);
        sidebar.pagesChanged();
    });
    request.resume();
}

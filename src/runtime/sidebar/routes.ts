import type { Request, RequestHandler, Response } from 'express';
import type { NodeAPI } from 'node-red';
import { pathOf } from '../address';
import { sameSecret } from './page/key';
import { pageFiles } from './page/page-files';
import { pageHeaders, pageHtml, refusedHtml, safety } from './page/page-html';
import { makeToken } from './page/page-token';
import { languageOf } from './page/words';
import { type Sidebar, type Sidebars, sidebarsOf } from './sidebars';

const mounted = new WeakSet<object>();

/** Mounts the sidebars of this Node-RED once per app; `undefined` where it serves no HTTP nodes (`httpNodeRoot: false`). */
export function serveSidebars(RED: NodeAPI): Sidebars | undefined {
    if (!RED.httpNode || RED.settings.httpNodeRoot === false) return undefined;
    const sidebars = sidebarsOf(RED);
    if (mounted.has(RED.httpNode)) return sidebars;
    mounted.add(RED.httpNode);
    const middleware: unknown[] = [RED.settings.httpNodeMiddleware].flat();
    const own = middleware.filter((each): each is RequestHandler => typeof each === 'function');
    const gate =
        (find: (path: string) => unknown): RequestHandler =>
        (request, _response, next) =>
            find(pathOf(request.path)) ? next() : next('route');

    // One route for good, by a regular expression: routes of single nodes would be cut out by `http in` nodes.
    RED.httpNode.get(
        /.*/,
        gate((path) => sidebars.paths.at(path) ?? fileAt(sidebars, path)),
        ...own,
        (request, response) => {
            const path = pathOf(request.path);
            const sidebar = sidebars.paths.at(path);
            if (sidebar) sendPage(sidebar, request, response);
            else sendFile(sidebars, path, response);
        },
    );
    RED.httpNode.post(
        /.*/,
        gate((path) => eventAt(sidebars, path)),
        ...own,
        (request, response, next) => {
            const sidebar = eventAt(sidebars, pathOf(request.path));
            // Loaded with the first request.
            const { answerPage } = require('./endpoint') as typeof import('./endpoint');
            if (sidebar) answerPage(sidebars, sidebar, request, response).catch(next);
            else next();
        },
    );
    return sidebars;
}

const eventAt = (sidebars: Sidebars, path: string): Sidebar | undefined =>
    path.endsWith('/event') ? sidebars.paths.at(path.slice(0, -'/event'.length)) : undefined;

/** The file that a path names, below the path of a sidebar. */
function fileAt(sidebars: Sidebars, path: string) {
    const [, own = '', hash, name = ''] = /^(\/.+)\/page\/([\da-f]{1,64})\/([a-z-]+\.(?:js|css))$/.exec(path) ?? [];
    if (!sidebars.paths.at(own)) return undefined;
    const known = pageFiles();
    const file = known.files.get(name);
    return file && { ...file, current: hash === known.hash };
}

function sendFile(sidebars: Sidebars, path: string, response: Response): void {
    const file = fileAt(sidebars, path);
    if (!file) {
        response.status(404).end();
        return;
    }
    response
        .set({
            ...safety,
            'Content-Type': file.type,
            'Cache-Control': file.current ? 'public, max-age=31536000, immutable' : 'no-cache',
        })
        .send(file.content);
}

function sendPage(sidebar: Sidebar, request: Request, response: Response): void {
    const query = new URLSearchParams(request.originalUrl.split('?')[1] ?? '');
    const language = languageOf(request.headers['accept-language']);
    response.set(pageHeaders);
    // Both are compared even where one is blank: the time tells nothing.
    const right = sameSecret(query.get('key') ?? '', sidebar.key);
    if (sidebar.key === '' || !right) {
        response.status(403).send(refusedHtml(language));
        return;
    }
    const practice = query.get('practice') === '1';
    // Relative, so that no prefix of a host or a proxy has to be known.
    const written = request.originalUrl.split('?')[0] ?? '';
    const base = written.endsWith('/') ? '.' : (written.split('/').pop() ?? '');
    const settings = {
        ...{ v: 1, token: makeToken(sidebar.key, sidebar.node), event: `${base}/event`, key: true },
        ...sidebar.settings,
        ...{ lang: language, practice },
    };
    response.send(pageHtml(settings, base, language, practice));
}

import { escaped } from '../../../missive/content/html';
import { pageFiles, practiceScript } from './page-files';
import { type Language, say } from './words';

const missive = 'https://integrations.missiveapp.com';

/** Headers of everything that belongs to the page. Where it may be framed is left open: Missive's app on iOS has no address that could be named. */
export const safety = {
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'same-origin',
} as const;

export const pageHeaders = {
    ...safety,
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    'Content-Security-Policy': [
        "default-src 'none'",
        `script-src 'self' ${missive}`,
        // missive.js may set styles of its own.
        `style-src 'self' 'unsafe-inline' ${missive}`,
        `font-src 'self' ${missive}`,
        'img-src https: data:',
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    ].join('; '),
} as const;

/** The page: no data but its settings, no script but the files that it names. `base` is what its addresses begin with. */
export function pageHtml(
    settings: Readonly<Record<string, unknown>>,
    base: string,
    language: Language,
    practice: boolean,
): string {
    const files = `${base}/page/${pageFiles().hash}`;
    const sheets = ['card.css', 'page.css'].filter((name) => pageFiles().files.has(name));
    const styles = [...sheets.map((name) => `${files}/${name}`), ...(practice ? [] : [`${missive}/missive.css`])];
    const script = practice ? `${files}/${practiceScript}` : `${missive}/missive.js`;
    return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Missive</title>
<meta name="missive-sidebar" content="${escaped(JSON.stringify(settings))}">
${styles.map((each) => `<link rel="stylesheet" href="${escaped(each)}">`).join('\n')}
<script src="${escaped(script)}"></script>
<script type="module" src="${escaped(`${files}/page.js`)}"></script>
</head>
<body>
<main id="sidebar" class="sidebar"></main>
<noscript>${escaped(say(language, 'noScript'))}</noscript>
</body>
</html>
`;
}

/** What somebody without the key gets to see. */
export const refusedHtml = (language: Language): string => `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><title>Missive</title></head>
<body><p>${escaped(say(language, 'forbidden'))}</p></body></html>
`;

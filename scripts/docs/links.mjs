// The links of the built site: each leads to a page, a place on a page, or a file that is there.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** What leads nowhere, as `page → link`. Links to other sites are only looked at for https. */
export function brokenLinks(site) {
    const pages = readdirSync(site, { recursive: true })
        .map(String)
        .filter((file) => file.endsWith('.html'));
    const places = new Map(pages.map((file) => [file, idsOf(path.join(site, file))]));
    return pages.flatMap((file) =>
        linksOf(readFileSync(path.join(site, file), 'utf8'))
            .filter((link) => !leads(site, file, link, places))
            .map((link) => `${file} → ${link}`),
    );
}

const idsOf = (file) => new Set([...readFileSync(file, 'utf8').matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));

const linksOf = (html) => [
    ...new Set(
        [...html.matchAll(/<(?:a|img|link|script)\b[^>]*? (?:href|src)="([^"]*)"/g)].map(([, link]) =>
            link.replace(/&amp;/g, '&'),
        ),
    ),
];

function leads(site, from, link, places) {
    if (/^https:\/\/\S+$/.test(link) || /^(?:mailto|data):/.test(link)) return true;
    if (/^[a-z]+:/i.test(link)) return false;
    const [address, place = ''] = link.split('#');
    const target = address === '' ? from : pageAt(site, path.join(path.dirname(`/${from}`), '/'), address);
    if (target === undefined) return false;
    const ids = places.get(target.replace(/\\/g, '/')) ?? places.get(target);
    return place === '' || ids === undefined || ids.has(decodeURIComponent(place));
}

function pageAt(site, folder, address) {
    const plain = decodeURIComponent(address.split('?')[0]);
    const full = plain.startsWith('/') ? plain : path.posix.join(folder, plain);
    const relative = full.replace(/^\/+/, '');
    return [relative, `${relative}.html`, path.join(relative, 'index.html')].find((file) => {
        const target = path.join(site, file);
        return existsSync(target) && statSync(target).isFile();
    });
}

import { inflateSync } from 'node:zlib';

/**
 * What a service that reads files would answer (Apache Tika and its like take a file by PUT and give its text): text files
 * as they are, of a PDF the words that stand in it. Nothing of a scan or a picture: this one cannot see.
 */
export function textOf(file: Buffer): string {
    if (file.subarray(0, 5).toString('latin1') === '%PDF-') return pdfText(file);
    const text = file.toString('utf8');
    return text.includes('\0') || text.includes('\ufffd') ? '' : text;
}

/** The texts that a PDF shows, one a line. */
function pdfText(file: Buffer): string {
    const source = file.toString('latin1');
    return [...source.matchAll(/stream\r?\n([\s\S]*?)\r?\n?endstream/g)]
        .map(([, stream = '']) => unpacked(Buffer.from(stream, 'latin1')))
        .flatMap((content) => [...content.matchAll(/(\((?:\\[\s\S]|[^\\()])*\)|\[[^\]]*\])\s*T[jJ]/g)])
        .map(([, shown = '']) =>
            [...shown.matchAll(/\(((?:\\[\s\S]|[^\\()])*)\)/g)].map(([, part = '']) => unescaped(part)).join(''),
        )
        .join('\n');
}

const unescaped = (part: string): string => part.replace(/\\([\\()])/g, '$1');

function unpacked(stream: Buffer): string {
    try {
        return inflateSync(stream).toString('latin1');
    } catch {
        return stream.toString('latin1');
    }
}

import type { Order } from './orders';

const escaped = (text: string): string =>
    text
        .replace(/[\\()]/g, '\\$&')
        .replaceAll('€', 'EUR')
        .replace(/[^\x20-\x7e]/g, '?');

/** The invoice of an order as a PDF of one page. */
export function invoiceOf({ number, item, total, status }: Order): Buffer {
    const lines = [
        `Invoice for order ${number}`,
        '',
        item,
        `Total: ${total}`,
        `Status: ${status}`,
        '',
        'Harbor Bikes, Porto',
    ];
    const text = lines.map((line) => `(${escaped(line)}) Tj T*`).join('\n');
    const content = `BT /F1 14 Tf 72 760 Td 20 TL\n${text}\nET`;
    const objects = [
        '<< /Type /Catalog /Pages 2 0 R >>',
        '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
        '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
        `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
        '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ];
    let file = '%PDF-1.4\n';
    const places = objects.map((object, at) => {
        const place = file.length;
        file += `${at + 1} 0 obj\n${object}\nendobj\n`;
        return place;
    });
    const rows = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
    const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
    return Buffer.from(
        `${file}${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`,
    );
}

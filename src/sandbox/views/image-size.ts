export interface ImageSize {
    readonly width: number;
    readonly height: number;
}

const png = (bytes: Buffer): ImageSize | undefined =>
    bytes.length > 24 && bytes.toString('latin1', 1, 4) === 'PNG'
        ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
        : undefined;

const gif = (bytes: Buffer): ImageSize | undefined =>
    bytes.length > 10 && bytes.toString('latin1', 0, 3) === 'GIF'
        ? { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) }
        : undefined;

/** The size stands in the first frame (markers C0 to CF, save C4, C8 and CC, which are tables). */
function jpeg(bytes: Buffer): ImageSize | undefined {
    if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined;
    for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; at += 2 + bytes.readUInt16BE(at + 2)) {
        const marker = bytes[at + 1] ?? 0;
        if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
            return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) };
    }
    return undefined;
}

/** How large a picture is, in pixels; `undefined` where its bytes do not say. */
export const imageSize = (bytes: Buffer): ImageSize | undefined => png(bytes) ?? gif(bytes) ?? jpeg(bytes);

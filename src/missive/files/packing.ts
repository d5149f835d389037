/** Whether bytes begin as gzip does. */
export const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** Whether bytes begin as zlib's form of deflate does; many servers send deflate without that. */
export const isZlib = (bytes: Buffer): boolean =>
    ((bytes[0] ?? 0) & 0x0f) === 8 && (((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)) % 31 === 0;

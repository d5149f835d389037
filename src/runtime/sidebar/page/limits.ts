/** Bytes of a request's body. */
export const largestRequest = 256 * 1024;
/** Objects and lists inside each other: more than these no page sends, and no stack holds a hundred thousand. */
export const deepestRequest = 100;
/** Requests that wait for their card: of one page, and of all. */
export const openOfPage = 20;
export const openInAll = 200;
/** Pages that listen for what is pushed. */
export const listeningInAll = 1000;
/** What became of so many requests is remembered, so that a card that comes too late is told why. */
export const remembered = 5000;

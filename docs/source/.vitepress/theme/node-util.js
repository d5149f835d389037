// What `src/missive/cards` asks of Node.js' `util`, in a browser.
const named = (name) => (value) => Object.prototype.toString.call(value) === `[object ${name}]`;

export const types = { isDate: named('Date'), isMap: named('Map'), isSet: named('Set'), isProxy: () => false };

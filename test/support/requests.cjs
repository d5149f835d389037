// Preloaded into a Node-RED of the tests (`node --require`): writes down each request that the practice inbox in it got
// over HTTP, a line each, into the file that REQUESTS names.
const { subscribe } = require('node:diagnostics_channel');
const { appendFileSync } = require('node:fs');

subscribe('http.server.request.start', ({ request: { method, url } }) => {
    if (url.startsWith('/v1/')) appendFileSync(process.env.REQUESTS, `${method} ${url}\n`);
});

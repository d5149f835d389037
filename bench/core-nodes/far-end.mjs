// Missive as far as a call needs it, in a process of its own: reads a request, answers it after so many milliseconds.
import { createServer } from 'node:http';

const latency = Number(process.argv[2] ?? 0);
const body = JSON.stringify({ tasks: { id: 'a8f2c1d4-0000-4000-8000-000000000001', title: 'x', state: 'todo' } });
const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };

const server = createServer((request, response) => {
    request.resume().on('end', () => {
        const answer = () => response.writeHead(201, headers).end(body);
        if (latency > 0) setTimeout(answer, latency);
        else answer();
    });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.(server.address().port));
process.on('disconnect', () => process.exit());

import { WebSocket } from 'undici';

/** The texts under the nodes of a running Node-RED, as the editor hears of them; each of these has to come. */
export async function statusesSaid(adminUrl: string, texts: readonly string[]): Promise<void> {
    const socket = new WebSocket(`${adminUrl.replace(/^http/, 'ws').replace(/\/$/, '')}/comms`);
    try {
        await new Promise<void>((resolve, reject) => {
            const missing = new Set(texts);
            const late = setTimeout(() => reject(new Error(`no status ${[...missing].join(', ')}`)), 15_000);
            socket.addEventListener('open', () => socket.send(JSON.stringify({ subscribe: 'status/#' })));
            socket.addEventListener('message', ({ data }) => {
                for (const { data: status } of [JSON.parse(String(data))].flat()) missing.delete(status?.text);
                if (missing.size > 0) return;
                clearTimeout(late);
                resolve();
            });
            socket.addEventListener('error', () => reject(new Error('the editor’s socket is closed')));
        });
    } finally {
        socket.close();
    }
}

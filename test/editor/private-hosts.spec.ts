import { readFileSync } from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import should from 'should';

const source = readFileSync(path.resolve(__dirname, '../../src/editor/browser/own/paths.js'), 'utf8');
const isPrivateHost: (host: string) => boolean = vm.runInNewContext(`${source};isPrivateHost`);

describe('an address that Missive cannot reach', () => {
    for (const address of [
        ...[
            'http://localhost:1880',
            'http://raspberrypi:1880',
            'http://RaspberryPi.local.',
            'http://nas.fritz.home.arpa',
        ],
        ...['http://127.0.0.1', 'http://10.1.2.3', 'http://192.168.1.4', 'http://172.16.0.1', 'http://172.31.255.1'],
        ...['http://169.254.1.1', 'http://100.64.0.1', 'http://100.127.1.1', 'http://0.0.0.0:1880', 'http://host.lan'],
        ...['http://[::1]:1880', 'http://[fe80::1]', 'http://[fd00::1]', 'http://[::ffff:192.168.0.1]'],
    ])
        it(address, () => should(isPrivateHost(new URL(address).hostname)).be.true());

    for (const address of [
        ...[
            'https://flows.example.com',
            'https://11.0.0.1',
            'https://172.32.0.1',
            'https://100.63.0.1',
            'https://100.128.0.1',
        ],
        ...['https://[2001:db8::1]', 'https://localhost.example.com', 'https://lan.example.com'],
    ])
        it(`but ${address} it can`, () => should(isPrivateHost(new URL(address).hostname)).be.false());
});

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import should from 'should';
import { doubtOf } from '../../src/runtime/redis/doubt';
import { linkTo } from '../../src/runtime/redis/links';
import { stop } from '../support/client';
import { listening } from '../support/listening';
import { RedisServer, redisOrSkip } from '../support/redis';

interface Service {
    readonly image?: string;
    readonly command?: readonly string[];
    readonly environment?: Readonly<Record<string, string>>;
    readonly depends_on?: unknown;
    readonly volumes?: readonly string[];
    readonly ports?: readonly string[];
    readonly stop_grace_period?: string;
    readonly healthcheck?: { readonly test: readonly string[] };
}

interface Compose {
    readonly services: Readonly<Record<string, Service>>;
    readonly configs: { readonly caddyfile: { readonly content: string } };
    readonly volumes: Readonly<Record<string, unknown>>;
}

/** Node-RED brings it. */
const { load } = require('js-yaml') as { load(text: string): unknown };

const root = path.resolve(__dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const compose = load(read('docs/compose.yaml')) as Compose;

/** What the account reads from the environment where its properties are blank. */
const variables = [
    ...[
        'src/runtime/connection.ts',
        'src/runtime/accounts/become-account.ts',
        'src/runtime/rules/self-registration.ts',
    ],
].flatMap((file) => [...read(file).matchAll(/process\.env\.(MISSIVE_[A-Z_]+)/g)].map(([, name]) => name));

describe('docs/compose.yaml', () => {
    const { services, configs, volumes } = compose;
    const nodeReds = Object.entries(services).filter(([name]) => name.startsWith('node-red'));

    it('has two Node-REDs that are alike, a Redis and a proxy', () => {
        nodeReds.should.have.length(2);
        should(nodeReds[0]?.[1]).eql(nodeReds[1]?.[1]);
        Object.keys(services).should.containDeep(['redis', 'proxy']);
    });

    it('names only variables that the package reads', () => {
        const named = Object.keys(nodeReds[0]?.[1].environment ?? {}).filter((name) => name.startsWith('MISSIVE_'));
        named.should.containEql('MISSIVE_REDIS_URL');
        for (const name of named) variables.should.containEql(name);
        should(nodeReds[0]?.[1].environment?.MISSIVE_REDIS_URL).match(/^redis:\/\/:.+@redis:6379\/0$/);
    });

    it('sets Redis as the README says', () => {
        const command = services.redis?.command ?? [];
        const set = (name: string) => command[command.indexOf(`--${name}`) + 1];
        const settings = {
            appendonly: set('appendonly'),
            appendfsync: set('appendfsync'),
            policy: set('maxmemory-policy'),
        };
        settings.should.eql({ appendonly: 'yes', appendfsync: 'everysec', policy: 'noeviction' });
        should(services.redis?.volumes).eql(['redis:/data']);
        volumes.should.have.property('redis');
        for (const readme of ['README.md', 'README.fr.md'])
            for (const text of [
                '`appendonly yes`',
                '`appendfsync everysec`',
                '`maxmemory-policy noeviction`',
                'docs/compose.yaml',
            ])
                read(readme).should.containEql(text);
        // Nobody but the Node-REDs reaches it.
        should(services.redis?.ports).be.undefined();
    });

    it('starts a Redis, with these very options, of which nothing is in doubt, and which its health check finds', async function () {
        this.timeout(20_000);
        redisOrSkip.call(this);
        const password = 'p4ssword';
        const filled = (text: string) => text.replace(/\$\{REDIS_PASSWORD:\?\}/g, password);
        const folder = mkdtempSync(path.join(tmpdir(), 'missive-compose-'));
        const [program, ...options] = services.redis?.command ?? [];
        should(program).equal('redis-server');
        const redis = await RedisServer.start('--dir', folder, ...options.map(filled));
        const { MISSIVE_REDIS_URL: address = '' } = nodeReds[0]?.[1].environment ?? {};
        const { link, release } = linkTo(filled(address).replace('redis:6379', `127.0.0.1:${redis.port}`));
        try {
            await link.ready(5000);
            should(await doubtOf(link)).be.undefined();
            const [kind, ...check] = services.redis?.healthcheck?.test ?? [];
            should(kind).equal('CMD-SHELL');
            const env = Object.entries(services.redis?.environment ?? {}).map(([name, text]) => [name, filled(text)]);
            const healthy = (given: object) =>
                spawnSync('sh', ['-c', check.join(' ').replace('redis-cli', `redis-cli -p ${redis.port}`)], {
                    env: { PATH: process.env.PATH, ...given } as NodeJS.ProcessEnv,
                }).status === 0;
            healthy(Object.fromEntries(env)).should.be.true();
            await redis.kill();
            healthy(Object.fromEntries(env)).should.be.false();
        } finally {
            release();
            await redis.kill();
            rmSync(folder, { recursive: true, force: true });
        }
    });

    it('has no secret in clear, the same for both Node-REDs, and none in a command of a health check', () => {
        for (const { environment = {}, command = [], healthcheck } of Object.values(services)) {
            for (const [name, text] of Object.entries(environment))
                if (/TOKEN|SECRET|PASSWORD|AUTH|REDIS_URL/.test(name)) text.should.match(/\$\{[A-Z_]+:[?-]\}/);
            const at = command.indexOf('--requirepass');
            if (at >= 0) should(command[at + 1]).match(/^\$\{REDIS_PASSWORD:\?\}$/);
            String(healthcheck?.test ?? '').should.not.match(/PASSWORD|TOKEN|SECRET/);
        }
        const secrets = nodeReds.map(([, { environment }]) => environment?.NODE_RED_CREDENTIAL_SECRET);
        for (const each of secrets) should(each).match(/^\$\{NODE_RED_CREDENTIAL_SECRET:\?\}$/);
    });

    it('asks each Node-RED, and the Redis, whether it is well', async () => {
        for (const [name, { healthcheck }] of Object.entries(services))
            if (name !== 'proxy') should(healthcheck?.test).not.be.empty();
        const [, program = '', ...args] = nodeReds[0]?.[1].healthcheck?.test ?? [];
        should(program).equal('node');
        const statusOf = async (status: number) => {
            const server = createServer((_, response) => response.writeHead(status).end());
            const port = await listening(server);
            const child = spawn(
                process.execPath,
                args.map((text) => text.replace('1880', String(port))),
            );
            const [code] = await once(child, 'exit');
            await stop(server);
            return code;
        };
        should(await statusOf(200)).equal(0);
        should(await statusOf(404)).equal(0);
        should(await statusOf(503)).equal(1);
    });

    it('lets the proxy reach both, and nobody the editor', () => {
        for (const [name, { ports }] of nodeReds) {
            configs.caddyfile.content.should.containEql(`${name}:1880`);
            should(ports).be.undefined();
        }
        configs.caddyfile.content.should.match(/handle \/hooks\/\* \{/);
        configs.caddyfile.content.should.match(/respond 404/);
    });

    it('leaves out a Node-RED that is gone, and tries no delivery at the other one with a body that is gone', () => {
        configs.caddyfile.content.should.match(/health_uri \/hooks\/\S+\s+health_status 404/);
        // Up to 2.11.1 Caddy takes that one for dead, too, where a POST is tried again.
        configs.caddyfile.content.should.not.match(/lb_try_duration|lb_retries/);
    });
});

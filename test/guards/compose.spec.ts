import { readFileSync } from 'node:fs';
import path from 'node:path';
import should from 'should';

interface Service {
    readonly image?: string;
    readonly command?: readonly string[];
    readonly environment?: Readonly<Record<string, string>>;
    readonly depends_on?: unknown;
    readonly volumes?: readonly string[];
    readonly ports?: readonly string[];
    readonly stop_grace_period?: string;
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

    it('lets the proxy reach both, and nobody the editor', () => {
        for (const [name, { ports }] of nodeReds) {
            configs.caddyfile.content.should.containEql(`${name}:1880`);
            should(ports).be.undefined();
        }
        configs.caddyfile.content.should.match(/handle \/hooks\/\* \{/);
        configs.caddyfile.content.should.match(/respond 404/);
    });
});

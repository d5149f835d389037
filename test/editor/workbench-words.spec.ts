import { readFileSync } from 'node:fs';
import path from 'node:path';
import should from 'should';
import webhookIn from '../../nodes/forms/missive-webhook-in';
import type { Says } from '../../src/editor/form';

const folder = path.resolve(__dirname, '../../src/editor/workbench');
const words = (language: string) => JSON.parse(readFileSync(path.join(folder, `${language}.json`), 'utf8')) as object;

/** The keys of a catalogue, one in another, each with the places that it fills in. */
const keysOf = (value: unknown, before = ''): string[] =>
    typeof value === 'string'
        ? [`${before} ${(value.match(/__\w+__/g) ?? []).sort().join(' ')}`]
        : Object.entries(value as object).flatMap(([key, each]) => keysOf(each, `${before}.${key}`));

describe('the words of the Missive tab', () => {
    it('are as many in French as in English, with the same places to fill in', () => {
        should(keysOf(words('fr')).sort()).eql(keysOf(words('en-US')).sort());
    });

    it('call the events what the form of webhook in calls them, in both languages', () => {
        const french = path.join(folder, '../../../nodes/locales/fr/missive-webhook-in.json');
        const { says } = JSON.parse(readFileSync(french, 'utf8')) as { says: Says };
        should(Reflect.get(words('en-US'), 'kind')).eql(webhookIn.says?.event);
        should(Reflect.get(words('fr'), 'kind')).eql(says.event);
    });

    it('are all that its script says', () => {
        const script = ['words', 'ask', 'troubles', 'accounts', 'calls', 'events', 'tab']
            .map((name) => readFileSync(path.join(folder, `${name}.js`), 'utf8'))
            .join('\n');
        const known = keysOf(words('en-US')).map((key) => key.trim().split(' ')[0]?.slice(1));
        const said = [...script.matchAll(/say\('([\w.]+)'/g)].map(([, key]) => String(key));
        said.length.should.be.above(20);
        said.filter((key) => !known.includes(key)).should.eql([]);
    });
});

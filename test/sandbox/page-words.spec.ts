import { readFileSync } from 'node:fs';
import path from 'node:path';
import should from 'should';

const root = path.resolve(__dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

type Words = Readonly<Record<'en' | 'fr', Readonly<Record<string, string>>>>;

/** A script of the page, loaded as a browser would. */
const load = (name: string): Promise<Record<string, unknown>> => import(path.join(root, 'src/sandbox/page', name));

describe('the words of the practice page', () => {
    it('are there in both languages', async () => {
        const { words } = (await load('words.js')) as { words: Words };
        should(Object.keys(words.fr)).eql(Object.keys(words.en));
        const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();
        for (const [key, text] of Object.entries(words.en)) should(places(words.fr[key] ?? '')).eql(places(text), key);
    });

    it('call the events what webhook in calls them', async () => {
        const { events } = (await load('events.js')) as { events: Words };
        const declared = [...read('nodes/forms/missive-webhook-in.ts').matchAll(/^ {4}(\w+): '([^']+)',$/gm)];
        const english = Object.fromEntries(declared.map(([, type, name]) => [type, name]));
        for (const [type, name] of Object.entries(events.en)) should(english[type]).equal(name);
        const { says } = JSON.parse(read('nodes/locales/fr/missive-webhook-in.json')) as {
            says: { event: Record<string, string> };
        };
        should(events.fr).eql(says.event);
        should(Object.keys(events.en).sort()).eql(Object.keys(says.event).sort());
    });
});

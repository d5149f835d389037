import { readFileSync } from 'node:fs';
import path from 'node:path';
import should from 'should';
import { listKinds } from '../../src/missive/lists/list-kinds';
import { watchedKinds, watchedParameters } from '../../src/missive/lists/watched-parameters';
import { propertyOf } from '../../src/missive/operations/operation';

type Words = Readonly<Record<string, Readonly<Record<string, { readonly label?: string; readonly help?: string }>>>>;

const french = (type: string): Words =>
    JSON.parse(readFileSync(path.resolve(__dirname, `../../nodes/locales/fr/${type}.json`), 'utf8'));

describe('The French of watch', () => {
    it('calls a parameter what the list calls it', () => {
        const [watch, list] = [french('missive-watch').rows ?? {}, french('missive-list').fields ?? {}];
        let compared = 0;
        for (const kind of watchedKinds) {
            const member = listKinds[kind];
            for (const key of Object.keys(member ? watchedParameters(member) : {})) {
                const property = member ? propertyOf(member, key) : key;
                const { label, help } = list[property] ?? list[key] ?? {};
                should({ key, label: watch[property]?.label, help: watch[property]?.help }).eql({ key, label, help });
                compared += 1;
            }
        }
        compared.should.be.above(20);
    });
});

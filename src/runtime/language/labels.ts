import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Declaration } from '../../missive/operations/family';
import type { Labels } from './in-french';

/** A folder of catalogues. */
export type Language = 'en-US' | 'fr';

/** The catalogues of the forms lie beside the built nodes. */
const folder = path.join(__dirname, '../../../nodes/locales');

interface Catalogue {
    readonly label?: string;
    readonly field?: Readonly<Record<string, string>>;
}

function read(type: string, language: Language): Catalogue {
    const file = path.join(folder, language, `${type}.json`);
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Catalogue) : {};
}

const typeNames = new Map<string, string>();

/** What the palette calls a type of node of ours; another one as it stands. */
export function typeName(type: string, language: Language): string {
    const key = `${language} ${type}`;
    let name = typeNames.get(key);
    if (name === undefined) {
        name = (/^missive-[a-z-]+$/.test(type) && read(type, language).label) || type;
        typeNames.set(key, name);
    }
    return name;
}

/** The labels of a declaration's fields, English → what `called` says of the field's word. */
export function labelled(declaration: Declaration, called: (word: string) => string | undefined): Labels {
    const { propertiesOf } =
        require('../../missive/operations/family') as typeof import('../../missive/operations/family');
    return new Map(
        propertiesOf(declaration).flatMap(({ word, field }) => {
            const label = called(word);
            return label === undefined ? [] : [[field.label, label] as const];
        }),
    );
}

/** The same in French, whatever Node-RED itself runs in: for people whose editor is in French. */
export function frenchLabels(type: string, declaration: Declaration): Labels {
    const { field = {} } = read(type, 'fr');
    return labelled(declaration, (word) => field[word]);
}

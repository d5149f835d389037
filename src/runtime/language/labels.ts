import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Declaration } from '../../missive/operations/family';
import type { Labels } from './in-french';

/** The catalogues of the forms lie beside the built nodes. */
const folder = path.join(__dirname, '../../../nodes/locales/fr');

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
    const { field = {} } = JSON.parse(readFileSync(path.join(folder, `${type}.json`), 'utf8')) as {
        field?: Readonly<Record<string, string>>;
    };
    return labelled(declaration, (word) => field[word]);
}

import { type Declaration, propertiesOf, settingsOf } from '../missive/operations/family';
import { iconOf } from './types';

/** The form: name, account, settings, the fields outside any section, then each section. */
export const formOf = (op: Declaration): string =>
    [
        row('name', 'tag', 'word.name', '<input type="text" id="node-input-name">'),
        row('account', 'inbox', 'word.account', '<input type="text" id="node-input-account">', true),
        ...Object.keys(settingsOf(op)).map((key) => settingRow(op, key)),
        ...rowsOf(op, undefined),
        ...Object.keys(op.sections ?? {}).map(
            (section) => `<details class="missive-section" data-section="${section}">
    <summary><i class="fa fa-angle-right"></i> <span data-i18n="section.${section}"></span><span class="missive-count"></span></summary>
${indented(rowsOf(op, section).join('\n'), 4)}
</details>`,
        ),
    ]
        .map((part) => indented(part, 4))
        .join('\n');

const rowsOf = (op: Declaration, section: string | undefined): string[] =>
    propertiesOf(op)
        .filter(({ field }) => field.section === section)
        .map(({ property, key, word, field }) => {
            const boxes = `<input type="text" id="node-input-${property}"><input type="hidden" id="node-input-${property}Type">`;
            return row(
                property,
                op.icons?.[key] ?? iconOf(field),
                `field.${word}`,
                boxes,
                true,
                field.help === '' ? '' : `hint.${word}`,
            );
        });

const settingRow = (op: Declaration, key: string): string => {
    const options = Object.keys(settingsOf(op)[key]?.choices ?? {}).map(
        (value) => `        <option value="${value}" data-i18n="choice.${key}.${value}"></option>`,
    );
    // A box with Node-RED's prefix would be stored.
    const id = settingsOf(op)[key]?.draws === undefined ? `node-input-${key}` : `missive-draw-${key}`;
    const select = `<select id="${id}">\n${options.join('\n')}\n    </select>`;
    return row(key, 'sliders', `setting.${key}`, select, false, `hint.${key}`);
};

const row = (property: string, icon: string, label: string, boxes: string, canFail = false, hint = ''): string =>
    `<div class="form-row">
    <label for="node-input-${property}"${hint === '' ? '' : ` data-i18n="[title]${hint}"`}><i class="fa fa-${icon}"></i> <span data-i18n="${label}"></span></label>
    ${boxes}${canFail ? `\n    <p class="missive-wrong" id="missive-wrong-${property}"></p>` : ''}
</div>`;

/** The lines of a text, moved to the right. */
export const indented = (text: string, by: number): string =>
    text
        .trimEnd()
        .split('\n')
        .map((line) => (line === '' ? '' : ' '.repeat(by) + line))
        .join('\n');

// biome-ignore-all lint/correctness/noUnusedVariables: other files of the same script use them.

/* The html of a form: a list of rows, as the node's html describes them. Its words are in the node's catalogue. */

/** The rows of each part: those outside any section, then each section. */
function formHtml(form) {
    const all = Object.entries(form.rows);
    const inside = (section) =>
        all
            .filter(([, row]) => row.section === section)
            .map(([property, row]) => rowHtml(form, property, row))
            .join('');
    const sections = (form.sections ?? []).map(
        (section) => `<details class="missive-section" data-section="${section}">
            <summary><i class="fa fa-angle-right"></i> <span data-i18n="section.${section}"></span><span class="missive-count"></span></summary>
            ${inside(section)}</details>`,
    );
    return `<div class="missive-form" data-type="${form.type}">
        ${nameAndAccount(form)}
        <div class="missive-rows">${inside(undefined)}</div>
        ${form.choosesFields ? addingHtml : ''}
        ${sections.join('')}
        </div>`;
}

const addingHtml = `<div class="missive-adding"><button type="button" class="red-ui-button missive-add" aria-haspopup="listbox">
    <i class="fa fa-plus"></i> <span data-i18n="${common}word.addField"></span></button></div>`;

function nameAndAccount(form) {
    const id = (property) => `${form.prefix}-${property}`;
    const label = (property, icon) =>
        `<label for="${id(property)}"><i class="fa fa-${icon}"></i> <span data-i18n="${common}word.${property}"></span></label>`;
    const account = `<div class="form-row" data-row="account">${label('account', 'inbox')}
        <input type="text" id="${id('account')}"><p class="missive-wrong" id="missive-wrong-account"></p></div>`;
    const fields = `<div class="form-row" data-row="fields">${label('fields', 'sliders')}
        <select id="${id('fields')}"><option value="rows" data-i18n="${common}word.fieldsHere"></option>
        <option value="payload" data-i18n="${common}word.fieldsPayload"></option></select></div>`;
    return `<div class="form-row" data-row="name">${label('name', 'tag')}
        <input type="text" id="${id('name')}" data-i18n="[placeholder]${common}word.name"></div>
        ${form.account ? account : ''}${form.choosesFields ? fields : ''}`;
}

function rowHtml(form, property, row) {
    const id = row.rows ? `missive-draw-${property}` : `${form.prefix}-${property}`;
    const key = form.choosesFields && row.draw === 'select' ? `setting.${property}` : `field.${row.word ?? property}`;
    const icon = row.icon ?? (row.draw === 'select' ? 'sliders' : undefined);
    const sign = icon ? `<i class="fa fa-${icon}"></i> ` : '<i class="fa"></i> ';
    const label = row.bare ? '' : `<label for="${id}">${sign}<span data-i18n="${key}"></span></label>`;
    const wrong =
        row.kind || row.says || row.check ? `<p class="missive-wrong" id="missive-wrong-${property}"></p>` : '';
    return `<div class="form-row${row.bare ? ' missive-bare' : ''}" data-row="${property}">
        ${label}${boxHtml(property, row, id)}${buttonsHtml(form, row)}${wrong}${hintHtml(form, property, row)}</div>`;
}

function boxHtml(property, row, id) {
    const placeholder = row.placeholder
        ? ` data-i18n="[placeholder]placeholder.${property}"`
        : row.sample
          ? ` placeholder="${asAttribute(row.sample)}"`
          : '';
    if (row.kind) return `<input type="text" id="${id}"><input type="hidden" id="${id}Type">`;
    if (row.draw === 'own') return `<div class="missive-own" data-own="${property}"></div>`;
    if (row.draw === 'check') return `<input type="checkbox" id="${id}">`;
    if (row.draw === 'secret') return `<input type="password" id="${id}" autocomplete="new-password"${placeholder}>`;
    if (row.draw === 'number') return `<input type="number" step="any" min="0" id="${id}"${placeholder}>`;
    if (row.draw === 'picker')
        return `<input type="hidden" id="${id}"><div class="missive-own-picker" data-own="${property}"></div>`;
    if (row.draw !== 'select')
        return `<input type="text" id="${id}" autocomplete="off" spellcheck="false"${placeholder}>`;
    const options = row.choices.map(
        (choice) => `<option value="${asAttribute(choice)}" data-i18n="choice.${property}.${choice}"></option>`,
    );
    return `<select id="${id}">${options.join('')}</select>`;
}

/** What a declared row says about itself is behind a question mark; a row that nobody has to have can be taken off. */
function buttonsHtml(form, row) {
    const pick =
        row.kind && typesOf(row).includes('msg')
            ? `<button type="button" class="missive-pick" data-i18n="[title]${common}picking.pick;[aria-label]${common}picking.pick" aria-haspopup="dialog" aria-expanded="false"><i class="fa fa-crosshairs"></i></button>`
            : '';
    if (!form.choosesFields) return pick && `<span class="missive-buttons">${pick}</span>`;
    const why = row.quiet
        ? ''
        : `<button type="button" class="missive-why" data-i18n="[title]${common}word.why;[aria-label]${common}word.why" aria-expanded="false"><i class="fa fa-question-circle-o"></i></button>`;
    const off = row.kind
        ? `<button type="button" class="missive-off" data-i18n="[title]${common}word.takeOff;[aria-label]${common}word.takeOff"><i class="fa fa-times"></i></button>`
        : '';
    return `<span class="missive-buttons missive-three">${pick}${why}${off}</span>`;
}

function hintHtml(form, property, row) {
    if (!form.choosesFields) return row.hint ? `<p class="missive-hint" data-i18n="hint.${property}"></p>` : '';
    if (row.quiet) return '';
    const name = row.kind ? ` <code>${row.key ?? property}</code>` : '';
    return `<p class="missive-hint" hidden><span data-i18n="hint.${row.word ?? property}"></span>${name}</p>`;
}

const asAttribute = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

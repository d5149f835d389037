import type { Page } from 'playwright-core';

/** In the page: what looks broken in the open dialog and in the help beside it, a line each. */
const find = `(() => {
    const found = [];
    const shown = (each) => each.offsetParent !== null && each.getClientRects().length > 0 && getComputedStyle(each).visibility !== 'hidden';
    const all = (selector) => [...document.querySelectorAll(selector)].filter(shown);
    const called = (each) => (each.closest('[data-row]')?.dataset.row ?? each.id ?? '') + ' “' + (each.innerText || each.placeholder || each.className || '').trim().slice(0, 50) + '”';
    const form = '.red-ui-tray-body .missive-form';
    const say = (what, each, more = '') => found.push(what + ': ' + called(each) + (more && ' ' + more));

    // Words that are longer than their box, where the box does not let them out.
    for (const each of all(form + ' :is(label, button, summary, h3, h4, p, span, option)')) {
        const clips = getComputedStyle(each).overflowX !== 'visible';
        if (clips && each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 0) say('text cut', each, each.scrollWidth + ' > ' + each.clientWidth);
    }
    // A label wraps between words; one word that is too long runs into its box.
    for (const each of all(form + ' .form-row > label')) {
        const range = document.createRange();
        range.selectNodeContents(each);
        if (range.getBoundingClientRect().right > each.getBoundingClientRect().right + 1) say('label too long', each);
    }
    const canvas = document.createElement('canvas').getContext('2d');
    const widthOf = (text, each) => {
        canvas.font = getComputedStyle(each).font;
        return canvas.measureText(text).width;
    };
    for (const each of all(form + ' input[placeholder]')) {
        const style = getComputedStyle(each);
        const room = each.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
        if (each.value === '' && widthOf(each.placeholder, each) > room + 1) say('placeholder cut', each, Math.round(widthOf(each.placeholder, each)) + ' > ' + Math.round(room));
    }
    for (const each of all(form + ' select')) {
        const text = each.selectedOptions[0]?.text ?? '';
        const style = getComputedStyle(each);
        if (widthOf(text, each) > each.clientWidth - parseFloat(style.paddingLeft) - 18) say('choice cut', each, text);
    }
    for (const each of all('.red-ui-tray-body, ' + form + ', ' + form + ' *, .red-ui-sidebar-help-stack, .red-ui-sidebar-help-stack *, .red-ui-help')) {
        const style = getComputedStyle(each);
        if (/auto|scroll/.test(style.overflowX) && each.scrollWidth > each.clientWidth + 1) say('horizontal scrollbar', each, each.scrollWidth + ' > ' + each.clientWidth);
    }
    const boxes = all(form + ' .form-row > :is(label, input, select, button, .red-ui-typedInput-container, .missive-buttons, p)');
    for (const row of all(form + ' .form-row')) {
        const inside = boxes.filter((each) => each.parentElement === row).map((each) => [each, each.getBoundingClientRect()]);
        for (const [place, [one, a]] of inside.entries())
            for (const [other, b] of inside.slice(place + 1)) {
                const over = Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2;
                if (over) say('overlap', one, 'with ' + called(other));
            }
        const outer = document.querySelector('.red-ui-tray-body').getBoundingClientRect();
        if (row.getBoundingClientRect().right > outer.right + 1) say('out of the dialog', row);
    }
    const numbers = (colour) => (colour.match(/[\\d.]+/g) ?? []).map((each) => Number(each) * (colour.startsWith('color(srgb') ? 255 : 1));
    const light = (colour) => {
        const [r, g, b] = colour.slice(0, 3).map((each) => (each / 255 <= 0.03928 ? each / 255 / 12.92 : ((each / 255 + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const above = (each) => each.parentElement ?? each.getRootNode().host;
    const backOf = (each) => {
        for (let at = each; at; at = above(at)) {
            const back = numbers(getComputedStyle(at).backgroundColor);
            if (back.length === 3 || back[3] === 1) return back;
        }
        return [255, 255, 255];
    };
    const seen = new Set();
    const judge = (each, colour, what) => {
        const [a, b] = [light(numbers(colour)), light(backOf(each))];
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        const key = what + each.className + each.tagName;
        if (ratio >= 4.5 || seen.has(key)) return;
        seen.add(key);
        say(what + ' ' + ratio.toFixed(1) + ':1', each);
    };
    // The preview of a card is drawn in a root of its own.
    const drawn = all(form + ' *, .red-ui-help *').flatMap((each) => [each, ...(each.shadowRoot?.querySelectorAll('*') ?? [])]);
    for (const each of drawn) {
        const own = [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '');
        // Buttons and placeholders have Node-RED's own colours.
        if (own && !each.closest(':disabled, .red-ui-button')) judge(each, getComputedStyle(each).color, 'contrast');
        const font = getComputedStyle(each).fontFamily;
        if (own && (font === '' || /^("?Times|serif)/.test(font))) say('font ' + font, each);
    }
    return [...new Set(found)];
})()`;

/** What looks broken in the open dialog and the help beside it: cut, over another, out of its place, too faint, in no font. */
export const broken = (page: Page): Promise<string[]> => page.evaluate<string[]>(find);

/** The files in `browser/` that the build writes into each node's html, in this order. */
export const browserScripts = [
    'choices.js',
    'checks.js',
    'picker-menu.js',
    'picker.js',
    'menu.js',
    'draws.js',
    'form.js',
] as const;
export const browserStyles = ['form.css', 'picker.css'] as const;

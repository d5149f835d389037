/** The files in `browser/` that make up the editor's script, in this order; what is special to a node stands last. */
export const browserScripts = [
    'stored.js',
    'choices.js',
    'picker-menu.js',
    'picker.js',
    'plain-checks.js',
    'checks.js',
    'draws.js',
    'rows.js',
    'menu.js',
    'fields.js',
    'arrange.js',
    'add-field.js',
    'labels.js',
    'account.js',
    'form.js',
    'own/copying.js',
    'own/account-form.js',
    'own/webhook-form.js',
    'adopt.js',
] as const;
export const browserStyles = ['form.css', 'picker.css', 'add-field.css', 'own/own.css'] as const;

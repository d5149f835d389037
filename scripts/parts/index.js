// The modules of this folder lie in a few files beside this one; each runs once, when it is first asked for.
const path = require('node:path');
const modules = Object.create(null);
const loaded = new Map();

/** What a module gives, by its path in this folder: `src("missive/errors")`. */
function src(name) {
    const known = loaded.get(name);
    if (known) return known.exports;
    if (!modules[name]) Object.assign(modules, require(`./${name.split('/', 1)[0]}.js`));
    const module = { exports: {} };
    loaded.set(name, module);
    try {
        modules[name](module, path.join(__dirname, path.dirname(name)));
    } catch (error) {
        // Asked again it is tried again, as `require` does it.
        loaded.delete(name);
        throw error;
    }
    return module.exports;
}

/** The same, when it is first called. */
function later(name) {
    let given;
    return () => (given ??= src(name));
}

module.exports = { src, later, names: () => [...loaded.keys()] };
Object.assign(modules, require('./start.js'));

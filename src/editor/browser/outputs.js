// biome-ignore-all lint/correctness/noUnusedVariables: other files of the same script use them.

/* What comes out of a node, in its help: each path with a value of the example, and a button that copies the path. */

/** What every operation says of how it went. */
const alwaysTold = ['method', 'path', 'status', 'attempts', 'waited'];

/** In a family each kind has an answer of its own, under its title. */
function outputsHelp(form, say) {
    return [
        `<p>${sentence(ours('help.payload'))}</p>`,
        ...form.examples.map(({ of, gives }) => {
            const title = of === undefined ? '' : `<h4>${escaped(say(`choice.resource.${of}`))}</h4>\n`;
            return title + outputList(pathsIn('payload', gives));
        }),
        `<p>${sentence(ours('help.missive'))}</p>`,
        outputList([...alwaysTold, ...(form.tells ?? [])].map((name) => [`missive.${name}`])),
    ];
}

/** Every way to a value, with that value where it is no object: of a list the ways into its first row. */
function pathsIn(path, value) {
    const first = Array.isArray(value) ? value[0] : undefined;
    if (typeof first === 'object' && first !== null) return [[path], ...pathsIn(`${path}[0]`, first)];
    const isBranch = typeof value === 'object' && value !== null && !Array.isArray(value);
    const below = isBranch ? Object.entries(value) : [];
    if (below.length === 0) return [[path, isBranch ? undefined : JSON.stringify(value)]];
    return below.flatMap(([key, each]) =>
        pathsIn(/^[A-Za-z_]\w*$/.test(key) ? `${path}.${key}` : `${path}["${key}"]`, each),
    );
}

const outputList = (paths) =>
    `<dl class="message-properties missive-outputs">\n${paths
        .map(([path, value = '']) => {
            const shown = value.length > 40 ? `${value.slice(0, 39)}…` : value;
            return `<dt>msg.${escaped(path)}${value && ` <span class="property-type">${escaped(shown)}</span>`}</dt>`;
        })
        .join('\n')}\n</dl>`;

/** What a node whose help is written by hand sends stands below what that says of its outputs, its first list. */
function withBrought(help, { brings }) {
    return brings ? help.replace('</dl>', `$&\n${outputList(brings.map((each) => [each]))}`) : help;
}

/** Gives each path in the lists of what comes out its button. */
function withCopying(help) {
    return help.replace(/<dl class="message-properties missive-outputs">[\s\S]*?<\/dl>/g, (list) =>
        list.replace(/<dt>msg\.([^\s<]+)/g, (head, path) => {
            const title = escaped(ours('help.copy'));
            const button = `<button type="button" class="missive-copy" data-path="${path}" title="${title}" aria-label="${title} ${path}"><i class="fa fa-clipboard"></i></button>`;
            return `${head} ${button}`;
        }),
    );
}

/** As Node-RED's own boxes take a path: without `msg.`. */
document.addEventListener('click', ({ target }) => {
    const button = target.closest?.('.missive-copy');
    if (!button) return;
    const input = $('<input>').val(button.dataset.path).css({ position: 'fixed', opacity: 0 }).appendTo('body');
    const done = (sign) => {
        input.remove();
        const icon = $(button).children('i').attr('class', `fa fa-${sign}`);
        setTimeout(() => icon.attr('class', 'fa fa-clipboard'), 2000);
    };
    copyFrom(input[0]).then(
        () => done('check'),
        () => done('exclamation-triangle'),
    );
});

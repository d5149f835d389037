// biome-ignore-all lint/correctness/noUnusedVariables: other files of the same script use them.

/* The tour: the README's first flow, step by step, in the editor itself. */

const paletteEntry = (type) => `.red-ui-palette-node[data-palette-type="${type}"]`;

/** The node of the tour: the last of its type that was added. */
const drawn = {};
const added = (type) => ({
    type: 'nr-event',
    event: 'nodes:add',
    filter(node) {
        if (node.type === type) drawn[type] = node.id;
        return node.type === type;
    },
});
const event = (name) => ({ type: 'nr-event', event: name });
const clicked = { type: 'dom-event', event: 'click' };
const onCanvas = (type, inside) => $(`[id="${drawn[type]}"] ${inside}`).first();

/** Shows a palette entry that is filtered out, folded in or out of sight. */
function bringIntoSight(type) {
    const search = $('#red-ui-palette-search input');
    if (search.val()) search.searchBox('value', '');
    $(paletteEntry(type))[0]?.scrollIntoView({ block: 'center' });
}

const dragStep = (name, type) => ({
    ...{ name, element: paletteEntry(type), direction: 'right', wait: added(type) },
    prepare() {
        bringIntoSight(type);
    },
});

/** Waits until a dialog has slid in: what it shows has no place before. */
const whenThere = (selector) => (done) => {
    let tries = 0;
    const look = () => {
        tries += 1;
        if ($(selector).is(':visible') || tries > 30) setTimeout(done, 350);
        else setTimeout(look, 100);
    };
    look();
};

const practiceStep = {
    name: 'practice',
    direction: 'left',
    element: () => ($('#missive-practice').length > 0 ? $('#missive-practice') : $('#missive-reply')),
    prepare(done) {
        whenThere('#missive-reply')(() => {
            // Where there is an account already, it was chosen by itself: there is nothing to press.
            practiceStep.wait = $('#missive-practice').length > 0 ? clicked : undefined;
            done();
        });
    },
};

const tourSteps = [
    { name: 'begin' },
    dragStep('webhook', 'missive-webhook-in'),
    dragStep('draft', 'missive-create-draft'),
    {
        ...{ name: 'wire', direction: 'bottom', wait: event('links:add') },
        element: () => onCanvas('missive-webhook-in', '.red-ui-flow-port-output'),
    },
    {
        ...{ name: 'open', direction: 'bottom', wait: event('editor:open') },
        element: () => onCanvas('missive-create-draft', '.red-ui-flow-node'),
    },
    practiceStep,
    { name: 'reply', direction: 'left', element: '#missive-reply', wait: clicked },
    { name: 'body', direction: 'left', element: '.form-row[data-row="body"]', interactive: true },
    { name: 'done', direction: 'bottom', element: '#node-dialog-ok', wait: event('editor:close') },
    { name: 'deploy', direction: 'bottom', element: '#red-ui-header-button-deploy', wait: event('deploy') },
    { name: 'end' },
];

let isTouring = false;

/** Runs the tour, or says where the same steps are written. */
function showMe() {
    if (isTouring) return;
    if (!RED.tourGuide?.load) {
        RED.notify(say('noTour'), 'warning');
        return;
    }
    RED.missive.tour = {
        steps: tourSteps.map((step) =>
            Object.assign(step, {
                // The shade gives way as soon as the mouse is where the step is done.
                ...(step.element && { fallback: 'inset-bottom-right' }),
                title: say(`tour.${step.name}.title`),
                description: say(`tour.${step.name}.text`),
            }),
        ),
    };
    // Node-RED takes a tour as a module, by its address: this one hands on what is here.
    const address = 'data:text/javascript,export default RED.missive.tour';
    RED.tourGuide.load(address, (error) => {
        if (error) {
            RED.notify(say('noTour'), 'warning');
            return;
        }
        isTouring = true;
        RED.tourGuide.run(address, (ended) => {
            isTouring = false;
            if (ended) RED.notify(say('noTour'), 'warning');
        });
    });
}

RED.missive ??= {};
RED.missive.showMe = showMe;

// biome-ignore-all lint/correctness/noUnusedVariables: other files of the same script use them.

/* What the runtime is asked. */

let state;
let asking = false;
let again = false;

const post = (act, given) =>
    $.ajax({
        url: `missive/activity/${act}`,
        method: 'POST',
        contentType: 'application/json',
        data: JSON.stringify(given),
    }).then(
        (answer) => answer,
        (xhr) => {
            RED.notify(xhr.responseJSON?.error?.message ?? say('failed'), 'error');
            throw new Error('refused');
        },
    );

/** Fetches what there is, all of it where that is allowed, and draws it; once at a time. */
function refresh() {
    if (asking) {
        again = true;
        return;
    }
    asking = true;
    $.getJSON('missive/activity/whole')
        .catch((xhr) => (xhr.status === 401 || xhr.status === 403 ? $.getJSON('missive/activity') : undefined))
        .then((found) => {
            if (found) state = found;
            draw();
        })
        .always(() => {
            asking = false;
            if (again) refresh();
            again = false;
        });
}

const isWriter = () => state?.may === 'write';

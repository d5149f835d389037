// biome-ignore-all lint/correctness/noUnusedVariables: other files of the same script use them.

/* A box whose text goes to the clipboard. */

function copyFrom(input) {
    const old = () => {
        input.focus();
        input.select();
        return document.execCommand('copy') ? Promise.resolve() : Promise.reject(new Error('not copied'));
    };
    // Browsers have a clipboard for pages over https (and localhost) only.
    return navigator.clipboard ? navigator.clipboard.writeText(input.value).catch(old) : old();
}

/** A button that copies, and says so for a moment. */
function copyButton(node, id, input) {
    const button = $(
        '<button type="button" class="red-ui-button"><i class="fa fa-clipboard"></i> <span></span></button>',
    );
    const words = button.attr('id', id).children('span').text(node._('copy'));
    button.on('click', (event) => {
        event.preventDefault();
        copyFrom(input[0]).then(
            () => words.text(node._('copied')),
            () => words.text(node._('copyFailed')),
        );
        setTimeout(() => words.text(node._('copy')), 2000);
    });
    return button;
}

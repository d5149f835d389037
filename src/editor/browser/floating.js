// biome-ignore-all lint/correctness/noUnusedVariables: other files of the same script use them.

/** Puts a box below a button, or above it where there is more room; its right edges meet where `toRight`. Sizes in pixels. */
function putBeside(box, button, { width: wide, height: high, toRight = false }) {
    const { left, right, top, bottom } = button.getBoundingClientRect();
    const below = window.innerHeight - bottom - 10;
    const goesUp = below < 0.62 * high && top > below;
    const width = Math.min(wide, window.innerWidth - 16);
    box.css({
        left: Math.max(8, Math.min(toRight ? right - width : left, window.innerWidth - width - 8)),
        width,
        maxHeight: Math.min(high, goesUp ? top - 10 : below),
        ...(goesUp ? { bottom: window.innerHeight - top + 3 } : { top: bottom + 3 }),
    });
}

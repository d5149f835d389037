/* What moves rows waits while a button of the mouse is down: else a click that ends elsewhere than it began is none. */

let isDown = false;
const waiting = new Set();

document.addEventListener('pointerdown', () => (isDown = true), true);
for (const end of ['pointerup', 'pointercancel'])
    document.addEventListener(
        end,
        () => {
            isDown = false;
            // The click itself comes after this event.
            setTimeout(() => {
                const now = [...waiting];
                waiting.clear();
                for (const each of now) each();
            });
        },
        true,
    );

/** Does it now, or once after the click that is under way. */
export const afterClick = (act) => void (isDown ? waiting.add(act) : act());

import { actOut, openLink } from './effects.js';
import { endpoint } from './endpoint.js';
import { forgetUsers } from './facts.js';
import { inHand } from './form.js';
import { menus } from './menus.js';
import { practice } from './preview.js';
import { screen } from './screen.js';
import { session } from './session.js';
import { speaker } from './words.js';

const settings = JSON.parse(document.querySelector('meta[name="missive-sidebar"]').content);
const say = speaker(settings.lang);
const root = document.getElementById('sidebar');
const frame = screen(root, say);
const alone = window.parent === window;
/** Missive's script loads in a plain tab too, but nobody answers it there. */
const missive = alone ? undefined : globalThis.Missive;
const asking = endpoint({ ...settings, inHand: () => inHand(root) });

/** What the card does in Missive; in a plain tab it is said instead. */
const reach = missive
    ? {
          open: (url) => openLink(missive, url),
          copy: (text) => missive.writeToClipboard(text),
          act: (effects, how) => actOut(missive, effects, how),
      }
    : {
          open: (url) => window.open(url, '_blank', 'noopener'),
          copy: (text) => navigator.clipboard?.writeText(text),
          act: (effects, { tell }) => {
              if (effects.length > 0) tell('would', effects.map((each) => each.do).join(', '));
              return true;
          },
      };

const shown = session({ missive, reach, settings, screen: frame, endpoint: asking, say });
root.dataset.ready = '';

if (missive) {
    frame.sentence(say('none'), { quiet: true });
    missive.on('change:conversations', (ids) => shown.select(ids ?? []), { retroactive: true });
    missive.on('change:users', forgetUsers);
    menus({ missive, settings, session: shown });
    asking.listen({ conversations: () => shown.at.ids, line: shown.line, gap: shown.refresh });
} else if (alone) {
    frame.above(say('outside'), say('preview'));
    shown.preview(practice());
} else {
    frame.sentence(say('framed'));
}

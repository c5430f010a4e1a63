// The level of a voice.

import { make } from '../dom.js';

/** Five bars of a voice. */
export function bars() {
  const root = make('span.bars', { 'aria-hidden': 'true' }, ...Array.from({ length: 5 }, () => make('i')));
  return {
    root,
    show(level) {
      [...root.children].forEach((bar, index) => bar.classList.toggle('on', index < level));
    },
  };
}

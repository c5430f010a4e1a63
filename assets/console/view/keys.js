// Every control has a key. Letters are taken by the place of the key, so that a Ukrainian layout works as well.

import { asksOutcome } from '../state.js';

const REASONS = ['unwell', 'conflict', 'topic', 'technical'];
const OUTCOMES = ['resolved', 'follow-up', 'visitor-left', 'technical', 'mistake'];

export { OUTCOMES, REASONS };

export function keys(event, state, act) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  // Only the glass over a paper moves on while a key is held.
  if (event.repeat && !event.key.startsWith('Arrow')) return;
  const typing = event.target.matches?.('textarea, input, select');
  if (typing && event.code !== 'Escape') return;
  const done = () => event.preventDefault();
  const digit = event.code.startsWith('Digit') ? Number(event.code.slice(5)) : 0;
  const { phase } = state;
  // The paper that has the focus is looked at with keys all the same.
  if (phase.paper && event.target.matches?.('canvas') && glass(event, act)) return done();
  // Esc leaves a field and takes a question back; it is no letter.
  if (!state.keys && event.code !== 'Escape') return;
  switch (phase.name) {
    case 'check':
      if (event.code === 'Enter' && !event.target.matches?.('button') && state.devices.camera) return done(act.checked());
      break;
    case 'idle':
      if (event.code === 'KeyA') return done(act.status('available'));
      if (event.code === 'KeyB') return done(act.status('break'));
      if (event.code === 'KeyO') return done(act.status('offline'));
      break;
    case 'offer':
      if (event.code === 'Enter' && event.target.matches?.('button')) return;
      if (phase.declining && REASONS[digit - 1]) return done(act.decline(REASONS[digit - 1]));
      if (event.code === 'KeyA' || event.code === 'Enter') return done(act.answer());
      if (event.code === 'KeyD') return done(act.declining(true));
      if (event.code === 'Escape') return done(act.declining(false));
      break;
    case 'call':
      if (event.code === 'Escape') {
        event.target.blur?.();
        // Takes back either question.
        return done(act.hangingUp(false));
      }
      if (event.code === 'KeyM') return done(act.mute());
      if (event.code === 'KeyC') return done(act.curtain());
      if (event.code === 'KeyP') return done(act.hold());
      if (event.code === 'KeyT') return done(phase.transfer === 'question' ? act.transfer() : act.transferring(true));
      if (event.code === 'KeyR') return done(document.querySelector('[data-test="text-input"]').focus());
      if (phase.paper && event.code === 'KeyX') return done(act.wipePaper());
      if (phase.paper && glass(event, act)) return done();
      if (event.code === 'KeyE') return done(phase.hangingUp ? act.hangUp() : act.hangingUp(true));
      break;
    case 'wrap-up':
      if (!asksOutcome(phase)) {
        if (event.code === 'Enter' && !event.target.matches?.('button')) return done(act.outcome(null));
        break;
      }
      if (OUTCOMES[digit - 1]) return done(act.outcome(OUTCOMES[digit - 1]));
      break;
  }
}

/** Looks at the visitor's paper or points at it; whether it was a key of these. */
function glass(event, act) {
  const looks = {
    '+': (paper) => paper.nearer(),
    '=': (paper) => paper.nearer(),
    '-': (paper) => paper.farther(),
    0: (paper) => paper.whole(),
    ArrowLeft: (paper) => paper.move(-1, 0),
    ArrowRight: (paper) => paper.move(1, 0),
    ArrowUp: (paper) => paper.move(0, -1),
    ArrowDown: (paper) => paper.move(0, 1),
  };
  if (event.key === 'Enter' && !event.target.matches?.('button')) act.glass((paper) => paper.pointAtMiddle());
  else if (looks[event.key]) act.glass(looks[event.key]);
  else return false;
  return true;
}

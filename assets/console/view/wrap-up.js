// After a conversation: one question, or none after a transfer, and no call rings meanwhile.

import { control, make, put } from '../dom.js';
import { asksOutcome } from '../state.js';
import { say } from '../words.js';
import { OUTCOMES } from './keys.js';

const OUTCOME_PICTURES = ['check', 'schedule', 'person_off', 'warning', 'close'];

export class WrapUpView {
  constructor(act, _videos, phase) {
    this.why = make('p.lead');
    this.left = make('p.time');
    const asks = asksOutcome(phase);
    const outcome = (outcome, index) =>
      control('plain', `outcome-${outcome}`, OUTCOME_PICTURES[index], say(`outcome-${outcome}`), String(index + 1), () => act.outcome(outcome));
    const done = () => control('primary', 'wrap-up-done', 'check', say('wrap-up-done'), 'Enter', () => act.outcome(null));
    const buttons = asks ? OUTCOMES.map(outcome) : [done()];
    buttons[0].dataset.first = '';
    this.root = make(
      'section.wrap-up',
      make('div.card', make('h1', say('wrap-up-title')), this.why, asks && make('h2', say('wrap-up-question')), make('div.outcomes', ...buttons), this.left),
    );
  }

  show({ phase, outcome }, now) {
    this.why.hidden = phase.reason === null;
    if (phase.reason) put(this.why, say(`ended-${phase.reason}`));
    if (outcome) return put(this.left, say('wrap-up-kept'));
    put(this.left, say('wrap-up-left', { seconds: Math.max(0, Math.ceil((phase.until - now) / 1000)) }));
  }
}

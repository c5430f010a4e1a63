// Keys that were meant for the screen before.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CALM, Calm } from '../../assets/console/view/calm.js';
import { keys } from '../../assets/console/view/keys.js';
import { pass } from './clock.mjs';

/** A page where a key is pressed; what it did. */
class Page {
  calm = new Calm();
  focused = false;
  outcomes = [];

  wrapUp() {
    this.calm.until(() => {
      this.focused = true;
    });
  }

  press(code, target = {}) {
    const event = { code, target, preventDefault() {} };
    const state = { keys: true, phase: { name: 'wrap-up' } };
    if (!this.calm.takes(event)) keys(event, state, { outcome: (outcome) => this.outcomes.push(outcome) });
  }
}

test('digits typed into a conversation that ended choose no outcome, until the hands rest', async () => {
  const page = new Page();
  page.wrapUp();
  for (const code of ['Digit1', 'Digit5', 'Enter']) {
    page.press(code);
    await pass(CALM - 100);
  }
  assert.deepEqual([page.outcomes, page.focused], [[], false]);
  await pass(100);
  assert.equal(page.focused, true);
  page.press('Digit2');
  assert.deepEqual(page.outcomes, ['follow-up']);
});

test('a field that was chosen on the new screen gets its keys at once', () => {
  const page = new Page();
  page.wrapUp();
  assert.equal(page.calm.takes({ target: { matches: () => true }, preventDefault() {} }), false);
});

// Keys that were meant for the screen before.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CALM, Calm, TYPING } from '../../assets/console/view/calm.js';
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
  for (const code of ['Digit1', 'Digit5', 'Enter', 'Digit3']) {
    page.press(code);
    await pass(TYPING - 50);
  }
  assert.deepEqual([page.outcomes, page.focused], [[], false]);
  await pass(50);
  assert.equal(page.focused, true);
  page.press('Digit2');
  assert.deepEqual(page.outcomes, ['follow-up']);
});

test('a key that is pressed again on purpose is not held up', async () => {
  const page = new Page();
  page.wrapUp();
  page.press('Digit1');
  await pass(CALM);
  page.press('Digit1');
  assert.deepEqual(page.outcomes, ['resolved']);
});

test('a field that was chosen on the new screen gets its keys at once', () => {
  const page = new Page();
  page.wrapUp();
  assert.equal(page.calm.takes({ target: { matches: () => true }, preventDefault() {} }), false);
});

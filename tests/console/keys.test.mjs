// Keys in a conversation, with letters that press controls and without.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keys } from '../../assets/console/view/keys.js';

const body = { matches: () => false };
const canvas = { matches: (what) => what === 'canvas' };

/** What a key does while a paper is shown. */
function pressed(key, { on = true, target = body, paper = { number: 1 }, transfer = null } = {}) {
  const done = [];
  const act = new Proxy({}, { get: (_, name) => (given) => done.push(name === 'glass' ? given(looks) : name) });
  const looks = new Proxy({}, { get: (_, name) => () => name });
  const code = /^[A-Z]$/.test(key) ? `Key${key}` : key;
  const event = { key, code, target, preventDefault() {} };
  keys(event, { keys: on, phase: { name: 'call', hangingUp: false, transfer, paper } }, act);
  return done;
}

const LOOKS = { '+': 'nearer', '-': 'farther', 0: 'whole', ArrowLeft: 'move', ArrowDown: 'move', Enter: 'pointAtMiddle' };

test('the paper is looked at with keys', () => {
  for (const [key, look] of Object.entries(LOOKS)) {
    assert.deepEqual(pressed(key), [look], key);
    assert.deepEqual(pressed(key, { paper: null }), [], key);
  }
  assert.deepEqual(pressed('X'), ['wipePaper']);
});

test('without letters the paper that has the focus still takes its keys, and no letter', () => {
  for (const [key, look] of Object.entries(LOOKS)) {
    assert.deepEqual(pressed(key, { on: false, target: canvas }), [look], key);
    assert.deepEqual(pressed(key, { on: false }), [], key);
  }
  for (const letter of ['X', 'M', 'C', 'P', 'E', 'T']) {
    assert.deepEqual(pressed(letter, { on: false, target: canvas }), [], letter);
  }
});

test('the key of a transfer asks first, and then does what was asked', () => {
  assert.deepEqual(pressed('T'), ['transferring']);
  assert.deepEqual(pressed('T', { transfer: 'question' }), ['transfer']);
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fresh, watch } from '../../assets/console/fluency.js';

/** What is made of so many frames in each second. */
function watched(rates) {
  let [fluency, frames, now] = [watch(fresh, 0, 0), 0, 0];
  for (const rate of rates) {
    frames += rate;
    now += 1000;
    fluency = watch(fluency, frames, now);
  }
  return fluency;
}

const halting = Array(10).fill(10);

test('ten halting seconds lose it, nine do not, and neither does one long hitch', () => {
  assert.ok(!watched(Array(9).fill(15)).lost);
  assert.ok(watched(Array(10).fill(15)).lost);
  assert.ok(watched([25, 5, 30, 0, 25, 5, 30, 0, 25, 5]).lost, 'fits and starts');
  assert.ok(!watched([30, 30, 30, 30, 0, 0, 30, 30, 30, 30]).lost);
});

test('five fluent seconds in a row bring it back', () => {
  assert.ok(watched([...halting, 30, 30, 30, 30]).lost);
  assert.ok(!watched([...halting, 30, 30, 30, 30, 30]).lost);
  assert.ok(watched([...halting, 30, 30, 30, 10, 30, 30, 30, 30]).lost);
});

test('twenty frames a second are fluent for ever', () => {
  assert.ok(!watched(Array(60).fill(20)).lost);
});

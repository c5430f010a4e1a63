// How long a page waits before it tries the relay again.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backoff } from '../../assets/console/backoff.js';

test('the longest wait doubles from half a second to eight seconds and stays there', () => {
  const longest = [0, 1, 2, 3, 4, 5, 60].map((failures) => backoff(failures, 1));
  assert.deepEqual(longest, [500, 1000, 2000, 4000, 8000, 8000, 8000]);
});

test('pages that lost the relay together do not return together, and none at once', () => {
  const waits = [0, 0.25, 0.5, 0.75].map((chance) => backoff(4, chance));
  assert.equal(new Set(waits).size, waits.length);
  assert.ok(waits.every((wait) => wait >= 100), String(waits));
});

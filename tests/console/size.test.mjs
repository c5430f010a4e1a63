// How large the picture to the visitor is where the line is narrow.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { first, sized } from '../../assets/console/size.js';

/** The size after each tenth of a second of these rates, bit/s. */
function through(rates) {
  let size = first;
  return rates.map((bits, at) => (size = sized(size, bits, at * 100)).by);
}

const during = (seconds, bits) => Array(seconds * 10).fill(bits);

test('a wide line has the whole picture', () => {
  assert.deepEqual([...new Set(through(during(10, 1_500_000)))], [1]);
});

test('a line that becomes narrow has a smaller one at once', () => {
  const sizes = through([...during(1, 1_500_000), 30_000, 200_000]);
  assert.deepEqual(sizes.slice(9), [1, 2, 2]);
  assert.equal(through([200_000])[0], 4 / 3);
});

test('it grows only when the line has borne more for a while', () => {
  const sizes = through([...during(1, 30_000), ...during(3, 400_000), 100_000, ...during(5, 400_000)]);
  assert.equal(sizes[40], 2);
  assert.equal(sizes[80], 2);
  assert.equal(sizes.at(-1), 1);
});

test('a rate beside a step does not make it swing', () => {
  const rates = Array.from({ length: 600 }, (_, at) => (at % 20 < 10 ? 255_000 : 275_000));
  assert.deepEqual([...new Set(through([300_000, ...rates]))], [1, 4 / 3]);
});

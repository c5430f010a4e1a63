// The visitor's paper on its way to the page, and the glass over it.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { Incoming, MOST_BYTES, WHOLE, intact, moved, pixelOver, placeUnder, zoomed } from '../../assets/console/document.js';

const STILL = Uint8Array.from({ length: 30_000 }, (_, at) => (at * 31) % 251);
const SHA256 = createHash('sha256').update(STILL).digest('hex');
const begin = (said = {}) => JSON.stringify({ still: 'begin', number: 3, bytes: STILL.length, sha256: SHA256, ...said });
const piece = (from, to) => STILL.slice(from, to).buffer;

test('pieces become the still that was sent', async () => {
  const incoming = new Incoming();
  assert.deepEqual(incoming.feed(begin()), { type: 'paper-begins', number: 3, bytes: STILL.length });
  assert.deepEqual(incoming.feed(piece(0, 12_288)), { type: 'paper-comes', number: 3, received: 12_288 });
  incoming.feed(piece(12_288, 24_576));
  const complete = incoming.feed(piece(24_576, STILL.length));
  assert.equal(complete.type, 'paper-complete');
  assert.deepEqual(complete.data, STILL);
  assert.equal(await intact(complete.data, complete.sha256), true);
});

test('a single other byte is found out', async () => {
  const other = STILL.slice();
  other[777] ^= 1;
  assert.equal(await intact(other, SHA256), false);
});

test('more bytes than announced are damage, and what follows is nothing', () => {
  const incoming = new Incoming();
  incoming.feed(begin({ bytes: 100 }));
  assert.deepEqual(incoming.feed(piece(0, 101)), { type: 'paper-damaged', number: 3 });
  assert.equal(incoming.feed(piece(0, 50)), null);
});

test('a still that is too large or odd is not begun, and words without sense are nothing', () => {
  for (const odd of [{ bytes: MOST_BYTES + 1 }, { bytes: 0 }, { bytes: 1.5 }, { bytes: '9' }, { number: null }]) {
    const incoming = new Incoming();
    assert.equal(incoming.feed(begin(odd)), null);
    assert.equal(incoming.feed(piece(0, 9)), null);
  }
  for (const words of ['', '{', 'null', '[]', '{"still":"dance"}']) assert.equal(new Incoming().feed(words), null);
});

test('a new still takes the place of one that is under way, and wiping leaves nothing', () => {
  const incoming = new Incoming();
  incoming.feed(begin());
  incoming.feed(piece(0, 9_000));
  incoming.feed(begin({ number: 4, bytes: 9_000 }));
  assert.equal(incoming.feed(piece(0, 9_000)).number, 4);
  incoming.feed(begin());
  assert.deepEqual(incoming.feed('{"still":"wipe"}'), { type: 'paper-gone' });
  assert.equal(incoming.feed(piece(0, 9_000)), null);
});

const [PAGE, WINDOW] = [{ width: 1600, height: 1200 }, { width: 1000, height: 600 }];

test('a click is told as a place of the still, however near one looks', () => {
  assert.deepEqual(placeUnder({ x: 500, y: 300 }, WHOLE, PAGE, WINDOW), { x: 5000, y: 5000 });
  assert.deepEqual(placeUnder({ x: 100, y: 0 }, WHOLE, PAGE, WINDOW), { x: 0, y: 0 });
  assert.equal(placeUnder({ x: 99, y: 300 }, WHOLE, PAGE, WINDOW), null, 'beside the still');
  for (const glass of [WHOLE, zoomed(WHOLE, 3), moved(zoomed(WHOLE, 4), 0.2, -0.3)]) {
    const place = placeUnder({ x: 620, y: 170 }, glass, PAGE, WINDOW);
    const { x, y } = pixelOver(place, glass, PAGE, WINDOW);
    assert.ok(Math.hypot(x - 620, y - 170) < 1, JSON.stringify(glass));
  }
});

test('the glass comes nearer around the place under the cursor and never leaves the still', () => {
  const at = { x: 0.25, y: 0.75 };
  const before = pixelOver({ x: 2500, y: 7500 }, WHOLE, PAGE, WINDOW);
  const after = pixelOver({ x: 2500, y: 7500 }, zoomed(WHOLE, 2, at), PAGE, WINDOW);
  assert.ok(Math.hypot(before.x - after.x, before.y - after.y) < 1e-9);
  assert.deepEqual(zoomed(zoomed(WHOLE, 5, at), 0.01), WHOLE);
  assert.deepEqual(moved(zoomed(WHOLE, 2), 100, -100), { zoom: 2, x: 0.75, y: 0.25 });
  assert.deepEqual(moved(WHOLE, 1, 1), WHOLE);
});

// How long a packet of the voice is.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hurries, paced } from '../../assets/console/pace.js';

const OFFER = ['v=0', 'a=group:BUNDLE 0 1', 'm=video 9 X 96', 'a=mid:0', 'm=audio 9 X 111', 'c=IN IP4 0.0.0.0', 'a=mid:1', ''];
const offer = OFFER.join('\r\n');

test('a voice that hurries is asked for in the part that is the voice\'s, and no other is', () => {
  const asked = paced(offer, true).split('\r\n');
  assert.deepEqual(asked, OFFER.toSpliced(6, 0, 'a=ptime:10'));
  assert.equal(paced(offer, false), offer);
});

test('an offer without a voice is read as it is', () => {
  const silent = OFFER.slice(0, 4).join('\r\n');
  assert.equal(paced(silent, true), silent);
});

test('the voice hurries on a wide line, and a wavering one does not change its mind', () => {
  let hurried = false;
  const minds = [300_000, 800_000, 950_000, 700_000, 590_000, 800_000].map((bits) => (hurried = hurries(hurried, bits)));
  assert.deepEqual(minds, [false, false, true, true, false, false]);
});

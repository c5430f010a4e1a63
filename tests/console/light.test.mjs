// The device check's judgement of light and loudness.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bars } from '../../assets/console/level.js';
import { light } from '../../assets/console/light.js';

const [WIDTH, HEIGHT] = [12, 9];

/** A picture whose middle, where a face is, and rim have one grey each. */
function picture(face, rim) {
  return Array.from({ length: WIDTH * HEIGHT }, (_, at) => {
    const [x, y] = [at % WIDTH, Math.floor(at / WIDTH)];
    const grey = x >= 4 && x < 8 && y < 6 ? face : rim;
    return [grey, grey, grey, 255];
  }).flat();
}

test('a face is told from too little, too much and wrong light', () => {
  const judged = [
    [120, 120],
    [30, 30],
    [240, 240],
    [90, 200],
  ].map(([face, rim]) => light(picture(face, rim), WIDTH, HEIGHT));
  assert.deepEqual(judged, ['good', 'dark', 'bright', 'behind']);
});

test('silence shows no bar, a raised voice shows five', () => {
  assert.deepEqual([0, 0.002, 0.02, 0.2, 1].map(bars), [0, 0, 3, 5, 5]);
});

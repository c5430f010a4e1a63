// Camera and microphone, and what is wrong with which.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

const asked = [];
/** What the browser answers of each: a track, or the name of an error. */
let browser;

class Track extends EventTarget {
  constructor(kind) {
    super();
    this.kind = kind;
  }
}

async function getUserMedia(constraints) {
  const kinds = Object.keys(constraints);
  asked.push(kinds.join(' '));
  const failed = kinds.find((kind) => browser[kind]);
  if (failed) throw Object.assign(new Error(), { name: browser[failed] });
  const tracks = kinds.map((kind) => new Track(kind));
  return { getTracks: () => tracks };
}

Object.defineProperty(globalThis, 'navigator', { value: { mediaDevices: { getUserMedia } } });
globalThis.localStorage = { getItem: () => null };
const { KINDS, kindOf, open } = await import('../../assets/console/devices.js');

beforeEach(() => {
  asked.length = 0;
  browser = {};
});

test('a person is asked for both at once', async () => {
  const { tracks, trouble } = await open(KINDS, () => {});
  assert.deepEqual(asked, ['video audio']);
  assert.deepEqual(tracks.map(kindOf), ['camera', 'microphone']);
  assert.deepEqual(trouble, { camera: null, microphone: null });
});

test('a microphone’s trouble is not told as the camera’s', async () => {
  browser = { audio: 'NotFoundError' };
  const { tracks, trouble } = await open(KINDS, () => {});
  assert.deepEqual(tracks.map(kindOf), ['camera']);
  assert.deepEqual(trouble, { camera: null, microphone: 'missing' });
  browser = { video: 'NotReadableError', audio: 'NotAllowedError' };
  assert.deepEqual((await open(KINDS, () => {})).trouble, { camera: 'busy', microphone: 'refused' });
});

test('the kind that was missing is opened alone', async () => {
  const { tracks, trouble } = await open(['microphone'], () => {});
  assert.deepEqual(asked, ['audio']);
  assert.deepEqual(tracks.map(kindOf), ['microphone']);
  assert.deepEqual(trouble, { microphone: null });
});

// Whose language is spoken to whom.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';

let language = 'uk';
globalThis.localStorage = { getItem: () => language };
globalThis.document = { documentElement: {} };
globalThis.fetch = async (path) => {
  const [, name] = path.match(/locales\/(\w+)\.ftl$/);
  const file = new URL(`../../locales/${name}/console.ftl`, import.meta.url);
  return { ok: true, text: () => readFile(file, 'utf8') };
};
const { say, sayTo, start } = await import('../../assets/console/words.js');
await start();

const PLACARD = 'curtain-for-visitor';
const [UKRAINIAN, ENGLISH] = ['Перекладач ненадовго закрив камеру', 'The interpreter has covered the camera'];

test('the visitor reads the placard in the visitor’s language, whatever the interpreter’s is', () => {
  for (const own of ['uk', 'en']) {
    language = own;
    assert.deepEqual(['uk', 'uk-UA', 'en', 'pl'].map((reading) => sayTo(reading, PLACARD)), [UKRAINIAN, UKRAINIAN, ENGLISH, ENGLISH]);
  }
});

test('the page speaks the interpreter’s language', () => {
  language = 'en';
  assert.equal(say('you'), 'You');
  language = 'uk';
  assert.equal(say('you'), 'Ви');
});

test('a word that does not exist is its own key', () => {
  assert.equal(say('no-such-word'), 'no-such-word');
});

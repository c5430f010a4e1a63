// Words for people, through Fluent. Ukrainian is complete; another language falls back to it message by message.

import { FluentBundle, FluentResource } from './vendor/fluent/index.js';

export const LANGUAGES = ['uk', 'en'];

/** By language. */
const bundles = new Map();

async function load(language) {
  const answer = await fetch(`/console/locales/${language}.ftl`);
  if (!answer.ok) return;
  const bundle = new FluentBundle(language, { useIsolating: false });
  bundle.addResource(new FluentResource(await answer.text()));
  bundles.set(language, bundle);
}

/** What was chosen on this browser before; Ukrainian until then. */
export function chosen() {
  const kept = localStorage.getItem('language');
  return LANGUAGES.includes(kept) ? kept : 'uk';
}

export function choose(language) {
  localStorage.setItem('language', language);
  location.reload();
}

export async function start() {
  document.documentElement.lang = chosen();
  // All of them: what the visitor is shown is in the visitor's language.
  await Promise.all(LANGUAGES.map(load));
}

/** The message's text; the key itself when there is none, so that a gap is seen and nothing breaks. */
export function say(key, values) {
  return sayIn(chosen(), key, values);
}

/** The same for a visitor who reads that BCP 47 language; who does not read Ukrainian is told in English. */
export function sayTo(reading, key) {
  return sayIn(reading.split('-')[0] === 'uk' ? 'uk' : 'en', key);
}

function sayIn(language, key, values) {
  for (const bundle of [bundles.get(language), bundles.get('uk')]) {
    const message = bundle?.getMessage(key);
    if (message?.value) return bundle.formatPattern(message.value, values);
  }
  return key;
}

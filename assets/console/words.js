// Words for people, through Fluent. Ukrainian is complete; another language falls back to it message by message.

import { FluentBundle, FluentResource } from './vendor/fluent/index.js';

export const LANGUAGES = ['uk', 'en'];

const bundles = [];

async function load(language) {
  const answer = await fetch(`/console/locales/${language}.ftl`);
  if (!answer.ok) return;
  const bundle = new FluentBundle(language, { useIsolating: false });
  bundle.addResource(new FluentResource(await answer.text()));
  bundles.push(bundle);
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
  const language = chosen();
  document.documentElement.lang = language;
  await load(language);
  if (language !== 'uk') await load('uk');
}

/** The message's text; the key itself when there is none, so that a gap is seen and nothing breaks. */
export function say(key, values) {
  for (const bundle of bundles) {
    const message = bundle.getMessage(key);
    if (message?.value) return bundle.formatPattern(message.value, values);
  }
  return key;
}

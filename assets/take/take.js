// What was ticked stays on this phone, and so does the page: without internet it opens again.

const ticks = [...document.querySelectorAll('[data-tick]')];
// A list that has grown or shrunk is another one.
const place = `take ${document.body.dataset.service} ${ticks.length}`;

function remembered() {
  try { return JSON.parse(localStorage.getItem(place)) ?? []; } catch { return []; }
}

function remember() {
  const on = ticks.flatMap((tick, at) => (tick.checked ? [at] : []));
  // Who forbids a page to keep anything still ticks, until they close it.
  try { localStorage.setItem(place, JSON.stringify(on)); } catch { /* said above */ }
}

for (const at of remembered()) if (ticks[at]) ticks[at].checked = true;
for (const tick of ticks) tick.addEventListener('change', remember);

async function keep() {
  if (!navigator.serviceWorker || !window.caches) return;
  await navigator.serviceWorker.register('worker.js');
  await document.fonts.ready;
  const parts = performance.getEntriesByType('resource').map(part => part.name);
  const own = [location.href, ...parts].filter(part => new URL(part).origin === location.origin);
  const kept = await caches.open('take');
  await kept.addAll([...new Set(own)].map(part => part.split('#')[0]).filter(part => !part.endsWith('worker.js')));
  document.querySelector('[data-kept]').hidden = false;
}

addEventListener('load', () => keep().catch(() => { /* the list is read all the same */ }));

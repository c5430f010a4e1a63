// Answers from what the page has kept when the network does not, or not soon.

const SOON = 3000;

addEventListener('install', () => skipWaiting());
addEventListener('activate', event => event.waitUntil(clients.claim()));
addEventListener('fetch', event => {
  if (event.request.method === 'GET') event.respondWith(answer(event.request));
});

async function answer(request) {
  const kept = await caches.open('take');
  const old = await kept.match(request);
  // In the language that was kept, if not in the one that was asked for.
  const instead = async () => old ?? (await kept.match(request, { ignoreSearch: true }));
  const fresh = fetch(request).then(async response => {
    // A proxy answers for a server that is away, and its words are no list.
    if (response.status >= 500) return (await instead()) ?? response;
    // Only what was kept before is kept anew: a phone is no library.
    if (old && response.ok) await kept.put(request, response.clone());
    return response;
  });
  const late = new Promise(resolve => { if (old) setTimeout(resolve, SOON, old); });
  try {
    return await Promise.race([fresh, late]);
  } catch {
    return (await instead()) ?? Response.error();
  }
}

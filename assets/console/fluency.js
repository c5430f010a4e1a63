// Whether hands can be read in the visitor's picture: by its frames a second, over time. The kiosk judges this page's
// picture the same way, and each tells the other.

/** Under 20 frames a second hands are not read; less what the edges of a second cut off. */
const FLUENT = 18;

/** So many seconds are looked back on before signing gives way to writing. */
const PATIENCE = 10;

/** So many fluent seconds in a row bring it back. */
const PROOF = 5;

const SECOND = 1000;

/** `seconds`: frames a second of the last seconds, the newest last. `present`: when this one began, and at which frame. */
export const fresh = { lost: false, seconds: [], present: null };

/** `frames` have come since the connection began. Told twice a second. */
export function watch(fluency, frames, now) {
  const { present } = fluency;
  if (!present) return { ...fluency, present: { began: now, frames } };
  if (now - present.began < SECOND) return fluency;
  const rate = ((frames - present.frames) * SECOND) / (now - present.began);
  const seconds = [...fluency.seconds, rate].slice(-PATIENCE);
  return { seconds, present: { began: now, frames }, lost: fluency.lost ? !back(seconds) : gone(seconds) };
}

function gone(seconds) {
  const sum = seconds.reduce((all, rate) => all + rate, 0);
  return seconds.length === PATIENCE && sum / PATIENCE < FLUENT;
}

function back(seconds) {
  return seconds.slice(-PROOF).every((rate) => rate >= FLUENT);
}

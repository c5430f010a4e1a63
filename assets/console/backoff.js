// How long to wait before the next try: full jitter below a ceiling that doubles from 0.5 s to 8 s. Pure.

/** Milliseconds; `failures` tries have failed, `chance` is uniform in 0…1. */
export function backoff(failures, chance) {
  const ceiling = 500 * 2 ** Math.min(failures, 4);
  return 100 + (ceiling - 100) * chance;
}

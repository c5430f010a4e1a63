// Virtual time in the place of the machine's: timers go off when a test lets time pass.

let now = 0;
let last = 0;
const timers = new Map();

globalThis.setTimeout = (then, milliseconds = 0) => {
  last += 1;
  timers.set(last, { then, at: now + milliseconds });
  return last;
};
globalThis.clearTimeout = (timer) => timers.delete(timer);

/** Lets time pass, and what waits for promises go on at each step. */
export async function pass(milliseconds) {
  const end = now + milliseconds;
  for (;;) {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
    const [next] = [...timers].filter(([, { at }]) => at <= end).sort(([, one], [, other]) => one.at - other.at);
    if (!next) break;
    const [timer, { then, at }] = next;
    timers.delete(timer);
    now = at;
    then();
  }
  now = end;
}

/** Forgets every timer. */
export function reset() {
  timers.clear();
}

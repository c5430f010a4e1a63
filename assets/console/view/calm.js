// A screen that changed by itself takes no keys at first: whoever was typing meant them for the screen before.

/** Milliseconds without a key after which the hands have noticed. */
export const CALM = 700;

export class Calm {
  #timer = null;
  #then = null;

  /** Begins to take keys, each of which prolongs the time; `then` is done at its end. */
  until(then) {
    clearTimeout(this.#timer);
    this.#then = then;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      then();
    }, CALM);
  }

  /** Whether this key was meant for the screen before; if so, it does nothing. */
  takes(event) {
    // What has the focus on the new screen was chosen there.
    const chosen = event.target.matches?.('button, textarea, input, select');
    if (this.#timer === null || chosen || event.ctrlKey || event.altKey || event.metaKey) return false;
    event.preventDefault();
    this.until(this.#then);
    return true;
  }
}

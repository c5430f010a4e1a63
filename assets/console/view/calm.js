// A screen that changed by itself takes no keys at first: whoever was typing meant them for the screen before.

/** Milliseconds after which a person has seen the change. */
export const CALM = 700;

/** Keys that follow each other faster than this, in milliseconds, are still typing. */
export const TYPING = 400;

export class Calm {
  #waits = { change: null, key: null };
  #then = null;

  /** Begins to take keys; `then` is done when it ends. */
  until(then) {
    this.#then = then;
    this.#wait('change', CALM);
  }

  /** Whether this key was meant for the screen before; if so, it does nothing. */
  takes(event) {
    // What has the focus on the new screen was chosen there.
    const chosen = event.target.matches?.('button, textarea, input, select');
    if (!this.#takes || chosen || event.ctrlKey || event.altKey || event.metaKey) return false;
    event.preventDefault();
    this.#wait('key', TYPING);
    return true;
  }

  get #takes() {
    return Object.values(this.#waits).some((timer) => timer !== null);
  }

  #wait(what, milliseconds) {
    clearTimeout(this.#waits[what]);
    this.#waits[what] = setTimeout(() => {
      this.#waits[what] = null;
      if (!this.#takes) this.#then();
    }, milliseconds);
  }
}

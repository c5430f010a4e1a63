// The road to the relay: a WebSocket that comes back by itself. Nothing said while it is down is kept, because the
// relay tells the present state on every return.

import { backoff } from './backoff.js';

const VERSION = 1;

/** The relay says something every 5 s; after so much silence the socket is dead, whatever the network says of it. */
const SILENCE = 12_000;

/** A relay that does not answer for so long is dialled anew. */
const ANSWER = 10_000;

/** One load of this page; the relay and the kiosk tell by it whether a peer connection can still be there. */
export const TAB = crypto.getRandomValues(new Uint32Array(1))[0];

export class Link {
  #socket = null;
  #failures = 0;
  #closed = false;
  #deadline = null;
  #tell;

  /** `tell` takes `{type: 'link-up' | 'link-down' | 'logged-out' | 'said', message}`. */
  constructor(tell) {
    this.#tell = tell;
    this.#dial();
    addEventListener('online', () => this.#closed || this.#socket || this.#dial());
  }

  send(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  /** For good: another page has taken over. */
  close() {
    this.#closed = true;
    clearTimeout(this.#deadline);
    this.#socket?.close();
  }

  #dial() {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const socket = new WebSocket(`${scheme}://${location.host}/ws/interpreter`);
    this.#socket = socket;
    this.#expect(ANSWER);
    socket.onopen = () => {
      this.#expect(SILENCE);
      this.#tell({ type: 'link-up' });
      this.send({ type: 'hello', version: VERSION, tab: TAB });
    };
    socket.onmessage = ({ data }) => {
      this.#expect(SILENCE);
      const message = read(data);
      if (message.type === 'welcome') this.#failures = 0;
      this.#tell({ type: 'said', message });
    };
    socket.onclose = () => this.#lost();
  }

  /** Gives the socket up unless it shows a sign of life in time. */
  #expect(milliseconds) {
    clearTimeout(this.#deadline);
    if (this.#closed) return;
    this.#deadline = setTimeout(() => {
      // A dead network takes no farewell either, so its end is not waited for.
      Object.assign(this.#socket, { onopen: null, onmessage: null, onclose: null });
      this.#socket.close();
      this.#lost();
    }, milliseconds);
  }

  async #lost() {
    clearTimeout(this.#deadline);
    this.#socket = null;
    this.#tell({ type: 'link-down' });
    if (this.#closed) return;
    await new Promise((later) => setTimeout(later, backoff(this.#failures++, Math.random())));
    if (await this.#loggedOut()) this.#tell({ type: 'logged-out' });
    if (!this.#socket && !this.#closed) this.#dial();
  }

  /** A relay in reach that refuses the session wants a new login; a relay out of reach wants patience. */
  async #loggedOut() {
    try {
      const answer = await fetch('/console/', {
        redirect: 'manual',
        cache: 'no-store',
        signal: AbortSignal.timeout(ANSWER),
      });
      return answer.type === 'opaqueredirect';
    } catch {
      return false;
    }
  }
}

/** What arrives is data: text that is no message of this protocol becomes one that nobody knows. */
function read(data) {
  try {
    const message = JSON.parse(data);
    return message?.type ? message : {};
  } catch {
    return {};
  }
}

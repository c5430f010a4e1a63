// The document still: put together from its pieces, checked, looked at through a glass. Pure, but for the digest.
// The other end is src/document.rs.

export const CHANNEL = 'document';
/** The largest still, in bytes; nothing larger is begun. */
export const MOST_BYTES = 4 * 1024 * 1024;
/** The right and lower edge of a still: places are told in ten-thousandths. */
const EDGE = 10_000;
const MOST_ZOOM = 8;

/** Collects one still at a time. Anything that comes is data: it gives an event or null. */
export class Incoming {
  #still = null;

  /** `data`: text, or an ArrayBuffer. */
  feed(data) {
    return typeof data === 'string' ? this.#said(data) : this.#piece(new Uint8Array(data));
  }

  #said(text) {
    let said;
    try {
      said = JSON.parse(text);
    } catch {
      return null;
    }
    if (said?.still === 'wipe') {
      this.#still = null;
      return { type: 'paper-gone' };
    }
    if (said?.still !== 'begin') return null;
    const { number, bytes, sha256 } = said;
    const sound = Number.isInteger(number) && Number.isInteger(bytes) && bytes > 0 && bytes <= MOST_BYTES;
    this.#still = sound ? { number, sha256, data: new Uint8Array(bytes), received: 0 } : null;
    return sound ? { type: 'paper-begins', number, bytes } : null;
  }

  #piece(piece) {
    const still = this.#still;
    if (!still) return null;
    if (still.received + piece.length > still.data.length) {
      this.#still = null;
      return { type: 'paper-damaged', number: still.number };
    }
    still.data.set(piece, still.received);
    still.received += piece.length;
    if (still.received < still.data.length) {
      return { type: 'paper-comes', number: still.number, received: still.received };
    }
    this.#still = null;
    return { type: 'paper-complete', number: still.number, sha256: still.sha256, data: still.data };
  }
}

/** Whether these are the bytes that were sent. */
export async function intact(data, sha256) {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', data));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('') === sha256;
}

/** The whole still in sight: no zoom, its middle in the middle. */
export const WHOLE = { zoom: 1, x: 0.5, y: 0.5 };

/** Nearer or farther by `factor`; `at`, a place of the still, stays where it is in the glass. */
export function zoomed(glass, factor, at = { x: glass.x, y: glass.y }) {
  const zoom = Math.min(MOST_ZOOM, Math.max(1, glass.zoom * factor));
  const kept = glass.zoom / zoom;
  return within({ zoom, x: at.x + (glass.x - at.x) * kept, y: at.y + (glass.y - at.y) * kept });
}

/** Moved by parts of what is in sight. */
export function moved(glass, across, down) {
  return within({ ...glass, x: glass.x + across / glass.zoom, y: glass.y + down / glass.zoom });
}

/** The glass never leaves the still. */
function within({ zoom, x, y }) {
  const rim = 0.5 / zoom;
  const keep = (part) => Math.min(1 - rim, Math.max(rim, part));
  return { zoom, x: keep(x), y: keep(y) };
}

/** Where the still's corner lies in a window of that size, and how large the still is there; in pixels. */
export function laid(glass, still, window) {
  const scale = Math.min(window.width / still.width, window.height / still.height) * glass.zoom;
  const [width, height] = [still.width * scale, still.height * scale];
  return { left: window.width / 2 - glass.x * width, top: window.height / 2 - glass.y * height, width, height };
}

/** The place of the still under a pixel of the window, in ten-thousandths; null beside the still. */
export function placeUnder(pixel, glass, still, window) {
  const lies = laid(glass, still, window);
  const x = (pixel.x - lies.left) / lies.width;
  const y = (pixel.y - lies.top) / lies.height;
  return x < 0 || y < 0 || x > 1 || y > 1 ? null : { x: Math.round(x * EDGE), y: Math.round(y * EDGE) };
}

/** The pixel of the window over a place of the still. */
export function pixelOver(place, glass, still, window) {
  const lies = laid(glass, still, window);
  return { x: lies.left + (place.x / EDGE) * lies.width, y: lies.top + (place.y / EDGE) * lies.height };
}

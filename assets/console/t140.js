// Real-time text after ITU-T T.140, by the same rules as the kiosk: a transcript depends on the order of the edits
// alone, never on how the text was cut into messages. Pure.

const BACKSPACE = '\u0008';
const LINE_SEPARATOR = '\u2028';
const LOSS = '\ufffd';
const MOST_ROWS = 200;
const MOST_LETTERS = 2000;

/** @typedef {{insert: string} | 'erase' | 'new-line'} Edit */
/** @typedef {{side: 'own' | 'visitor', text: string, live: boolean}} Row */

const segmenter = new Intl.Segmenter('uk', { granularity: 'grapheme' });

function isText(letter) {
  return !/[\p{Cc}\u2028\u2029\ufeff]/u.test(letter);
}

/** What goes onto the data channel for an edit. */
export function encode(edit) {
  if (edit === 'erase') return BACKSPACE;
  if (edit === 'new-line') return LINE_SEPARATOR;
  return isText(edit.insert) ? edit.insert : '';
}

/** The edits of a text that a person typed, pasted or dictated. */
export function edits(text) {
  return [...text.replaceAll('\r\n', '\n')].map((letter) =>
    /[\n\r\u2028\u2029]/u.test(letter) ? 'new-line' : { insert: letter },
  );
}

/** T.140 lets a control string (SOS … ST) have so many letters. */
const MOST_CONTROL = 256;

/**
 * Reads the other side's messages; one a data channel, because CR LF or a control sequence (colours and the like) may be
 * cut in two.
 */
export class Decoder {
  /** 'text', 'return', 'escape', 'sequence' or 'string'. */
  #place = 'text';
  #left = 0;

  /** @returns {{edits: Edit[], bell: boolean}} */
  feed(message) {
    const heard = { edits: [], bell: false };
    for (const letter of message) {
      if (this.#controls(letter)) continue;
      if (letter === BACKSPACE) heard.edits.push('erase');
      else if (/[\n\r\u2028\u2029]/u.test(letter)) heard.edits.push('new-line');
      else if (letter === '\u0007') heard.bell = true;
      else if (isText(letter)) heard.edits.push({ insert: letter });
    }
    return heard;
  }

  /** Whether this letter belongs to what came before it, or begins something that is not shown. */
  #controls(letter) {
    const place = this.#place;
    this.#place = 'text';
    if (place === 'return' && letter === '\n') return true;
    if (place === 'escape') {
      if (letter === '[') this.#place = 'sequence';
      return true;
    }
    if (place === 'sequence' && letter >= ' ' && letter <= '?') {
      this.#place = 'sequence';
      return true;
    }
    if (place === 'sequence' && letter >= '@' && letter <= '~') return true;
    if (place === 'string') {
      if (letter !== '\u009c' && this.#left > 0) this.#place = 'string';
      this.#left -= 1;
      return true;
    }
    if (letter === '\r') this.#place = 'return';
    if (letter === '\u001b') this.#place = 'escape';
    if (letter === '\u009b') this.#place = 'sequence';
    if (letter === '\u0098') [this.#place, this.#left] = ['string', MOST_CONTROL];
    return ['escape', 'sequence', 'string'].includes(this.#place);
  }
}

/** Rows after one edit more. Ended rows may be empty, because an erasure may come back to them. */
export function apply(rows, side, edit) {
  const at = rows.findLastIndex((row) => row.side === side);
  const live = at >= 0 && rows[at].live;
  const change = (row) => replaced(rows, at, row);
  if (edit === 'new-line') {
    return live ? change({ ...rows[at], live: false }) : bounded([...rows, { side, text: '', live: false }]);
  }
  if (edit === 'erase') {
    if (at < 0) return rows;
    const row = rows[at];
    if (!row.live && row.text !== '') return change({ ...row, live: true });
    const letters = [...segmenter.segment(row.text)];
    const text = row.text.slice(0, letters.at(-1)?.index ?? 0);
    return text === '' ? replaced(rows, at) : change({ ...row, text });
  }
  if (!isText(edit.insert)) return rows;
  if (!live) return bounded([...rows, { side, text: edit.insert, live: true }]);
  const row = rows[at];
  if ([...row.text].length < MOST_LETTERS) return change({ ...row, text: row.text + edit.insert });
  return bounded([...change({ ...row, live: false }), { side, text: edit.insert, live: true }]);
}

/** Some of that side's text never arrived; marked once, however much it was. */
export function markLoss(rows, side) {
  const live = rows.findLast((row) => row.side === side);
  return live?.live && live.text.endsWith(LOSS) ? rows : apply(rows, side, { insert: LOSS });
}

/** What is shown. */
export function shown(rows) {
  return rows.filter((row) => row.text !== '');
}

function bounded(rows) {
  if (rows.length <= MOST_ROWS) return rows;
  return replaced(rows, rows.findIndex((row) => !row.live));
}

/** A copy with other rows in the place of one. */
function replaced(rows, at, ...others) {
  return [...rows.slice(0, at), ...others, ...rows.slice(at + 1)];
}

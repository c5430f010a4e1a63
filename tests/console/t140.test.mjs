// Real-time text by the rules that the kiosk's `text.rs` holds too.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply, Decoder, edits, encode, markLoss, shown } from '../../assets/console/t140.js';

const typed = (text, side = 'own', rows = []) => edits(text).reduce((now, edit) => apply(now, side, edit), rows);
const texts = (rows) => shown(rows).map(({ side, text, live }) => [side, text, live]);
const heard = (decoder, message, rows) =>
  decoder.feed(message).edits.reduce((now, edit) => apply(now, 'visitor', edit), rows);

test('what one side types is what the other side reads', () => {
  const said = 'Їжак і ґава: 10 ₴\nдалі 👋🏽';
  const wire = edits(said).map(encode).join('');
  assert.equal(wire, said.replace('\n', '\u2028'));
  assert.deepEqual(texts(heard(new Decoder(), wire, [])), [
    ['visitor', 'Їжак і ґава: 10 ₴', false],
    ['visitor', 'далі 👋🏽', true],
  ]);
});

test('a transcript does not depend on how the text was cut into messages', () => {
  const wire = 'один\r\nдва\u0008\u0008ві\u2028\u0007три';
  const whole = heard(new Decoder(), wire, []);
  for (let at = 0; at <= wire.length; at += 1) {
    const decoder = new Decoder();
    const parts = heard(decoder, wire.slice(at), heard(decoder, wire.slice(0, at), []));
    assert.deepEqual(parts, whole, `cut at ${at}`);
  }
});

test('an erasure takes back what a reader sees as one letter', () => {
  const rows = apply(typed('так 👩‍👩‍👧'), 'own', 'erase');
  assert.deepEqual(texts(rows), [['own', 'так ', true]]);
});

test('an erasure at the beginning of a row goes back to the row before', () => {
  const rows = typed('адреса\n');
  assert.deepEqual(texts(rows), [['own', 'адреса', false]]);
  assert.deepEqual(texts(apply(rows, 'own', 'erase')), [['own', 'адреса', true]]);
});

test('an erasure with nothing typed changes nothing', () => {
  assert.deepEqual(apply([], 'own', 'erase'), []);
  assert.deepEqual(texts(apply(typed('а'), 'visitor', 'erase')), [['own', 'а', true]]);
});

test('two people who type at once do not break each other’s rows', () => {
  let rows = typed('Яка ', 'own');
  rows = typed('вул', 'visitor', rows);
  rows = typed('адреса', 'own', rows);
  assert.deepEqual(texts(rows), [
    ['own', 'Яка адреса', true],
    ['visitor', 'вул', true],
  ]);
});

test('control characters are neither sent nor shown, and a bell is told', () => {
  const { edits: found, bell } = new Decoder().feed('\uFEFFа\u0007\u0000б');
  assert.deepEqual(found, [{ insert: 'а' }, { insert: 'б' }]);
  assert.equal(bell, true);
  assert.equal(encode({ insert: '\u0000' }), '');
});

test('colours and other control sequences are not shown, however they are cut', () => {
  const wire = 'а\u001b[31mб\u009b1;4mв\u0098private\u009cг\u001bEґ';
  for (let at = 0; at <= wire.length; at += 1) {
    const decoder = new Decoder();
    const parts = [wire.slice(0, at), wire.slice(at)].flatMap((part) => decoder.feed(part).edits);
    assert.equal(parts.map(({ insert }) => insert).join(''), 'абвгґ', `cut at ${at}`);
  }
});

test('a control string that never ends takes 256 letters and no more', () => {
  const { edits: found } = new Decoder().feed(`\u0098${'x'.repeat(257)}ї`);
  assert.deepEqual(found, [{ insert: 'ї' }]);
});

test('a loss is marked once, however much it was', () => {
  const rows = markLoss(markLoss(typed('до', 'visitor'), 'visitor'), 'visitor');
  assert.deepEqual(texts(rows), [['visitor', 'до\uFFFD', true]]);
});

test('a flood of rows and letters is bounded, and the newest stay', () => {
  const rows = typed(`${'рядок\n'.repeat(300)}останній`);
  assert.ok(rows.length <= 200, String(rows.length));
  assert.equal(rows.at(-1).text, 'останній');
  const long = typed('ш'.repeat(2500));
  assert.deepEqual(long.map((row) => row.text.length), [2000, 500]);
});

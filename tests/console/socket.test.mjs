// The road to the relay over a network that says nothing when it dies.

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { pass, reset } from './clock.mjs';

const listeners = {};
const dialled = [];

class Socket {
  static OPEN = 1;
  readyState = 0;
  sent = [];

  constructor() {
    dialled.push(this);
  }

  open() {
    this.readyState = 1;
    this.onopen();
  }

  hear(message) {
    this.onmessage({ data: JSON.stringify(message) });
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  /** A dead network tells nobody that the socket is closed. */
  close() {
    this.readyState = 2;
  }
}

Object.assign(globalThis, {
  WebSocket: Socket,
  location: { protocol: 'https:', host: 'relay.example' },
  addEventListener: (name, listener) => {
    listeners[name] = listener;
  },
  fetch: async () => ({ type: 'basic' }),
});
globalThis.crypto ??= (await import('node:crypto')).webcrypto;
const { Link } = await import('../../assets/console/socket.js');

let told;
function link() {
  told = [];
  return new Link(({ type }) => told.push(type));
}

beforeEach(() => {
  reset();
  dialled.length = 0;
});

test('a socket that falls silent is given up and dialled anew', async () => {
  link();
  dialled[0].open();
  dialled[0].hear({ type: 'welcome' });
  for (let said = 0; said < 6; said += 1) {
    await pass(5_000);
    dialled[0].hear({ type: 'pool' });
  }
  assert.equal(dialled.length, 1, 'a sign of life each 5 s is enough');
  await pass(11_900);
  assert.ok(!told.includes('link-down'));
  await pass(100);
  assert.equal(told.at(-1), 'link-down');
  await pass(1_000);
  assert.equal(dialled.length, 2);
});

test('a relay that never answers is dialled anew', async () => {
  link();
  await pass(11_000);
  assert.equal(dialled.length, 2);
  assert.deepEqual(told, ['link-down']);
});

test('a page that another has replaced stays silent when the network is back', async () => {
  const replaced = link();
  dialled[0].open();
  replaced.close();
  dialled[0].onclose();
  listeners.online();
  await pass(60_000);
  assert.equal(dialled.length, 1);
});

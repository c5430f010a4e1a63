// The peer connection where the browser refuses something.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Peer } from '../../assets/console/peer.js';

const added = [];

class Connection {
  connectionState = 'new';
  remoteDescription = null;
  localDescription = { sdp: 'answer' };

  constructor() {
    Connection.last = this;
  }

  async setRemoteDescription(description) {
    this.remoteDescription = description;
  }

  async setLocalDescription() {}

  async addIceCandidate({ candidate }) {
    added.push(candidate);
  }

  getTransceivers() {
    const sender = {
      track: null,
      getParameters: () => ({ encodings: [{}] }),
      setParameters: async () => {
        throw Object.assign(new Error(), { name: 'InvalidModificationError' });
      },
    };
    return [{ receiver: { track: { kind: 'video' } }, sender }];
  }

  close() {}
}

globalThis.RTCPeerConnection = Connection;
globalThis.MediaStream = class {};
console.warn = () => {};
const settled = () => new Promise((later) => setImmediate(later));

test('candidates that came early are kept although the browser takes no parameters', async () => {
  const peer = new Peer(() => {}, () => {}, {}, []);
  peer.take({ round: 1, signal: 'candidate', candidate: { candidate: 'early' } });
  peer.take({ round: 1, signal: 'description', description: { kind: 'offer', sdp: 'offer' } });
  await settled();
  assert.deepEqual(added, ['early']);
});

test('text that the channel did not take goes out with the next', async () => {
  const peer = new Peer(() => {}, () => {}, {}, []);
  peer.take({ round: 1, signal: 'description', description: { kind: 'offer', sdp: 'offer' } });
  await settled();
  const sent = [];
  let full = true;
  const send = (text) => {
    if (full) throw Object.assign(new Error(), { name: 'OperationError' });
    sent.push(text);
  };
  Connection.last.ondatachannel({ channel: { protocol: 't140', readyState: 'open', send } });
  peer.text('до');
  full = false;
  peer.text('брий');
  assert.deepEqual(sent, ['добрий']);
});

test('an interpreter who answers is put on at once, and not where the kiosk only sends', async () => {
  const peer = new Peer(() => {}, () => {}, { video: null, audio: null }, []);
  peer.take({ round: 1, signal: 'description', description: { kind: 'offer', sdp: 'offer' } });
  await settled();
  const put = [];
  const transceiver = (kind, currentDirection) => ({
    currentDirection,
    receiver: { track: { kind } },
    sender: {
      track: null,
      // The slow one must not keep the others waiting.
      replaceTrack: (track) => {
        put.push([kind, currentDirection, track]);
        return new Promise(() => {});
      },
    },
  });
  const transceivers = [
    transceiver('video', 'recvonly'),
    transceiver('video', 'sendrecv'),
    transceiver('audio', 'sendrecv'),
  ];
  Connection.last.getTransceivers = () => transceivers;
  peer.replace({ video: 'camera', audio: 'microphone' });
  await settled();
  assert.deepEqual(put, [
    ['video', 'sendrecv', 'camera'],
    ['audio', 'sendrecv', 'microphone'],
  ]);
});

test('on a narrow line the picture becomes smaller, until the connection is closed', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const taken = [];
  let framesSent = 30;
  const sender = {
    track: null,
    getParameters: () => ({ encodings: [{}] }),
    setParameters: async ({ encodings }) => taken.push(encodings[0].scaleResolutionDownBy),
    getStats: async () => new Map([['out', { type: 'outbound-rtp', targetBitrate: 50_000, framesSent }]]),
  };
  const transceiver = { currentDirection: 'sendrecv', receiver: { track: { kind: 'video' } }, sender };
  const peer = new Peer(() => {}, () => {}, {}, []);
  const { getTransceivers } = Connection.prototype;
  t.after(() => (Connection.prototype.getTransceivers = getTransceivers));
  Connection.prototype.getTransceivers = () => [transceiver];
  peer.take({ round: 1, signal: 'description', description: { kind: 'offer', sdp: 'offer' } });
  await settled();
  const fitted = async () => {
    t.mock.timers.tick(50);
    await settled();
    return taken;
  };
  assert.deepEqual(await fitted(), [1], 'the browser has not measured the line yet');
  framesSent = 60;
  assert.deepEqual(await fitted(), [1, 2]);
  assert.deepEqual(await fitted(), [1, 2]);
  sender.getStats = async () => assert.fail('a closed connection was asked');
  peer.close();
  t.mock.timers.tick(1000);
});

test('on a wide line the kiosk is read as asking for short packets of voice, in the connection there is', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const read = [];
  const { getTransceivers, setRemoteDescription } = Connection.prototype;
  t.after(() => Object.assign(Connection.prototype, { getTransceivers, setRemoteDescription }));
  let targetBitrate = 1_000_000;
  const sender = {
    track: null,
    getParameters: () => ({ encodings: [{}] }),
    setParameters: async () => {},
    getStats: async () => new Map([['out', { type: 'outbound-rtp', targetBitrate, framesSent: 60 }]]),
  };
  const transceiver = { currentDirection: 'sendrecv', receiver: { track: { kind: 'video' } }, sender };
  Connection.prototype.getTransceivers = () => [transceiver];
  Connection.prototype.setRemoteDescription = async ({ sdp }) => read.push(sdp.includes('a=ptime:10'));
  const told = [];
  const peer = new Peer((_, { signal }) => told.push(signal), () => {}, {}, []);
  const offer = 'm=audio 9 X 111\r\na=mid:0\r\n';
  const rounds = async (round) => {
    peer.take({ round, signal: 'description', description: { kind: 'offer', sdp: offer } });
    await settled();
  };
  const fitted = async () => {
    t.mock.timers.tick(50);
    await settled();
    return read;
  };
  await rounds(1);
  assert.deepEqual(await fitted(), [false, true]);
  assert.deepEqual(await fitted(), [false, true], 'it is asked for once');
  await rounds(1);
  assert.deepEqual(read, [false, true, true], 'and remains where the kiosk offers again');
  targetBitrate = 300_000;
  assert.deepEqual(await fitted(), [false, true, true, false]);
  targetBitrate = 1_000_000;
  await fitted();
  await rounds(2);
  assert.deepEqual(read, [false, true, true, false, true, false], 'a new line is not known yet');
  assert.deepEqual(told, ['description', 'description', 'description'], 'the kiosk hears answers to its offers alone');

  const { getStats } = sender;
  let give;
  sender.getStats = () => new Promise((later) => (give = later));
  await fitted();
  await rounds(3);
  give(await getStats());
  await settled();
  assert.deepEqual(read.slice(6), [false], 'what was asked of the line before comes too late');
  peer.close();
});

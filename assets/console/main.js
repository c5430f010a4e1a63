// The interpreter's page: one state, one loop. What happens becomes an event, the reducer makes the next state, the
// view shows it, and what follows from the change is done here.

import * as devices from './devices.js';
import { Link } from './socket.js';
import { Peer } from './peer.js';
import { Ring } from './ring.js';
import * as words from './words.js';
import { edits as editsOf, encode } from './t140.js';
import { first, reduce } from './state.js';
import { Page } from './view/page.js';

/** Text typed within this time goes in one message; T.140 asks for 300 ms at most. */
const TEXT_WITHIN = 200;
/** How often a page without a connection asks the kiosk to offer anew. */
const REJOIN_EVERY = 2000;

let state = first;
let stream = new MediaStream();
let peer = null;
let covered = null;
let rejoining = null;
let typed = { text: '', timer: null };
const ring = new Ring();

function tell(event) {
  const before = state;
  state = reduce(state, event, Date.now());
  follow(before, event);
  page.show(state);
}

/** What follows from a change of state. */
function follow(before, event) {
  const [was, is] = [before.phase, state.phase];
  if (is.name === 'offer' && was.at?.call !== is.at.call) ring.start(() => state.sound, is.cnap);
  if (was.name === 'offer' && is.name !== 'offer') ring.stop();
  if (is.name === 'call' && (was.name !== 'call' || was.at.call !== is.at.call)) converse(is, event);
  if (was.name === 'call' && is.name !== 'call') farewell();
  if (is.name === 'replaced' && was.name !== 'replaced') link.close();
  if (event.type === 'peer' && event.state === 'failed') rejoin();
  if (event.type === 'peer' && event.state === 'connecting') stopRejoining();
  // A socket that was away in the middle of a conversation may have missed the kiosk's offer.
  const returned = event.type === 'said' && event.message.type === 'welcome';
  if (returned && was.name === 'call' && is.name === 'call' && !peer?.alive) rejoin();
}

function heard(event) {
  if (event.type === 'said' && event.message.type === 'signal') {
    if (state.phase.name === 'call' && event.message.at.call === state.phase.at.call) peer?.take(event.message);
    return;
  }
  tell(event);
}

async function converse(call, event) {
  await ready;
  const [camera] = stream.getVideoTracks();
  const [microphone] = stream.getAudioTracks();
  peer = new Peer(
    (round, signal) => link.send({ type: 'signal', at: state.phase.at, to: 0, round, ...signal }),
    spoken,
    { video: camera, audio: microphone },
    call.ice.map(({ urls, username, credential }) => ({ urls, username, credential })),
  );
  // An answered call brings the kiosk's offer by itself; a page that came back must ask for one.
  if (event.message?.type !== 'accepted') rejoin();
}

function spoken(event) {
  if (event.type === 'remote') page.remote(event.stream, () => tell({ type: 'frame' }));
  else if (event.type === 'heard') tell({ type: 'typed', side: 'visitor', edits: event.edits });
  else if (state.phase.name === 'call') tell(event);
}

function rejoin() {
  if (rejoining !== null) return;
  const ask = () => {
    if (state.phase.name !== 'call') return stopRejoining();
    link.send({ type: 'rejoin', at: state.phase.at, camera: stream.getVideoTracks().length > 0 });
  };
  rejoining = setInterval(ask, REJOIN_EVERY);
  ask();
}

function stopRejoining() {
  clearInterval(rejoining);
  rejoining = null;
}

function farewell() {
  stopRejoining();
  peer?.close();
  peer = null;
  covered?.close();
  covered = null;
  for (const track of stream.getAudioTracks()) track.enabled = true;
  clearTimeout(typed.timer);
  typed = { text: '', timer: null };
  page.remote(null);
}

function flush() {
  peer?.text(typed.text);
  typed = { text: '', timer: null };
}

const act = {
  status: (status) => link.send({ type: 'status', status }),
  answer() {
    if (state.phase.name !== 'offer' || state.phase.answering) return;
    link.send({ type: 'accept', at: state.phase.at, camera: stream.getVideoTracks().length > 0 });
    tell({ type: 'answering' });
  },
  declining: (on) => tell({ type: 'declining', on }),
  decline(reason) {
    link.send({ type: 'decline', at: state.phase.at, reason });
    tell({ type: 'declined' });
  },
  type(text) {
    act.edit(editsOf(text));
  },
  edit(edits) {
    if (state.phase.name !== 'call') return;
    typed.text += edits.map(encode).join('');
    typed.timer ??= setTimeout(flush, TEXT_WITHIN);
    tell({ type: 'typed', side: 'own', edits });
  },
  mute() {
    tell({ type: 'mute' });
    for (const track of stream.getAudioTracks()) track.enabled = !state.phase.muted;
  },
  curtain() {
    if (stream.getVideoTracks().length === 0) return;
    tell({ type: 'curtain' });
    covered?.close();
    covered = state.phase.curtain ? devices.curtain() : null;
    peer?.replace('video', covered?.track ?? stream.getVideoTracks()[0]);
    page.own(covered ? new MediaStream([covered.track]) : stream);
  },
  hangingUp: (on) => tell({ type: 'hanging-up', on }),
  hangUp: () => link.send({ type: 'hang-up', at: state.phase.at }),
  outcome(outcome) {
    link.send({ type: 'wrap-up', call: state.phase.call, outcome });
    tell({ type: 'outcome' });
  },
  checked() {
    sessionStorage.setItem('checked', 'yes');
    if (window.Notification?.permission === 'default') Notification.requestPermission();
    tell({ type: 'checked' });
  },
  checkAgain: () => tell({ type: 'check-again' }),
  sound: () => tell({ type: 'sound' }),
  faultSeen: () => tell({ type: 'fault-seen' }),
  language: words.choose,
  takeOver: () => location.reload(),
  openDevices,
  pick(kind, device) {
    devices.choose(kind, device);
    openDevices();
  },
  logOut: () => page.logOut(),
};

async function openDevices() {
  for (const track of stream.getTracks()) track.stop();
  const opened = await devices.open();
  stream = opened.stream;
  const [camera, microphone] = [stream.getVideoTracks().length > 0, stream.getAudioTracks().length > 0];
  page.own(stream);
  page.meter(stream);
  tell({ type: 'devices', devices: { state: opened.trouble ?? 'ready', camera, microphone, list: await devices.list() } });
  // In a conversation the new camera takes the old one's place.
  peer?.replace('video', stream.getVideoTracks()[0] ?? null);
  peer?.replace('audio', stream.getAudioTracks()[0] ?? null);
}

/** Frames a second and delay of the visitor's picture, from the browser's own books. */
async function measure() {
  if (state.phase.name !== 'call' || !peer?.connection) return;
  let fps = 0;
  let delay = null;
  for (const entry of (await peer.connection.getStats()).values()) {
    if (entry.type === 'inbound-rtp' && entry.kind === 'video') fps = entry.framesPerSecond ?? 0;
    if (entry.type === 'candidate-pair' && entry.nominated && entry.currentRoundTripTime !== undefined) {
      delay = Math.round((entry.currentRoundTripTime * 1000) / 2);
    }
  }
  tell({ type: 'quality', quality: { fps: Math.round(fps), delay } });
}

await words.start();
// Letters that change their width under a finger are missed by it: the page waits for its font, but not for long.
await Promise.race([
  Promise.all([400, 600, 700].map((weight) => document.fonts.load(`${weight} 16px Inter`, 'Ua Її'))),
  new Promise((later) => setTimeout(later, 1500)),
]);
const page = new Page(act);
document.body.append(page.root);
page.show(state);
// A reload in the middle of a conversation needs no click: what was checked stays checked for this tab.
const ready = openDevices();
if (sessionStorage.getItem('checked')) ready.then(() => tell({ type: 'checked' }));
const link = new Link(heard);
setInterval(() => {
  // The relay ends wrap-up by itself when the time is over.
  if (state.phase.name === 'wrap-up' && Date.now() > state.phase.until) tell({ type: 'outcome' });
  else page.show(state);
}, 250);
setInterval(measure, 1000);

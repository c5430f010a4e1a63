// The interpreter's page: one state, one loop. What happens becomes an event, the reducer makes the next state, the
// view shows it, and what follows from the change is done here.

import * as devices from './devices.js';
import { intact } from './document.js';
import { Link } from './socket.js';
import { Peer } from './peer.js';
import { Ring } from './ring.js';
import * as words from './words.js';
import { edits as editsOf, encode } from './t140.js';
import { canTransfer, first, onHold, outcomeToSay, reduce, wantsDevices } from './state.js';
import { Page } from './view/page.js';

/** Text typed within this time goes in one message; T.140 asks for 300 ms at most. */
const TEXT_WITHIN = 200;
/** How often a page without a connection asks the kiosk to offer anew. */
const REJOIN_EVERY = 2000;

/** How often a call that was left is hung up at the relay, until it confirms the end. */
const HANG_UP_EVERY = 2000;

/** The kiosk offers at once; after this long without an offer it is asked. */
const OFFER_PATIENCE = 5000;

/** More signals than any network needs; a bound on what is kept while the relay is away. */
const MOST_UNSENT = 64;

let state = {
  ...first,
  sound: localStorage.getItem('sound') !== 'off',
  keys: localStorage.getItem('keys') !== 'off',
  privacy: JSON.parse(sessionStorage.getItem('privacy') ?? 'null'),
};
let stream = new MediaStream();
/** Settles when what camera and microphone can do is known; null while they are closed. */
let ready = null;
/** The connection to the kiosk: made while it rings, and carries nothing of this side before the answer. */
let peer = null;
/** What it told meanwhile. */
let early = [];
/** The placard that is sent in the camera's place, and its words. */
let covered = null;
/** Stops looking at the light. */
let darken = () => {};
let quiet = null;
/** Whether the visitor was told to expect a picture. */
let promised = false;
let rejoining = null;
let leaving = null;
let patience = null;
let unsent = [];
let typed = { text: '', timer: null };
/** The visitor's paper as a bitmap: here and nowhere else. */
let still = null;
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
  if (is.name === 'offer' && (was.at?.call !== is.at.call || was.at.epoch !== is.at.epoch)) prepare(is);
  if (was.name === 'offer' && is.name !== 'offer' && is.name !== 'call') forgetPeer();
  if (wantsDevices(state) && !ready) ready = openDevices();
  if (!wantsDevices(state) && ready) closeDevices();
  if (is.name === 'call' && (was.name !== 'call' || was.at.call !== is.at.call)) converse(is, event);
  // First the relay, or the kiosk would take the closed connection for a broken one.
  if (state.farewell && !before.farewell) leave();
  if (was.name === 'call' && is.name !== 'call') farewell();
  if (was.name === 'call' && is.name === 'call' && (was.hold !== is.hold || was.asked !== is.asked)) arrange();
  if (!state.farewell) clearInterval(leaving);
  if (still && is.paper?.number !== still.number) forgetStill();
  if (is.name === 'replaced' && was.name !== 'replaced') link.close();
  if (event.type === 'peer' && event.state === 'failed') rejoin();
  if (event.type === 'peer' && event.state === 'connecting') stopRejoining();
  if (event.type === 'said' && event.message.type === 'welcome') welcomed(was, event.message);
  if (event.type === 'said' && event.message.type === 'present') {
    askForHold();
    if (is.fluency?.lost) saySight();
  }
  if (was.name === 'call' && is.name === 'call' && was.fluency.lost !== is.fluency.lost) saySight();
  // A conversation goes on without the relay; its end leads to the login.
  if (event.type === 'logged-out' && is.name !== 'call') location.assign('/console/login');
  const chosen = outcomeToSay(state);
  if (chosen) {
    link.send({ type: 'wrap-up', ...chosen });
    tell({ type: 'outcome-said' });
  }
}

/** The relay is back: it is told what it missed. */
function welcomed(was, { status }) {
  const { phase, wanted } = state;
  if (was.name === 'call' && phase.name === 'call') {
    for (const message of unsent.splice(0)) link.send({ ...message, at: phase.at });
    askForHold();
    saySight();
    // A socket that was away in the middle of a conversation may have missed the kiosk's offer.
    if (!peer?.alive) rejoin();
  }
  if (phase.name === 'idle' && wanted && wanted !== status) link.send({ type: 'status', status: wanted });
}

function heard(event) {
  if (event.type === 'said' && event.message.type === 'signal') {
    if (event.message.at.call === state.phase.at?.call) peer?.take(event.message);
    return;
  }
  tell(event);
}

/** Connects while it rings, so that whoever answers is seen at once. */
function prepare({ ice }) {
  forgetPeer();
  peer = new Peer(signal, spoken, { video: null, audio: null }, servers(ice));
}

function forgetPeer() {
  peer?.close();
  peer = null;
  early = [];
}

const servers = (ice) => ice.map(({ urls, username, credential }) => ({ urls, username, credential }));

async function converse(call, event) {
  // An answered call has the kiosk's offer, or it is on its way; a page that came back must ask for one.
  const answered = event.message?.type === 'accepted';
  if (!answered) forgetPeer();
  peer ??= new Peer(signal, spoken, outgoing(), servers(call.ice));
  arrange();
  for (const event of early.splice(0)) spoken(event);
  // What was asked for before a reload may never have reached the kiosk.
  askForHold();
  await ready;
  if (state.phase.at?.call !== call.at.call) return;
  arrange();
  if (answered) patience = setTimeout(() => !peer?.connection && rejoin(), OFFER_PATIENCE);
  else rejoin();
}

function signal(round, signal) {
  if (!state.phase.at) return;
  const message = { type: 'signal', at: state.phase.at, to: 0, round, ...signal };
  if (state.link === 'up') return link.send(message);
  // An older description is worth nothing beside a newer one.
  if (signal.signal === 'description') unsent = [];
  if (unsent.length < MOST_UNSENT) unsent.push(message);
}

function spoken(event) {
  if (state.phase.name === 'offer') early.push(event);
  if (state.phase.name !== 'call') return;
  if (event.type === 'remote') page.remote(event.stream, (muffled) => tell({ type: 'muffled', muffled }));
  else if (event.type === 'heard') {
    if (event.edits.length > 0) tell({ type: 'typed', side: 'visitor', edits: event.edits });
    if (event.bell) tell({ type: 'bell' });
  } else if (event.type === 'paper-complete') lookAt(event);
  else {
    if (event.type === 'paper-damaged') peer.paper({ still: 'damaged', number: event.number });
    tell(event);
  }
}

/** Shows the visitor's paper, if it is the one that was sent. */
async function lookAt({ number, sha256, data }) {
  const at = peer;
  const sound = await intact(data, sha256);
  const bitmap = sound ? await createImageBitmap(new Blob([data], { type: 'image/jpeg' })).catch(() => null) : null;
  // Meanwhile it may have been taken away, or another one begun.
  if (peer !== at || state.phase.paper?.number !== number) return bitmap?.close();
  if (!bitmap) return spoken({ type: 'paper-damaged', number });
  forgetStill();
  still = { number, bitmap };
  peer.paper({ still: 'whole', number });
  tell({ type: 'paper-whole', number });
}

function forgetStill() {
  still?.bitmap.close();
  still = null;
}

/** Says what was asked for and not granted yet: now, and again when either side has been away. */
function askForHold() {
  const { phase } = state;
  if (phase.name === 'call' && phase.asked !== null) link.send({ type: 'hold', at: phase.at, on: phase.asked });
}

/** Whether the visitor's hands can be read here. */
function saySight() {
  const { phase } = state;
  if (phase.name === 'call') link.send({ type: 'sight', at: phase.at, fluent: !phase.fluency.lost });
}

function rejoin() {
  if (rejoining !== null) return;
  const ask = () => {
    promised = stream.getVideoTracks().length > 0;
    link.send({ type: 'rejoin', at: state.phase.at, camera: promised });
  };
  rejoining = setInterval(ask, REJOIN_EVERY);
  ask();
}

function stopRejoining() {
  clearInterval(rejoining);
  rejoining = null;
  clearTimeout(patience);
}

/** Once may be too little: what is sent over a network that is already dead arrives nowhere. */
function leave() {
  const say = () => link.send({ type: 'hang-up', at: state.farewell });
  leaving = setInterval(say, HANG_UP_EVERY);
  say();
}

function farewell() {
  stopRejoining();
  forgetPeer();
  promised = false;
  unsent = [];
  sessionStorage.removeItem('privacy');
  clearTimeout(typed.timer);
  typed = { text: '', timer: null };
  page.remote(null);
  arrange();
}

/** What the visitor is sent now, and nothing else: the one place that knows mute, curtain and hold. */
function outgoing() {
  const call = state.phase.name === 'call' ? state.phase : null;
  const [camera = null] = stream.getVideoTracks();
  const [microphone = null] = stream.getAudioTracks();
  const held = call !== null && onHold(call);
  if (microphone) microphone.enabled = !call?.muted && !held;
  if (camera) camera.enabled = !held;
  const lost = promised && !camera;
  const hidden = held ? null : call?.curtain ? 'curtain-for-visitor' : call && lost ? 'camera-lost-for-visitor' : null;
  if ((covered?.hidden ?? null) !== hidden) {
    covered?.close();
    covered = hidden ? { ...devices.placard(words.sayTo(call.topic.reading, hidden)), hidden } : null;
  }
  if (!call || held) return { video: null, audio: null };
  return { video: covered?.track ?? camera, audio: microphone ?? (quiet ??= devices.silence()) };
}

/** Puts the present choice onto the connection and into own picture. */
function arrange() {
  const tracks = outgoing();
  peer?.replace(tracks);
  page.own(covered ? new MediaStream([covered.track]) : stream, { mirrored: !covered });
  if (state.phase.name !== 'call') return;
  const { at, muted, curtain, hold, asked } = state.phase;
  sessionStorage.setItem('privacy', JSON.stringify({ call: at.call, muted, curtain, hold: hold !== null, asked }));
}

function flush() {
  const { text } = typed;
  typed = { text: '', timer: null };
  peer?.text(text);
}

const act = {
  status(status) {
    if (state.link !== 'up') return;
    link.send({ type: 'status', status });
    tell({ type: 'wanted', status });
  },
  async answer() {
    if (state.phase.name !== 'offer' || state.phase.answering) return;
    const { call } = state.phase.at;
    tell({ type: 'answering' });
    // The answer tells whether there is a camera.
    await ready;
    if (state.phase.name !== 'offer' || state.phase.at.call !== call) return;
    promised = stream.getVideoTracks().length > 0;
    link.send({ type: 'accept', at: state.phase.at, camera: promised });
  },
  declining: (on) => tell({ type: 'declining', on }),
  decline(reason) {
    link.send({ type: 'decline', at: state.phase.at, reason });
    // The relay puts whoever is unwell on a break.
    if (reason === 'unwell') tell({ type: 'wanted', status: 'break' });
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
  point(place) {
    const { paper } = state.phase;
    if (!paper?.whole) return;
    peer?.paper({ still: 'point', number: paper.number, ...place });
    tell({ type: 'paper-pointed', number: paper.number, place });
  },
  wipePaper() {
    const { paper } = state.phase;
    if (!paper) return;
    peer?.paper({ still: 'wipe', number: paper.number });
    tell({ type: 'paper-gone' });
  },
  /** The bitmap that the view draws. */
  still: () => still?.bitmap ?? null,
  mute() {
    tell({ type: 'mute' });
    arrange();
  },
  curtain() {
    tell({ type: 'curtain' });
    arrange();
  },
  hold() {
    if (state.phase.name !== 'call') return;
    const on = !(state.phase.asked ?? state.phase.hold !== null);
    tell({ type: 'hold-asked', on });
    askForHold();
  },
  transferring(on) {
    if (!on || canTransfer(state)) tell({ type: 'transferring', on });
  },
  transfer() {
    if (!canTransfer(state) || state.phase.transfer !== 'question') return;
    tell({ type: 'transfer-asked' });
    link.send({ type: 'transfer', at: state.phase.at });
  },
  hangingUp: (on) => tell({ type: 'hanging-up', on }),
  hangUp: () => tell({ type: 'hung-up' }),
  outcome: (outcome) => tell({ type: 'outcome', outcome }),
  checked() {
    sessionStorage.setItem('checked', 'yes');
    if (window.Notification?.permission === 'default') Notification.requestPermission();
    tell({ type: 'checked' });
  },
  checkAgain: () => tell({ type: 'check-again' }),
  sound() {
    tell({ type: 'sound' });
    localStorage.setItem('sound', state.sound ? 'on' : 'off');
  },
  keys() {
    tell({ type: 'keys' });
    localStorage.setItem('keys', state.keys ? 'on' : 'off');
  },
  faultSeen: () => tell({ type: 'fault-seen' }),
  language: words.choose,
  takeOver: () => location.reload(),
  openDevices() {
    ready = openDevices();
  },
  pick(kind, device) {
    devices.choose(kind, device);
    ready = openDevices([kind]);
  },
  /** The glass over the paper: looking is the view's own business. */
  glass: (look) => page.glass(look),
  logOut: () => page.logOut(),
};

/** Opens camera and microphone, or the one named, and leaves the other as it is. */
async function openDevices(kinds = devices.KINDS) {
  const asked = (track) => kinds.includes(devices.kindOf(track));
  // A camera that is still held cannot be opened as another.
  for (const track of stream.getTracks().filter(asked)) track.stop();
  const opened = await devices.open(kinds, lost);
  // Meanwhile they may have been closed, or opened once more.
  if (!ready || !wantsDevices(state)) {
    for (const track of opened.tracks) track.stop();
    return;
  }
  for (const track of stream.getTracks().filter(asked)) track.stop();
  stream = new MediaStream([...stream.getTracks().filter((track) => !asked(track)), ...opened.tracks]);
  page.meter(stream);
  watchLight();
  // In a conversation the new camera takes the old one's place.
  arrange();
  await describe(opened.trouble);
}

function closeDevices() {
  ready = null;
  for (const track of stream.getTracks()) track.stop();
  stream = new MediaStream();
  page.own(stream);
  page.meter(stream);
  watchLight();
  tell({ type: 'devices', devices: first.devices });
}

function watchLight() {
  darken();
  const camera = stream.getVideoTracks().length > 0;
  darken = camera ? devices.lamp(stream, (light) => light !== state.light && tell({ type: 'light', light })) : () => {};
}

/** `changed` is the trouble of each kind that was looked at anew. */
async function describe(changed) {
  const [camera, microphone] = [stream.getVideoTracks().length > 0, stream.getAudioTracks().length > 0];
  const trouble = { ...state.devices.trouble, ...changed };
  const list = await devices.list();
  tell({ type: 'devices', devices: { state: 'ready', camera, microphone, trouble, list } });
}

/** Unplugged: the conversation goes on with what is left. */
function lost(track) {
  if (!stream.getTracks().includes(track)) return;
  stream.removeTrack(track);
  arrange();
  describe({ [devices.kindOf(track)]: 'missing' });
}

/** Frames a second and delay of the visitor's picture, from the browser's own books. */
async function measure() {
  const connection = peer?.connection;
  if (state.phase.name !== 'call' || !connection) return;
  const entries = [...(await connection.getStats()).values()];
  const picture = entries.find((entry) => entry.type === 'inbound-rtp' && entry.kind === 'video');
  const pair = entries.find((entry) => entry.type === 'candidate-pair' && entry.nominated);
  if (connection !== peer?.connection) return;
  const way = pair?.currentRoundTripTime;
  const delay = way === undefined ? null : Math.round((way / 2) * 1000 + held(picture));
  tell({
    type: 'quality',
    frames: picture?.framesDecoded ?? 0,
    quality: { fps: Math.round(picture?.framesPerSecond ?? 0), delay },
  });
}

/** How long pictures have waited for their order in the jitter buffer, in milliseconds a picture. */
function held(picture) {
  const count = picture?.jitterBufferEmittedCount ?? 0;
  return count > 0 ? (picture.jitterBufferDelay / count) * 1000 : 0;
}

await words.start();
// Letters that change their width under a finger are missed by it: the page waits for its font, but not for long.
await Promise.race([
  Promise.all([400, 600, 700].map((weight) => document.fonts.load(`${weight} 16px Inter`, 'Ua Її'))),
  new Promise((later) => setTimeout(later, 1500)),
]);
const page = new Page(act);
document.body.append(page.root);
const link = new Link(heard);
// A reload in the middle of a conversation needs no click: what was checked stays checked for this tab.
tell({ type: sessionStorage.getItem('checked') ? 'checked' : 'tick' });
setInterval(() => tell({ type: 'tick' }), 250);
setInterval(measure, 500);
setInterval(() => page.voice(peer?.loudness ?? 0), 200);
navigator.mediaDevices?.addEventListener('devicechange', () => {
  // What works is left alone: opening a camera anew would freeze it in the middle of a conversation.
  const missing = devices.KINDS.filter((kind) => !stream.getTracks().some((track) => devices.kindOf(track) === kind));
  if (ready && missing.length > 0) ready = openDevices(missing);
});
addEventListener('beforeunload', (event) => {
  if (state.phase.name === 'call') event.preventDefault();
});

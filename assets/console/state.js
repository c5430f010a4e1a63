// All that the page knows, and how it changes. Pure: an event and the time in, a new state out.
//
// One invariant: the data of a phase lives in that phase, so that leaving it forgets what was said.

import { fresh, watch } from './fluency.js';
import { apply, markLoss } from './t140.js';

/** Milliseconds without a new frame after which the picture is called stalled. */
export const STALLED = 2000;

/** The relay withdraws an offer itself; a page that cannot hear it does so this much later. */
const OFFER_GRACE = 3000;

export const first = {
  phase: { name: 'check' },
  link: 'down',
  interpreter: null,
  status: { status: 'offline', since: 0, missed: false },
  pool: { waiting: 0, available: 0 },
  /** `trouble` tells of each why it cannot be used: 'refused', 'missing', 'busy' or null. */
  devices: { state: 'asking', camera: false, microphone: false, trouble: { camera: null, microphone: null } },
  /** How the face is lit: 'good', 'dark', 'bright', 'behind'; null until it was looked at. */
  light: null,
  sound: true,
  /** Whether letters press controls. Who dictates or rests a hand on the keyboard turns it off (WCAG 2.1.4). */
  keys: true,
  fault: null,
  /** The status last asked for here: said again when the relay has forgotten it with the socket. */
  wanted: null,
  /** `{call, muted, curtain, hold, asked}` as they were before a reload: a drawn curtain must not open by itself. */
  privacy: null,
  /** The call that was left here, until the relay confirms its end. */
  farewell: null,
  /** `{call, outcome}` that was chosen and is still to be said. */
  outcome: null,
  /** Whether the present phase came by itself, under the hands of a person who may be typing. */
  unasked: false,
};

/** The relay's own default; it says the true number as soon as it is back. */
const WRAP_UP_S = 30;

/** A second in milliseconds. */
const S = 1000;

export function reduce(state, event, now) {
  const next = after(state, event, now);
  if (next.phase.name === state.phase.name) return next;
  // Who has answered waits for the call that comes.
  const unasked = ['said', 'tick'].includes(event.type) && !state.phase.answering;
  return { ...next, unasked };
}

function after(state, event, now) {
  switch (event.type) {
    case 'link-up':
      return { ...state, link: 'greeting' };
    case 'link-down':
      // Whether the relay heard of a transfer is told by the call's being there when it is back.
      return { ...inPhase(state, 'call', (call) => ({ ...call, transfer: null })), link: 'down' };
    case 'said':
      return said(state, event.message, now);
    case 'devices':
      return { ...state, devices: event.devices };
    case 'light':
      return { ...state, light: event.light };
    case 'checked':
      return state.phase.name === 'check' ? { ...state, phase: { name: 'idle' } } : state;
    case 'check-again':
      return state.phase.name === 'idle' ? { ...state, phase: { name: 'check' } } : state;
    case 'keys':
      return { ...state, keys: !state.keys };
    case 'sound':
      return { ...state, sound: !state.sound };
    case 'declining':
      return inPhase(state, 'offer', (phase) => ({ ...phase, declining: event.on }));
    case 'answering':
      return inPhase(state, 'offer', (phase) => ({ ...phase, answering: true }));
    case 'declined':
      return state.phase.name === 'offer' ? { ...state, phase: { name: 'idle' } } : state;
    case 'wanted':
      return { ...state, wanted: event.status };
    case 'hung-up':
      return hungUp(state, now);
    case 'outcome':
      if (state.phase.name !== 'wrap-up') return state;
      return { ...state, outcome: { call: state.phase.call, outcome: event.outcome } };
    case 'outcome-said':
      return { ...state, outcome: null, phase: state.phase.name === 'wrap-up' ? { name: 'idle' } : state.phase };
    case 'tick':
      return tick(state, now);
    case 'fault-seen':
      return { ...state, fault: null };
    default:
      return inPhase(state, 'call', (call) => inCall(call, event, now));
  }
}

function inCall(call, event, now) {
  switch (event.type) {
    case 'peer':
      return event.state === 'connecting' ? anew(call) : { ...call, peer: event.state };
    case 'muffled':
      return { ...call, muffled: event.muffled };
    case 'bell':
      return { ...call, bell: now };
    case 'text-open':
      return { ...call, textOpen: event.open };
    case 'typed':
      return { ...call, rows: event.edits.reduce((rows, edit) => apply(rows, event.side, edit), call.rows) };
    case 'mute':
      return { ...call, muted: !call.muted };
    case 'curtain':
      return { ...call, curtain: !call.curtain };
    case 'hold-asked':
      return { ...call, asked: event.on, blank: call.blank || (event.on && seen(call)) };
    case 'paper-begins':
      return { ...call, paper: { number: event.number, bytes: event.bytes, received: 0, whole: false, place: null } };
    case 'paper-comes':
      return onPaper(call, event, (paper) => ({ ...paper, received: event.received }));
    case 'paper-whole':
      return onPaper(call, event, (paper) => ({ ...paper, received: paper.bytes, whole: true }));
    case 'paper-pointed':
      return onPaper(call, event, (paper) => ({ ...paper, place: event.place }));
    case 'paper-damaged':
    case 'paper-gone':
      return { ...call, paper: null };
    case 'hanging-up':
      if (call.transfer === 'asked') return call;
      return { ...call, hangingUp: event.on, transfer: null };
    case 'transferring':
      if (call.transfer === 'asked') return call;
      return { ...call, transfer: event.on ? 'question' : null, hangingUp: false };
    case 'transfer-asked':
      return { ...call, transfer: 'asked' };
    case 'quality': {
      const moved = event.frames > call.frames;
      const lastFrame = moved ? now : call.lastFrame;
      // A frame that comes on hold is one of before.
      const blank = onHold(call) ? call.blank || moved : call.blank && !moved;
      const watched = lastFrame !== null && !onHold(call);
      const fluency = watched ? watch(call.fluency, event.frames, now) : call.fluency;
      return { ...call, quality: event.quality, frames: event.frames, lastFrame, blank, fluency };
    }
    default:
      return call;
  }
}

/** The kiosk's word on the hold. What was asked for is done when it says the same. */
function held(call, { at, on }, now) {
  const asked = call.asked === on ? null : call.asked;
  const hold = on ? (call.hold ?? { since: now }) : null;
  // The visitor's picture is given its time anew; until then none of before is shown.
  const lastFrame = seen(call) && call.hold && !on ? now : call.lastFrame;
  return { ...call, at, hold, asked, blank: call.blank || (on && seen(call)), lastFrame, fluency: fresh };
}

/** Whether this connection has brought a picture: who only writes sends none. */
function seen(call) {
  return call.lastFrame !== null;
}

/** Whether this side sends nothing: at once when it asks for a hold, and until the kiosk says that it is over. */
export function onHold(call) {
  return call.hold !== null || call.asked === true;
}

/** What is said of an older paper is void. */
function onPaper(call, { number }, change) {
  return call.paper?.number === number ? { ...call, paper: change(call.paper) } : call;
}

/**
 * A new peer connection, with channels of its own: what the visitor was typing may have been cut off, and a paper that
 * they still show is sent again.
 */
function anew(call) {
  const typing = call.rows.some((row) => row.side === 'visitor' && row.live);
  const rows = seen(call) && typing ? markLoss(call.rows, 'visitor') : call.rows;
  return {
    ...call,
    peer: 'connecting',
    rows,
    frames: 0,
    lastFrame: null,
    quality: null,
    fluency: fresh,
    visitorReads: true,
    paper: null,
  };
}

/** The conversation ends here at once: whoever hangs up is neither seen nor heard a moment longer. */
function hungUp(state, now) {
  if (state.phase.name !== 'call') return state;
  const { at } = state.phase;
  const phase = wrapUp({ call: at.call, remaining_s: WRAP_UP_S }, 'interpreter', now);
  return { ...state, farewell: at, phase };
}

/** The chosen outcome, once the relay can take it: it knows of the end and is in reach. */
export function outcomeToSay({ link, farewell, outcome }) {
  return link === 'up' && !farewell ? outcome : null;
}

/** Whether a wrap-up asks how it ended: after a transfer that is the colleague's to say. */
export function asksOutcome(phase) {
  return phase.reason !== 'transferred';
}

function tick(state, now) {
  const { phase } = state;
  if (phase.name === 'offer' && now > phase.until + OFFER_GRACE) {
    return { ...state, phase: { name: 'idle', gone: 'missed' } };
  }
  // The relay ends wrap-up by itself when the time is over.
  if (phase.name === 'wrap-up' && now > phase.until && !state.outcome && !state.farewell) {
    return { ...state, phase: { name: 'idle' } };
  }
  return state;
}

function inPhase(state, name, change) {
  return state.phase.name === name ? { ...state, phase: change(state.phase) } : state;
}

function said(state, message, now) {
  switch (message.type) {
    case 'welcome':
      return welcome({ ...state, link: 'up', interpreter: message.interpreter, fault: null }, message, now);
    case 'status':
      return {
        ...state,
        status: { status: message.status, since: now - message.for_s * S, missed: message.missed },
        wanted: message.missed ? message.status : state.wanted,
      };
    case 'pool':
      return { ...state, pool: { waiting: message.waiting, available: message.available } };
    case 'offer':
      if (state.phase.name === 'call' || state.phase.name === 'replaced') return state;
      return {
        ...state,
        phase: {
          name: 'offer',
          at: message.at,
          cnap: message.cnap,
          kiosk: message.kiosk,
          topic: message.topic,
          ice: message.ice ?? [],
          since: now - message.waited_s * S,
          until: now + message.ring_s * S,
          rings: message.ring_s * S,
          declining: false,
          answering: false,
        },
      };
    case 'offer-gone':
      return state.phase.name === 'offer' && state.phase.at.call === message.call
        ? { ...state, phase: { name: 'idle', gone: message.why } }
        : state;
    case 'accepted':
      if (state.phase.name === 'call' && state.phase.at.call === message.at.call) return state;
      return { ...state, phase: callOf(message, null, now) };
    case 'absent':
      return inPhase(state, 'call', (call) => ({ ...call, at: message.at, visitorLinked: false }));
    case 'present':
      return inPhase(state, 'call', (call) => ({ ...call, at: message.at, visitorLinked: true }));
    case 'hold':
      return inPhase(state, 'call', (call) => (call.at.call === message.at.call ? held(call, message, now) : call));
    case 'sight':
      return inPhase(state, 'call', (call) =>
        call.at.call === message.at.call ? { ...call, at: message.at, visitorReads: message.fluent } : call,
      );
    case 'alarm':
      return inPhase(state, 'call', (call) => ({ ...call, alarm: message.kind ?? null }));
    case 'transferred':
      return ended(state, { ...message, reason: 'transferred' }, now);
    case 'ended':
      return ended(state, message, now);
    case 'replaced':
      return { ...state, phase: { name: 'replaced' } };
    case 'error':
      return fault(state, message);
    default:
      return state;
  }
}

function welcome(state, message, now) {
  const next = { ...state, status: { status: message.status, since: now, missed: false } };
  if (message.live) {
    if (state.farewell?.call === message.live.at.call) return next;
    // The conversation this page already holds goes on as it is.
    if (state.phase.name === 'call' && state.phase.at.call === message.live.at.call) {
      // A kiosk that is away is told right after, and so is an alarm that still is, and what the visitor cannot read.
      return { ...next, phase: { ...state.phase, at: message.live.at, visitorLinked: true, visitorReads: true, alarm: null } };
    }
    return { ...next, phase: callOf(message.live, state.privacy, now) };
  }
  next.farewell = null;
  if (message.wrap_up) return { ...next, phase: wrapping(state.phase, message.wrap_up, null, now) };
  // Whatever was offered or talked in before is not this interpreter's any more.
  return ['offer', 'call', 'wrap-up'].includes(state.phase.name)
    ? { ...next, phase: { name: 'idle', gone: state.phase.name === 'call' ? 'ended' : undefined } }
    : next;
}

function callOf(live, privacy, now) {
  const known = privacy?.call === live.at.call;
  return {
    name: 'call',
    at: live.at,
    leg: live.leg,
    cnap: live.cnap,
    kiosk: live.kiosk,
    topic: live.topic,
    ice: live.ice ?? [],
    since: now - live.talked_s * S,
    visitorLinked: true,
    peer: 'connecting',
    lastFrame: null,
    textOpen: false,
    rows: [],
    muted: known && privacy.muted,
    curtain: known && privacy.curtain,
    /** `{since}` while the conversation is on hold, as the kiosk says. */
    hold: known && privacy.hold ? { since: now } : null,
    /** What this page asked for, hold or not, until the kiosk says so too; else null. */
    asked: known ? (privacy.asked ?? null) : null,
    /** The visitor's picture is one of before the hold, so it is not shown. */
    blank: false,
    /** The browser plays no sound before the first press on a page. */
    muffled: false,
    /** When the visitor last asked for attention. */
    bell: null,
    /** `{number, bytes, received, whole, place}` while the visitor shows a paper. */
    paper: null,
    hangingUp: false,
    /** Giving the visitor to a colleague: 'question', 'asked', 'refused' when nobody is free, 'failed'; else null. */
    transfer: null,
    /** 'air-raid' or 'fire' where the visitor is. */
    alarm: null,
    quality: null,
    frames: 0,
    /** Whether the visitor's hands can be read (see `fluency`). */
    fluency: fresh,
    /** Whether the visitor can read the interpreter's hands, as the kiosk says. */
    visitorReads: true,
  };
}

/** `reason` is null when this page did not hear why the call ended. */
function wrapUp(message, reason, now) {
  return { name: 'wrap-up', call: message.call, reason, until: now + message.remaining_s * S };
}

/** The relay's word on a wrap-up; what is already shown of the same call stays. */
function wrapping(phase, message, reason, now) {
  const next = wrapUp(message, reason, now);
  const same = phase.name === 'wrap-up' && phase.call === message.call;
  return same ? { ...next, reason: phase.reason } : next;
}

function ended(state, message, now) {
  const { phase } = state;
  const left = state.farewell?.call === message.call;
  if (!left && (phase.name !== 'call' || phase.at.call !== message.call)) return state;
  const next = { ...state, farewell: null };
  if (message.wrap_up) return { ...next, phase: wrapping(phase, message.wrap_up, message.reason, now) };
  return { ...next, phase: { name: 'idle', gone: message.reason === 'lost' ? 'lost' : 'ended' } };
}

function fault(state, message) {
  if (state.phase.name === 'offer' && state.phase.answering) {
    // Somebody else was quicker, or the visitor left: the card goes, and says why.
    const taken = ['stale', 'not-now', 'no-call'].includes(message.code);
    const phase = taken ? { name: 'idle', gone: 'taken' } : { ...state.phase, answering: false };
    return { ...state, phase, fault: taken ? state.fault : message.code };
  }
  if (state.phase.name === 'call' && state.phase.transfer === 'asked') {
    // A call that has moved on meanwhile may be given away all the same.
    const transfer = { 'nobody-free': 'refused', stale: 'question' }[message.code] ?? 'failed';
    state = { ...state, phase: { ...state.phase, transfer } };
    if (transfer === 'refused') return state;
  }
  // What is still to be said will be said for the call's present state.
  if (message.code === 'stale' && message.at && state.phase.at?.call === message.at.call) {
    return { ...state, phase: { ...state.phase, at: message.at } };
  }
  return { ...state, fault: message.code };
}

/** Whether camera and microphone should be open: on a break and off duty their lights are out. */
export function wantsDevices({ phase, status, wanted }) {
  if (phase.name === 'replaced') return false;
  if (phase.name !== 'idle') return true;
  return status.status === 'available' || wanted === 'available';
}

/** Whether the visitor can be given to a colleague: out of reach, they would see an end and not know why. */
export function canTransfer({ phase, link }) {
  return phase.name === 'call' && link === 'up' && phase.visitorLinked;
}

/** Why both had better write for now: 'slow' when the visitor's hands cannot be read, 'slow-there' when own cannot. */
export function unread(call) {
  if (onHold(call)) return null;
  if (call.fluency.lost) return 'slow';
  return call.visitorReads ? null : 'slow-there';
}

/** Whether the visitor's picture stands still now. */
export function stalled(call, now) {
  return !onHold(call) && call.lastFrame !== null && now - call.lastFrame > STALLED;
}

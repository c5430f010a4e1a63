// All that the page knows, and how it changes. Pure: an event and the time in, a new state out.
//
// One invariant: the data of a phase lives in that phase, so that leaving it forgets what was said.

import { apply } from './t140.js';

/** Milliseconds without a new frame after which the picture is called stalled. */
export const STALLED = 2000;

export const first = {
  phase: { name: 'check' },
  link: 'down',
  interpreter: null,
  status: { status: 'offline', since: 0, missed: false },
  pool: { waiting: 0, available: 0 },
  devices: { state: 'asking', camera: false, microphone: false },
  sound: true,
  fault: null,
};

/** A second in milliseconds. */
const S = 1000;

export function reduce(state, event, now) {
  switch (event.type) {
    case 'link-up':
      return { ...state, link: 'greeting' };
    case 'link-down':
      return { ...state, link: 'down' };
    case 'said':
      return said(state, event.message, now);
    case 'devices':
      return { ...state, devices: event.devices };
    case 'checked':
      return state.phase.name === 'check' ? { ...state, phase: { name: 'idle', declining: false } } : state;
    case 'check-again':
      return state.phase.name === 'idle' ? { ...state, phase: { name: 'check' } } : state;
    case 'sound':
      return { ...state, sound: !state.sound };
    case 'declining':
      return inPhase(state, 'offer', (phase) => ({ ...phase, declining: event.on }));
    case 'answering':
      return inPhase(state, 'offer', (phase) => ({ ...phase, answering: true }));
    case 'declined':
      return state.phase.name === 'offer' ? { ...state, phase: { name: 'idle' } } : state;
    case 'outcome':
      return state.phase.name === 'wrap-up' ? { ...state, phase: { name: 'idle' } } : state;
    case 'fault-seen':
      return { ...state, fault: null };
    default:
      return inPhase(state, 'call', (call) => inCall(call, event, now));
  }
}

function inCall(call, event, now) {
  switch (event.type) {
    case 'peer':
      return { ...call, peer: event.state };
    case 'frame':
      return { ...call, lastFrame: now };
    case 'text-open':
      return { ...call, textOpen: event.open };
    case 'typed':
      return { ...call, rows: event.edits.reduce((rows, edit) => apply(rows, event.side, edit), call.rows) };
    case 'mute':
      return { ...call, muted: !call.muted };
    case 'curtain':
      return { ...call, curtain: !call.curtain };
    case 'hanging-up':
      return { ...call, hangingUp: event.on };
    case 'quality':
      return { ...call, quality: event.quality };
    default:
      return call;
  }
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
      };
    case 'pool':
      return { ...state, pool: { waiting: message.waiting, available: message.available } };
    case 'offer':
      return {
        ...state,
        phase: {
          name: 'offer',
          at: message.at,
          cnap: message.cnap,
          kiosk: message.kiosk,
          topic: message.topic,
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
      return { ...state, phase: callOf(message, now) };
    case 'absent':
      return inPhase(state, 'call', (call) => ({ ...call, at: message.at, visitorLinked: false }));
    case 'present':
      return inPhase(state, 'call', (call) => ({ ...call, at: message.at, visitorLinked: true }));
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
    // The conversation this page already holds goes on as it is.
    if (state.phase.name === 'call' && state.phase.at.call === message.live.at.call) {
      return { ...next, phase: { ...state.phase, at: message.live.at } };
    }
    return { ...next, phase: callOf(message.live, now) };
  }
  if (message.wrap_up) return { ...next, phase: wrapUp(message.wrap_up, 'lost', now) };
  // Whatever was offered or talked in before is not this interpreter's any more.
  return ['offer', 'call', 'replaced'].includes(state.phase.name)
    ? { ...next, phase: { name: 'idle', gone: state.phase.name === 'call' ? 'ended' : undefined } }
    : next;
}

function callOf(live, now) {
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
    muted: false,
    curtain: false,
    hangingUp: false,
    quality: null,
  };
}

function wrapUp(message, reason, now) {
  return { name: 'wrap-up', call: message.call, reason, until: now + message.remaining_s * S };
}

function ended(state, message, now) {
  if (state.phase.name !== 'call' || state.phase.at.call !== message.call) return state;
  return {
    ...state,
    phase: message.wrap_up ? wrapUp(message.wrap_up, message.reason, now) : { name: 'idle', gone: 'ended' },
  };
}

function fault(state, message) {
  const stale = ['stale', 'not-now', 'no-call'].includes(message.code);
  // Somebody else was quicker, or the visitor left: the card goes, and says why.
  if (stale && state.phase.name === 'offer') return { ...state, phase: { name: 'idle', gone: 'taken' } };
  return { ...state, fault: message.code };
}

/** Whether the visitor's picture stands still now. */
export function stalled(call, now) {
  return call.lastFrame !== null && now - call.lastFrame > STALLED;
}

// Stories of an interpreter's day, told to the page's reducer.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  asksOutcome, canTransfer, first, onHold, outcomeToSay, reduce, stalled, unread, wantsDevices,
} from '../../assets/console/state.js';
import { keys } from '../../assets/console/view/keys.js';

const CALL = '7f1c';
const topic = { service: 'id-card-exchange', signing: 'ukl', reading: 'uk' };
const at = (epoch) => ({ call: CALL, epoch });
const offer = { type: 'offer', at: at(2), cnap: 'ЦНАП', kiosk: 'Кіоск 2', topic, waited_s: 42, ring_s: 15 };
const live = { at: at(3), leg: 1, cnap: 'ЦНАП', kiosk: 'Кіоск 2', topic, talked_s: 0, ice: [] };
const accepted = { type: 'accepted', ...live };
const welcome = (more) => ({ type: 'welcome', version: 1, interpreter: 14, status: 'available', ...more });
const wrapUp = { call: CALL, remaining_s: 30 };

/** A page and its clock. Messages of the relay are told with `hear`, everything else with `tell`. */
class Story {
  state = first;
  now = 1_000_000;

  tell(...events) {
    for (const event of events) {
      this.state = reduce(this.state, typeof event === 'string' ? { type: event } : event, this.now);
    }
    return this;
  }

  hear(...messages) {
    return this.tell(...messages.map((message) => ({ type: 'said', message })));
  }

  later(ms) {
    this.now += ms;
    return this.tell('tick');
  }

  get phase() {
    return this.state.phase;
  }
}

const onDuty = () => new Story().tell('link-up').hear(welcome()).tell('checked');
const inCall = () => onDuty().hear(offer).tell('answering').hear(accepted);

test('from the check to a call and back', () => {
  const story = new Story().tell('link-up').hear(welcome({ status: 'offline' }));
  assert.equal(story.phase.name, 'check');
  story.tell('checked').hear({ type: 'status', status: 'available', for_s: 0 });
  assert.equal(story.phase.name, 'idle');
  story.hear(offer);
  assert.equal(story.phase.name, 'offer');
  assert.equal(story.now - story.phase.since, 42_000);
  story.tell('answering').hear(accepted);
  assert.equal(story.phase.name, 'call');
  assert.deepEqual(story.phase.at, at(3));
  story.hear({ type: 'ended', call: CALL, reason: 'visitor', wrap_up: wrapUp });
  assert.deepEqual([story.phase.name, story.phase.reason], ['wrap-up', 'visitor']);
  story.tell({ type: 'outcome', outcome: 'resolved' });
  assert.deepEqual(outcomeToSay(story.state), { call: CALL, outcome: 'resolved' });
  story.tell('outcome-said');
  assert.equal(story.phase.name, 'idle');
  assert.equal(outcomeToSay(story.state), null);
});

test('the words of a call are forgotten with it', () => {
  const story = inCall().tell({ type: 'typed', side: 'visitor', edits: [{ insert: 'я' }] });
  assert.equal(story.phase.rows.length, 1);
  story.hear({ type: 'ended', call: CALL, reason: 'visitor', wrap_up: wrapUp });
  assert.ok(!JSON.stringify(story.state).includes('"я"'));
});

test('a visitor who asked for another interpreter leaves nothing to wrap up', () => {
  const story = inCall().hear({ type: 'ended', call: CALL, reason: 'lost' });
  assert.deepEqual([story.phase.name, story.phase.gone], ['idle', 'lost']);
});

test('an offer that somebody else took says so', () => {
  const story = onDuty().hear(offer, { type: 'offer-gone', call: CALL, why: 'taken' });
  assert.deepEqual([story.phase.name, story.phase.gone], ['idle', 'taken']);
  const late = onDuty().hear(offer).tell('answering').hear({ type: 'error', code: 'not-now', sentence: '' });
  assert.deepEqual([late.phase.name, late.phase.gone], ['idle', 'taken']);
});

test('an answer that the relay could not take may be given again', () => {
  const story = onDuty().hear(offer).tell('answering').hear({ type: 'error', code: 'internal', sentence: '' });
  assert.deepEqual([story.phase.name, story.phase.answering, story.state.fault], ['offer', false, 'internal']);
});

test('what was wrong with an earlier message takes no offer away', () => {
  const story = onDuty().hear(offer, { type: 'error', code: 'no-call', sentence: '' });
  assert.equal(story.phase.name, 'offer');
});

test('a screen that changed by itself is told from one that was asked for', () => {
  const story = onDuty();
  assert.equal(story.state.unasked, false);
  assert.equal(story.hear(offer).state.unasked, true);
  assert.equal(story.tell('answering').hear(accepted).state.unasked, false, 'it was waited for');
  assert.equal(story.hear({ type: 'ended', call: CALL, reason: 'visitor', wrap_up: wrapUp }).state.unasked, true);
  assert.equal(inCall().tell('hung-up').state.unasked, false);
});

test('an offer ends by itself when the relay cannot withdraw it', () => {
  const story = onDuty().hear(offer).tell('link-down').later(15_000);
  assert.equal(story.phase.name, 'offer');
  story.later(4_000);
  assert.deepEqual([story.phase.name, story.phase.gone], ['idle', 'missed']);
});

test('another call never takes the place of the one that is talked in', () => {
  const story = inCall().hear({ ...offer, at: { call: 'other', epoch: 1 } });
  assert.deepEqual([story.phase.name, story.phase.at.call], ['call', CALL]);
});

test('a lost socket keeps the conversation as it is', () => {
  const story = inCall().tell({ type: 'typed', side: 'own', edits: [{ insert: 'т' }] }, 'mute', 'link-down', 'link-up');
  story.hear(welcome({ live: { ...live, at: at(5) } }));
  assert.deepEqual([story.phase.muted, story.phase.rows.length], [true, 1]);
  assert.deepEqual(story.phase.at, at(5));
});

test('a visitor whose socket came back meanwhile is not called away', () => {
  const story = inCall().hear({ type: 'absent', at: at(3), leg: 0 }).tell('link-down', 'link-up').hear(welcome({ live }));
  assert.equal(story.phase.visitorLinked, true);
});

test('a conversation that ended meanwhile is wrapped up', () => {
  const story = inCall().tell('link-down', 'link-up').hear(welcome({ wrap_up: wrapUp }));
  assert.deepEqual([story.phase.name, story.phase.reason], ['wrap-up', null], 'nobody said why');
});

test('a reloaded page finds its call with the curtain still drawn', () => {
  const story = new Story();
  story.state = { ...first, privacy: { call: CALL, muted: true, curtain: true } };
  story.tell('link-up').hear(welcome({ live }));
  assert.deepEqual([story.phase.name, story.phase.muted, story.phase.curtain], ['call', true, true]);
  story.state = { ...first, privacy: { call: 'another', muted: true, curtain: true } };
  story.hear(welcome({ live }));
  assert.deepEqual([story.phase.muted, story.phase.curtain], [false, false]);
});

test('hanging up ends the call here at once, whatever the socket is worth', () => {
  const story = inCall().tell('hung-up');
  assert.deepEqual([story.phase.name, story.phase.reason, story.state.farewell], ['wrap-up', 'interpreter', at(3)]);
  story.hear({ type: 'ended', call: CALL, reason: 'interpreter', wrap_up: wrapUp });
  assert.deepEqual([story.phase.name, story.state.farewell], ['wrap-up', null]);
});

test('hanging up without the relay ends the call here at once and there later', () => {
  const story = inCall().tell('link-down', 'hung-up', { type: 'outcome', outcome: 'resolved' });
  assert.equal(story.phase.name, 'wrap-up');
  assert.deepEqual(story.state.farewell, at(3));
  story.tell('link-up').hear(welcome({ live }));
  assert.equal(story.phase.name, 'wrap-up', 'the call does not come back');
  assert.equal(outcomeToSay(story.state), null, 'the relay does not know of the end yet');
  story.hear({ type: 'ended', call: CALL, reason: 'interpreter', wrap_up: wrapUp });
  assert.equal(story.state.farewell, null);
  assert.deepEqual(outcomeToSay(story.state), { call: CALL, outcome: 'resolved' }, 'it can be said now');
});

test('an outcome that was chosen without the relay is said although wrap-up is over there', () => {
  const ended = { type: 'ended', call: CALL, reason: 'visitor', wrap_up: wrapUp };
  const story = inCall().hear(ended).tell('link-down', { type: 'outcome', outcome: 'mistake' }, 'link-up').hear(welcome());
  assert.deepEqual(outcomeToSay(story.state), { call: CALL, outcome: 'mistake' });
});

test('wrap-up is over when its time is, unless an outcome still waits to be said', () => {
  const ended = { type: 'ended', call: CALL, reason: 'visitor', wrap_up: wrapUp };
  assert.equal(inCall().hear(ended).later(31_000).phase.name, 'idle');
  const kept = inCall().hear(ended).tell('link-down', { type: 'outcome', outcome: 'mistake' }).later(31_000);
  assert.deepEqual([kept.phase.name, kept.state.outcome.outcome], ['wrap-up', 'mistake']);
});

test('a picture without a new frame for two seconds is stalled', () => {
  const story = inCall();
  const frames = (count) => story.tell({ type: 'quality', frames: count, quality: { fps: 30, delay: 40 } });
  assert.ok(!stalled(story.phase, story.now), 'one that has not come yet is not');
  frames(1);
  story.later(2500);
  assert.ok(stalled(story.phase, story.now));
  frames(2);
  assert.ok(!stalled(story.phase, story.now));
});

test('a new connection marks what the visitor was typing as perhaps cut off', () => {
  const story = inCall().tell({ type: 'peer', state: 'connecting' });
  story.tell({ type: 'quality', frames: 1, quality: null });
  story.tell({ type: 'typed', side: 'visitor', edits: [{ insert: 'в' }] }, { type: 'peer', state: 'connecting' });
  assert.equal(story.phase.rows[0].text, 'в\uFFFD');
  assert.equal(story.phase.lastFrame, null);
});

test('a stale message brings the call’s present epoch', () => {
  const story = inCall().hear({ type: 'error', code: 'stale', sentence: '', at: at(9) });
  assert.deepEqual(story.phase.at, at(9));
  assert.equal(story.state.fault, null);
});

test('camera and microphone are closed on a break and off duty', () => {
  const story = onDuty();
  assert.ok(wantsDevices(story.state));
  story.hear({ type: 'status', status: 'break', for_s: 0, missed: true });
  assert.ok(!wantsDevices(story.state), 'a missed call puts on a break whatever was asked for');
  story.tell({ type: 'wanted', status: 'available' });
  assert.ok(wantsDevices(story.state), 'they open while the relay is being asked');
});

test('another page takes over and this one falls silent', () => {
  const story = inCall().hear({ type: 'replaced' }, offer);
  assert.equal(story.phase.name, 'replaced');
  assert.ok(!wantsDevices(story.state));
});

test('whatever arrives, nothing breaks', () => {
  const strange = [{}, { type: 'new-in-version-2' }, { type: 'error' }, { type: 'ended', call: 'x' }, { type: 'offer-gone' }];
  for (const story of [new Story(), onDuty(), onDuty().hear(offer), inCall()]) {
    const { name } = story.phase;
    story.hear(...strange).tell('mute', 'curtain', 'hanging-up', 'tick', 'unknown');
    assert.equal(story.phase.name, name);
  }
});

test('letters stop pressing controls when they are told to', () => {
  assert.equal(onDuty().tell('keys').state.keys, false);
  assert.equal(onDuty().tell('keys', 'keys').state.keys, true);
});

test('a paper is looked at and pointed at, and what is said of an older one is void', () => {
  const story = inCall().tell({ type: 'paper-begins', number: 2, bytes: 100 }, { type: 'paper-comes', number: 2, received: 40 });
  assert.deepEqual(story.phase.paper, { number: 2, bytes: 100, received: 40, whole: false, place: null });
  story.tell({ type: 'paper-whole', number: 1 });
  assert.equal(story.phase.paper.whole, false);
  story.tell({ type: 'paper-whole', number: 2 }, { type: 'paper-pointed', number: 2, place: { x: 1, y: 2 } });
  assert.deepEqual([story.phase.paper.whole, story.phase.paper.place], [true, { x: 1, y: 2 }]);
});

test('a paper that either side puts away is gone, and so it is with the call', () => {
  const shown = () => inCall().tell({ type: 'paper-begins', number: 2, bytes: 100 });
  assert.equal(shown().tell('paper-gone').phase.paper, null);
  const story = shown().hear({ type: 'ended', call: CALL, reason: 'visitor', wrap_up: wrapUp });
  assert.equal(story.phase.paper, undefined);
});

test('a paper that was taken away while the connection was lost does not stay', () => {
  const story = inCall().tell({ type: 'paper-begins', number: 2, bytes: 100 }, { type: 'paper-whole', number: 2 });
  story.tell({ type: 'peer', state: 'failed' });
  assert.equal(story.phase.paper.whole, true, 'the interpreter reads on');
  story.tell({ type: 'peer', state: 'connecting' });
  assert.equal(story.phase.paper, null, 'a kiosk that still shows it sends it again');
});

const hold = (on, epoch = 3) => ({ type: 'hold', at: at(epoch), on });
const frames = (count) => ({ type: 'quality', frames: count, quality: { fps: 30, delay: 40 } });

test('a hold closes this side at once and opens it only with the kiosk’s word', () => {
  const story = inCall().tell({ type: 'hold-asked', on: true });
  assert.ok(onHold(story.phase), 'nothing is sent while the kiosk is asked');
  story.hear(hold(true)).later(35_000);
  assert.deepEqual([story.phase.asked, story.now - story.phase.hold.since], [null, 35_000]);
  story.tell({ type: 'hold-asked', on: false });
  assert.ok(onHold(story.phase), 'the kiosk has not said so yet');
  story.hear(hold(false));
  assert.deepEqual([story.phase.asked, onHold(story.phase)], [null, false]);
});

test('what the visitor does meanwhile does not undo what was asked for', () => {
  const story = inCall().tell({ type: 'hold-asked', on: true }).hear(hold(false));
  assert.deepEqual([story.phase.asked, onHold(story.phase)], [true, true]);
});

test('a long hold is no stall, and no picture of before is shown after it', () => {
  const story = inCall().tell(frames(10)).hear(hold(true)).later(600_000);
  assert.ok(!stalled(story.phase, story.now));
  story.tell(frames(11));
  assert.equal(story.phase.blank, true, 'one that was late is one of before');
  story.hear(hold(false)).later(1000).tell(frames(11));
  assert.ok(!stalled(story.phase, story.now), 'the camera opens');
  assert.equal(story.phase.blank, true);
  story.tell(frames(12));
  assert.equal(story.phase.blank, false);
  story.later(2500);
  assert.ok(stalled(story.phase, story.now));
});

test('who only writes has no picture to wait for after a hold', () => {
  const story = inCall().tell({ type: 'peer', state: 'connected' }, { type: 'hold-asked', on: true }).hear(hold(true));
  story.later(60_000).hear(hold(false)).later(60_000);
  assert.equal(story.phase.blank, false);
  assert.ok(!stalled(story.phase, story.now));
});

test('a first picture that comes late into a hold is one of before', () => {
  const story = inCall().hear(hold(true)).tell(frames(1)).hear(hold(false));
  assert.equal(story.phase.blank, true);
  assert.equal(story.tell(frames(2)).phase.blank, false);
});

test('a hold outlives a lost socket and a reload, and a word about another call means nothing', () => {
  const story = inCall().hear(hold(true)).tell('link-down', 'link-up').hear(welcome({ live }));
  assert.ok(onHold(story.phase));
  story.hear({ ...hold(false), at: { call: 'other', epoch: 9 } });
  assert.ok(onHold(story.phase));
  const reloaded = new Story();
  reloaded.state = { ...first, privacy: { call: CALL, muted: false, curtain: false, hold: true } };
  reloaded.tell('link-up').hear(welcome({ live }));
  assert.ok(onHold(reloaded.phase), 'nobody is seen before the kiosk has said how it is');
  assert.ok(!onHold(reloaded.hear(hold(false)).phase));
});

test('a hold that was asked for before a reload is asked for again', () => {
  const story = new Story();
  story.state = { ...first, privacy: { call: CALL, muted: false, curtain: false, hold: false, asked: true } };
  story.tell('link-up').hear(welcome({ live }));
  assert.deepEqual([story.phase.hold, story.phase.asked, onHold(story.phase)], [null, true, true]);
  story.hear(hold(true));
  assert.deepEqual([story.phase.hold.since, story.phase.asked], [story.now, null]);
  story.state = { ...first, privacy: { call: 'another', muted: false, curtain: false, hold: false, asked: true } };
  assert.equal(story.hear(welcome({ live })).phase.asked, null);
});

/** A visitor's picture with so many frames a second, told twice a second. */
function seen(story, seconds, rate) {
  for (let half = 0; half < seconds * 2; half += 1) {
    story.later(500).tell(frames(story.phase.frames + rate / 2));
  }
  return story;
}

test('hands that cannot be read for ten seconds are written instead, until they can again', () => {
  const story = seen(inCall(), 9, 10);
  assert.equal(unread(story.phase), null);
  assert.equal(unread(seen(story, 3, 10).phase), 'slow');
  assert.equal(unread(seen(story, 4, 30).phase), 'slow', 'four good seconds prove little');
  assert.equal(unread(seen(story, 2, 30).phase), null);
});

test('the kiosk says what the visitor cannot read, and a socket that was away hears it anew', () => {
  const sight = (fluent, call = CALL) => ({ type: 'sight', at: { call, epoch: 3 }, fluent });
  const story = inCall().hear(sight(false, 'other'));
  assert.equal(unread(story.phase), null);
  assert.equal(unread(story.hear(sight(false)).phase), 'slow-there');
  assert.equal(unread(story.tell('link-down', 'link-up').hear(welcome({ live })).phase), null);
  assert.equal(unread(story.hear(sight(false)).hear(hold(true)).phase), null, 'on hold there is nothing to read');
});

test('a hold is no slow picture, and neither is a visitor who only writes', () => {
  const story = seen(inCall(), 12, 10).hear(hold(true)).later(60_000).hear(hold(false));
  assert.equal(unread(seen(story, 6, 30).phase), null);
  const writes = inCall();
  for (let half = 0; half < 60; half += 1) writes.later(500).tell(frames(0));
  assert.equal(unread(writes.phase), null);
});

const asks = () => inCall().tell({ type: 'transferring', on: true }, 'transfer-asked');

test('a visitor who was given to a colleague is wrapped up without a question', () => {
  const story = asks().hear({ type: 'transferred', call: CALL, wrap_up: wrapUp });
  assert.deepEqual([story.phase.name, story.phase.reason], ['wrap-up', 'transferred']);
  assert.ok(!asksOutcome(story.phase));
  const press = (code) => {
    const outcome = (outcome) => story.tell({ type: 'outcome', outcome });
    keys({ code, key: code, target: {}, preventDefault() {} }, story.state, { outcome });
  };
  press('Digit1');
  assert.equal(outcomeToSay(story.state), null, 'how it ended is the colleague’s to say');
  press('Enter');
  assert.deepEqual(outcomeToSay(story.state), { call: CALL, outcome: null });
  assert.ok(asksOutcome(inCall().hear({ type: 'ended', call: CALL, reason: 'visitor', wrap_up: wrapUp }).phase));
});

test('without a free colleague the conversation stays and says so', () => {
  const story = asks().hear({ type: 'error', code: 'nobody-free', sentence: '' });
  assert.deepEqual([story.phase.name, story.phase.transfer, story.state.fault], ['call', 'refused', null]);
  story.tell({ type: 'transferring', on: false });
  assert.equal(story.phase.transfer, null);
});

test('a transfer that something else stopped may be asked for again', () => {
  const story = asks().hear({ type: 'error', code: 'internal', sentence: '' });
  assert.deepEqual([story.phase.transfer, story.state.fault], ['failed', 'internal'], 'and it is said why');
  assert.equal(asks().hear({ type: 'error', code: 'not-now', sentence: '' }).phase.transfer, 'failed');
  const stale = asks().hear({ type: 'error', code: 'stale', sentence: '', at: at(9) });
  assert.deepEqual([stale.phase.transfer, stale.phase.at], ['question', at(9)]);
  const lost = asks().tell('link-down');
  assert.equal(lost.phase.transfer, null, 'the tools are in reach while nobody answers');
  lost.tell('link-up').hear(welcome({ live }));
  assert.deepEqual([lost.phase.name, lost.phase.transfer], ['call', null]);
  const done = asks().tell('link-down', 'link-up').hear(welcome({ wrap_up: wrapUp }));
  assert.equal(done.phase.name, 'wrap-up');
});

test('one question at a time', () => {
  const story = inCall().tell({ type: 'hanging-up', on: true }, { type: 'transferring', on: true });
  assert.deepEqual([story.phase.hangingUp, story.phase.transfer], [false, 'question']);
  story.tell({ type: 'hanging-up', on: true });
  assert.deepEqual([story.phase.hangingUp, story.phase.transfer], [true, null]);
});

test('while a colleague is looked for nothing else is asked', () => {
  const story = asks().tell({ type: 'transferring', on: true }, { type: 'transferring', on: false });
  story.tell({ type: 'hanging-up', on: true }, { type: 'hanging-up', on: false });
  assert.deepEqual([story.phase.transfer, story.phase.hangingUp], ['asked', false]);
});

test('a visitor out of reach is given to nobody', () => {
  assert.equal(canTransfer(onDuty().state), false);
  const story = inCall();
  assert.equal(canTransfer(story.state), true);
  story.hear({ type: 'absent', at: at(3), leg: 0 });
  assert.equal(canTransfer(story.state), false);
  story.hear({ type: 'present', at: at(3), leg: 0 }).tell('link-down');
  assert.equal(canTransfer(story.state), false);
});

test('a transfer of another call is not this one’s', () => {
  assert.equal(inCall().hear({ type: 'transferred', call: 'other', wrap_up: wrapUp }).phase.name, 'call');
});

test('an alarm where the visitor is stays on the page until it is over', () => {
  const story = new Story().tell('link-up').hear(welcome(), offer, accepted, { type: 'alarm', kind: 'air-raid' });
  assert.equal(story.phase.alarm, 'air-raid');
  story.hear({ type: 'alarm', kind: null });
  assert.equal(story.phase.alarm, null);
  story.hear({ type: 'alarm', kind: 'fire' }).tell('link-down', 'link-up').hear(welcome({ live }));
  assert.equal(story.phase.alarm, null, 'the relay tells it again');
});

// The conversation. The visitor's picture is first; nothing lies over it.

import { clock, control, icon, make, put } from '../dom.js';
import { canTransfer, onHold, stalled, unread } from '../state.js';
import { shown } from '../t140.js';
import { say } from '../words.js';
import { bars } from './bars.js';
import { PaperView } from './paper.js';
import { language, serviceCard } from './service.js';

/** How long a call for attention stays on the screen, in milliseconds. */
const BELL = 4000;

export class CallView {
  #own = bars();
  #visitor = bars();

  constructor(act, videos) {
    this.act = act;
    this.remote = videos.remote;
    this.mine = videos.own;
    this.place = make('p.place');
    this.state = make('span', { role: 'status' });
    this.quality = make('span.quality');
    this.alarmWord = make('span', { role: 'alert' });
    this.alarm = make('p.alarm', icon('warning'), this.alarmWord);
    this.strip = make('p.banner', this.state, this.quality);
    this.rows = make('div.rows', { role: 'log', 'aria-label': say('text-title') });
    this.hint = make('p.muted.hint', say('text-empty'));
    this.input = make('textarea', {
      rows: 1,
      'data-test': 'text-input',
      'aria-label': say('text-input'),
      placeholder: say('text-input'),
      autocomplete: 'off',
      onkeydown: (event) => this.#key(event),
      onbeforeinput: (event) => this.#input(event),
      oncompositionend: (event) => {
        act.type(event.data);
        this.input.value = '';
      },
    });
    this.mute = control('tool', 'mute', 'mic', say('mute'), 'M', act.mute);
    this.curtain = control('tool', 'curtain', 'curtains_closed', say('curtain'), 'C', act.curtain);
    this.hold = control('tool', 'hold', 'pause', say('hold'), 'P', act.hold);
    this.give = control('tool', 'transfer', 'phone_forwarded', say('transfer'), 'T', () => act.transferring(true));
    this.giveWord = make('span', { role: 'status' });
    this.giveYes = control('tool', 'transfer-confirm', 'phone_forwarded', say('transfer-confirm'), 'T', act.transfer);
    this.giveBack = control('tool', 'transfer-back', null, say('hangup-back'), 'Esc', () => act.transferring(false));
    this.giving = make('div.confirm', this.giveWord, this.giveYes, this.giveBack);
    this.hangup = control('tool.end', 'hangup', 'call_end', say('hangup'), 'E', () => act.hangingUp(true));
    this.confirm = make(
      'div.confirm',
      make('span', say('hangup-question')),
      control('tool.end', 'hangup-confirm', 'call_end', say('hangup-confirm'), 'E', act.hangUp),
      control('tool', 'hangup-back', null, say('hangup-back'), 'Esc', () => act.hangingUp(false)),
    );
    this.service = make('div.card');
    this.paper = new PaperView(act);
    this.writes = make('p.off', say('text-only-picture'));
    this.off = make('p.off');
    this.heldFor = make('strong.time');
    this.held = make(
      'div.held',
      make('img', { src: '/assets/icons/logo.svg', alt: '', width: 140, height: 140 }),
      make('h2', say('held-title')),
      this.heldFor,
      make('p', say('held-line')),
    );
    this.card = make(
      'div.card.text',
      make('h2', icon('rtt'), say('text-title'), make('kbd', 'R')),
      this.rows,
      this.hint,
      this.input,
    );
    this.root = make(
      'section.call',
      make('div.picture', videos.remote, this.writes, this.held, this.paper.root),
      this.alarm,
      this.strip,
      make(
        'aside',
        make(
          'div.me',
          make('div.mirror', videos.own, this.off),
          make(
            'div.card',
            this.place,
            make('p.voice', icon('record_voice_over'), make('span', say('voice-visitor')), this.#visitor.root),
            make('p.voice', icon('mic'), make('span', say('voice-own')), this.#own.root),
          ),
        ),
        this.card,
        this.service,
      ),
      make('div.tools', this.mute, this.curtain, this.hold, this.give, make('span.space'), this.giving, this.hangup, this.confirm),
    );
  }

  show({ phase, link, devices }, now) {
    if (this.call !== phase.at.call) {
      this.call = phase.at.call;
      this.service.replaceChildren(serviceCard(phase.topic.service));
      put(this.place, `${phase.cnap}, ${phase.kiosk} · ${language(phase.topic)}`);
    }
    this.alarm.hidden = phase.alarm === null;
    put(this.alarmWord, phase.alarm ? say(`trouble-${phase.alarm}`) : '');
    const trouble = this.#trouble(phase, link, devices, now);
    this.card.classList.toggle('due', unread(phase) !== null);
    // The strip keeps its place, so that the picture never jumps.
    this.strip.classList.toggle('fine', trouble === null);
    put(this.state, trouble ?? say('trouble-none'));
    const { quality } = phase;
    put(this.quality, quality && !onHold(phase) ? say(quality.delay === null ? 'quality-frames' : 'quality', { fps: quality.fps, delay: quality.delay ?? 0 }) : '');
    this.#toggle(this.mute, phase.muted, phase.muted ? 'mic_off' : 'mic', say(phase.muted ? 'unmute' : 'mute'));
    this.#toggle(this.curtain, phase.curtain, 'curtains_closed', say(phase.curtain ? 'uncurtain' : 'curtain'));
    const held = onHold(phase);
    this.#toggle(this.hold, held, held ? 'play_arrow' : 'pause', say(held ? 'go-on' : 'hold'));
    this.held.hidden = !held;
    if (held) put(this.heldFor, clock(now - (phase.hold?.since ?? now)));
    this.remote.classList.toggle('blank', held || phase.blank);
    this.mine.classList.toggle('blank', held);
    this.writes.hidden = held || !phase.topic.wishes?.text_only;
    put(this.off, say(held ? 'held-own' : 'camera-none'));
    this.off.hidden = !held && (devices.camera || this.sent === true || devices.state === 'asking');
    this.mute.disabled = held || !devices.microphone;
    this.curtain.disabled = held || !devices.camera;
    this.give.disabled = !canTransfer({ phase, link });
    this.giveYes.disabled = this.give.disabled;
    this.give.hidden = phase.transfer !== null;
    this.giving.hidden = phase.transfer === null;
    this.giveYes.hidden = phase.transfer !== 'question';
    this.giveBack.hidden = phase.transfer === 'asked';
    if (phase.transfer) {
      put(this.giveWord, say(`transfer-${phase.transfer}`));
      put(this.giveBack.querySelector('.word'), say(phase.transfer === 'question' ? 'hangup-back' : 'transfer-seen'));
    }
    this.hangup.hidden = phase.hangingUp;
    this.hangup.disabled = phase.transfer === 'asked';
    this.confirm.hidden = !phase.hangingUp;
    this.paper.show(phase.paper, this.act.still());
    this.#write(phase.rows);
  }

  close() {
    this.paper.close();
  }

  level(level) {
    this.#own.show(level);
  }

  voice(level) {
    this.#visitor.show(level);
  }

  #trouble(call, link, devices, now) {
    if (call.peer === 'failed' || call.peer === 'broken') return say('trouble-broken');
    if (call.peer === 'connecting') return say('trouble-connecting');
    if (onHold(call)) return say(call.hold ? 'held-strip' : 'held-asked');
    if (call.blank) return say('trouble-connecting');
    if (stalled(call, now)) return say('trouble-stalled');
    this.sent ||= devices.camera;
    if (this.sent && !devices.camera && devices.state !== 'asking') return say('trouble-camera');
    if (call.muffled) return say('trouble-muffled');
    if (call.bell !== null && now - call.bell < BELL) return say('visitor-calls');
    if (call.curtain) return say('curtain-closed');
    const slow = unread(call);
    if (slow) return say(`trouble-${slow}`);
    if (link !== 'up') return say('trouble-link');
    if (!call.visitorLinked) return say('trouble-visitor-link');
    return null;
  }

  #toggle(button, on, picture, word) {
    const known = `${on} ${word}`;
    if (button.dataset.known === known) return;
    button.dataset.known = known;
    button.setAttribute('aria-pressed', String(on));
    button.querySelector('.icon').replaceWith(icon(picture));
    put(button.querySelector('.word'), word);
  }

  #write(rows) {
    const list = shown(rows);
    this.hint.hidden = list.length > 0;
    if (this.written === rows) return;
    this.written = rows;
    while (this.rows.children.length > list.length) this.rows.lastElementChild.remove();
    list.forEach((row, index) => {
      const element = this.rows.children[index] ?? this.rows.appendChild(make('p'));
      element.dataset.row = row.side;
      element.dataset.who = say(row.side === 'own' ? 'you' : 'visitor');
      element.classList.toggle('live', row.live);
      put(element, row.text);
    });
    this.rows.scrollTop = this.rows.scrollHeight;
  }

  #key(event) {
    if (event.isComposing) return;
    if (event.key === 'Backspace') this.act.edit(['erase']);
    else if (event.key === 'Enter') this.act.edit(['new-line']);
    else return;
    event.preventDefault();
  }

  /** Letters go out as they are typed; the field itself stays empty. */
  #input(event) {
    if (event.isComposing || event.inputType === 'insertCompositionText') return;
    event.preventDefault();
    const text = event.data ?? event.dataTransfer?.getData('text/plain');
    if (text) this.act.type(text);
    else if (event.inputType === 'deleteContentBackward') this.act.edit(['erase']);
  }
}

// Before the first call: is the interpreter seen, heard and connected?

import { KINDS } from '../devices.js';
import { icon, make, put } from '../dom.js';
import { say } from '../words.js';
import { bars } from './bars.js';

export class CheckView {
  #bars = bars();

  constructor(act, videos) {
    this.act = act;
    this.camera = line('videocam');
    this.microphone = line('mic', this.#bars.root);
    this.light = line('hourglass_top');
    this.network = line('wifi_off');
    this.troubles = Object.fromEntries(KINDS.map((kind) => [kind, make('p.trouble', { role: 'alert' })]));
    this.pickers = make('div.pickers');
    this.done = make('button.primary', { type: 'button', 'data-test': 'check-done', 'data-first': true, onclick: act.checked });
    this.without = make(
      'button.plain',
      { type: 'button', 'data-test': 'answer-without-camera', onclick: act.checked },
      say('check-without-camera'),
    );
    this.again = make('button.plain', { type: 'button', onclick: act.openDevices }, icon('refresh'), say('check-again'));
    this.root = make(
      'section.check',
      make('div.mirror', videos.own, make('div.frame-hint', { 'aria-hidden': 'true' })),
      make(
        'div.side',
        make('h1', say('check-title')),
        make('p.lead', say('check-lead')),
        make('ul.checks', this.camera.root, this.light.root, this.microphone.root, this.network.root),
        ...Object.values(this.troubles),
        this.pickers,
        make('div.actions', this.done, this.without, this.again),
      ),
    );
  }

  show({ devices, link, light }) {
    const asking = devices.state === 'asking';
    this.camera.show(asking ? 'wait' : devices.camera ? 'good' : 'bad', say(asking ? 'check-asking' : devices.camera ? 'check-camera-good' : 'check-camera-bad'));
    this.microphone.show(asking ? 'wait' : devices.microphone ? 'good' : 'bad', say(asking ? 'check-asking' : devices.microphone ? 'check-microphone-good' : 'check-microphone-bad'));
    const lit = devices.camera ? light : null;
    this.light.root.hidden = !asking && !devices.camera;
    this.light.show(lit === null ? 'wait' : lit === 'good' ? 'good' : 'hint', say(`check-light-${lit ?? 'wait'}`));
    this.network.show(link === 'up' ? 'good' : 'wait', say(link === 'up' ? 'check-network-good' : 'check-network-wait'));
    const lacking = !asking && !devices.camera;
    for (const [kind, line] of Object.entries(this.troubles)) {
      const trouble = asking ? null : devices.trouble[kind];
      line.hidden = trouble === null;
      if (trouble) put(line, say(`check-trouble-${kind}-${trouble}`));
    }
    this.done.hidden = lacking;
    this.done.disabled = asking;
    put(this.done, say('check-done'));
    this.without.hidden = !lacking;
    this.again.hidden = Object.values(this.troubles).every((line) => line.hidden);
    this.#pick(devices.list);
  }

  level(level) {
    this.#bars.show(level);
  }

  #pick(list) {
    const known = JSON.stringify(list ?? {});
    if (this.known === known) return;
    this.known = known;
    this.pickers.replaceChildren(
      ...KINDS
        .filter((kind) => (list?.[kind]?.length ?? 0) > 1)
        .map((kind) =>
          make(
            'label',
            make('span', say(`check-pick-${kind}`)),
            make(
              'select',
              { onchange: ({ target }) => this.act.pick(kind, target.value) },
              ...list[kind].map((device) =>
                make('option', { value: device.deviceId, selected: localStorage.getItem(kind) === device.deviceId }, device.label),
              ),
            ),
          ),
        ),
    );
  }
}

function line(picture, ...more) {
  const mark = make('span.mark');
  const text = make('span');
  const root = make('li', mark, text, ...more);
  const pictures = { good: 'check', bad: 'warning', hint: 'warning', wait: 'hourglass_top' };
  let was = null;
  return {
    root,
    show(state, words) {
      put(text, words);
      if (was === state) return;
      was = state;
      root.dataset.state = state;
      mark.replaceChildren(icon(pictures[state] ?? picture));
    },
  };
}

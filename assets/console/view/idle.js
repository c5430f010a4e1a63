// Between calls: on duty, on a break or off.

import { clock, control, icon, make, put } from '../dom.js';
import { LANGUAGES, chosen, say } from '../words.js';

const GONE = new Set(['missed', 'taken', 'cancelled', 'ended', 'lost']);

export class IdleView {
  constructor(act, videos) {
    this.title = make('h1');
    this.lead = make('p.lead');
    this.time = make('p.time');
    this.gone = make('p.note', { role: 'status' });
    this.buttons = {
      available: control('primary', 'go-available', 'sign_language', say('go-available'), 'A', () => act.status('available')),
      break: control('plain', 'go-break', 'coffee', say('go-break'), 'B', () => act.status('break')),
      offline: control('plain', 'go-offline', 'power_settings_new', say('go-offline'), 'O', () => act.status('offline')),
    };
    this.pool = { waiting: make('strong'), available: make('strong') };
    this.sound = make('button.plain', { type: 'button', 'data-test': 'sound', onclick: act.sound });
    this.keys = make('button.plain', { type: 'button', 'data-test': 'keys', onclick: act.keys });
    this.mark = make('img', { src: '/assets/icons/logo.svg', alt: '', width: 140, height: 140 });
    this.mirror = make('div.mirror', videos.own);
    this.rest = make('div.rest', this.mark, this.time);
    this.root = make(
      'section.idle',
      make(
        'div.card.duty',
        this.title,
        this.lead,
        this.gone,
        make('div.actions', this.buttons.available, this.buttons.break, this.buttons.offline),
        this.mirror,
        this.rest,
      ),
      make(
        'div.card.pool',
        make('h2', say('pool-title')),
        make('dl', make('dt', say('pool-waiting')), make('dd', this.pool.waiting), make('dt', say('pool-available')), make('dd', this.pool.available)),
      ),
      make(
        'div.card.settings',
        make('h2', say('settings-title')),
        make(
          'div.actions',
          this.sound,
          this.keys,
          make('button.plain', { type: 'button', onclick: act.checkAgain }, icon('videocam'), say('settings-devices')),
          ...LANGUAGES.filter((language) => language !== chosen()).map((language) =>
            make('button.plain', { type: 'button', lang: language, onclick: () => act.language(language) }, icon('language'), say(`language-${language}`)),
          ),
          make('button.plain', { type: 'button', onclick: act.logOut }, icon('logout'), say('settings-log-out')),
        ),
      ),
    );
  }

  show({ status, pool, phase, link, sound, keys, devices }, now) {
    this.mirror.hidden = !devices.camera || status.status !== 'available';
    this.rest.hidden = !this.mirror.hidden;
    this.time.hidden = status.status !== 'break';
    this.mark.hidden = !this.time.hidden;
    put(this.title, say(`idle-title-${status.status}`));
    put(this.lead, say(status.missed ? 'idle-lead-missed' : `idle-lead-${status.status}`));
    put(this.time, clock(now - status.since));
    this.gone.hidden = !GONE.has(phase.gone);
    if (phase.gone) put(this.gone, say(`gone-${phase.gone}`));
    for (const [name, button] of Object.entries(this.buttons)) {
      button.hidden = status.status === name;
      button.disabled = link !== 'up';
    }
    put(this.pool.waiting, String(pool.waiting));
    put(this.pool.available, String(pool.available));
    if (this.pressed !== keys) {
      this.pressed = keys;
      this.keys.replaceChildren(icon('keyboard'), say(keys ? 'settings-keys-on' : 'settings-keys-off'));
      this.keys.setAttribute('aria-pressed', String(keys));
    }
    if (this.sounds !== sound) {
      this.sounds = sound;
      this.sound.replaceChildren(icon(sound ? 'volume_up' : 'volume_off'), say(sound ? 'settings-sound-on' : 'settings-sound-off'));
      this.sound.setAttribute('aria-pressed', String(sound));
    }
  }
}

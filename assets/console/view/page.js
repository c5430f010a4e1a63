// The page's frame: a bar above, the phase's view below, and the two videos, which outlive every view.

import { clock, icon, make, put } from '../dom.js';
import * as devices from '../devices.js';
import { bars } from '../level.js';
import { say } from '../words.js';
import { Calm } from './calm.js';
import { keys } from './keys.js';
import { CheckView } from './check.js';
import { IdleView } from './idle.js';
import { OfferView } from './offer.js';
import { CallView } from './call.js';
import { WrapUpView } from './wrap-up.js';
import { ReplacedView } from './replaced.js';

const VIEWS = {
  check: CheckView,
  idle: IdleView,
  offer: OfferView,
  call: CallView,
  'wrap-up': WrapUpView,
  replaced: ReplacedView,
};

const GOOD_FAULTS = new Set(['version', 'too-fast', 'internal', 'unavailable']);

export class Page {
  #act;
  #view = null;
  #name = null;
  #state = null;
  #closeMeter = null;
  #level = 0;
  #calm = new Calm();

  constructor(act) {
    this.#act = act;
    this.videos = {
      remote: make('video', { id: 'remote', autoplay: true, playsinline: true, 'aria-label': say('visitor') }),
      own: make('video', { id: 'own', autoplay: true, playsinline: true, 'aria-label': say('you') }),
    };
    this.videos.own.muted = true;
    this.bar = {
      who: make('span.who'),
      link: make('span.chip.bad', { role: 'status' }, icon('wifi_off'), make('span', say('link-down'))),
      fault: make('button.chip.bad', { type: 'button', onclick: act.faultSeen }),
      status: make('span.chip.status'),
    };
    this.stage = make('main');
    this.root = make(
      'div.page',
      make(
        'header.bar',
        make('img', { src: '/assets/icons/logo.svg', alt: '', width: 40, height: 40 }),
        make('strong', 'Жест'),
        this.bar.who,
        make('span.space'),
        this.bar.fault,
        this.bar.link,
        make('span.chip.quiet', icon('videocam_off'), make('span', say('no-recording'))),
        this.bar.status,
      ),
      this.stage,
    );
    addEventListener('keydown', (event) => {
      if (!this.#calm.takes(event)) keys(event, this.#state, act);
    });
  }

  show(state) {
    this.#state = state;
    const { phase } = state;
    Object.assign(document.body.dataset, {
      phase: phase.name,
      link: state.link === 'up' ? 'up' : 'down',
      status: state.status.status,
      keys: state.keys ? 'on' : 'off',
    });
    put(this.bar.who, state.interpreter === null ? '' : say('interpreter', { number: number(state.interpreter) }));
    this.bar.link.hidden = state.link === 'up' || phase.name === 'replaced';
    this.bar.fault.hidden = !GOOD_FAULTS.has(state.fault);
    if (state.fault) put(this.bar.fault, say(`fault-${state.fault}`));
    this.bar.status.hidden = phase.name === 'replaced';
    put(this.bar.status, status(state, Date.now()));
    if (this.#name !== phase.name) {
      this.#name = phase.name;
      this.#view?.close?.();
      const view = new VIEWS[phase.name](this.#act, this.videos, phase);
      this.#view = view;
      this.stage.replaceChildren(view.root);
      // A video that moved in the document stands still until it is told to play.
      for (const video of Object.values(this.videos)) if (video.isConnected) video.play().catch(() => {});
      const focus = () => view.root.querySelector('[data-first]')?.focus();
      if (state.unasked) this.#calm.until(focus);
      else focus();
    }
    this.#view.show(state, Date.now());
    this.#view.level?.(this.#level);
  }

  /** Own picture is mirrored, as people know themselves; a placard is not, or nobody could read it. */
  own(stream, { mirrored = true } = {}) {
    this.videos.own.srcObject = stream;
    this.videos.own.classList.toggle('mirrored', mirrored);
    if (this.videos.own.isConnected) this.videos.own.play().catch(() => {});
  }

  /** Shows the visitor's picture; null takes it away. `muffled` tells whether the browser keeps the sound back. */
  remote(stream, muffled) {
    const video = this.videos.remote;
    video.srcObject = stream;
    video.muted = false;
    if (!stream) return;
    video.play().catch((error) => {
      if (error.name !== 'NotAllowedError') return;
      // Before the first press on a page the browser shows pictures only without their sound.
      video.muted = true;
      video.play().catch(() => {});
      muffled(true);
      for (const press of ['pointerdown', 'keydown']) {
        addEventListener(
          press,
          () => {
            video.muted = false;
            muffled(false);
          },
          { once: true },
        );
      }
    });
  }

  /** The loudness of the visitor's side, 0…1. */
  voice(loudness) {
    this.#view?.voice?.(bars(loudness));
  }

  /** Looks at the visitor's paper otherwise: `look(paper)`. */
  glass(look) {
    if (this.#view?.paper) look(this.#view.paper);
  }

  meter(stream) {
    this.#closeMeter?.();
    this.#closeMeter = devices.meter(stream, (level) => {
      this.#level = level;
      this.#view?.level?.(level);
    });
  }

  logOut() {
    const form = make('form', { method: 'post', action: '/console/logout' });
    document.body.append(form);
    form.submit();
  }
}

function status({ phase, status }, now) {
  if (phase.name === 'call') return `${say('status-call')} ${clock(now - phase.since)}`;
  if (phase.name === 'offer' || phase.name === 'wrap-up') return say(`status-${phase.name}`);
  const word = say(`status-${status.status}`);
  return status.status === 'break' ? `${word} ${clock(now - status.since)}` : word;
}

/** «014» */
function number(interpreter) {
  return String(interpreter).padStart(3, '0');
}

// A call rings. Everything that helps to decide stands here: where from, what about, in which language, how long.

import { clock, control, make, put } from '../dom.js';
import { say } from '../words.js';
import { REASONS } from './keys.js';
import { language, serviceCard } from './service.js';

export class OfferView {
  constructor(act) {
    this.act = act;
    this.head = make('p.place');
    this.service = make('div');
    this.language = make('dd');
    this.waited = make('dd');
    this.left = make('strong.left');
    this.meter = make('progress', { max: 1, value: 1, 'aria-hidden': 'true' });
    this.answer = control('primary', 'answer', 'call', say('offer-answer'), 'A', act.answer);
    this.answer.dataset.first = '';
    this.decline = control('plain', 'decline', 'close', say('offer-decline'), 'D', () => act.declining(true));
    this.reasons = make(
      'div.reasons',
      make('h2', say('offer-why')),
      ...REASONS.map((reason, index) =>
        control('plain', `decline-reason-${reason}`, null, say(`decline-${reason}`), String(index + 1), () => act.decline(reason)),
      ),
      control('plain', 'decline-back', null, say('offer-back'), 'Esc', () => act.declining(false)),
    );
    this.root = make(
      'section.offer',
      make('div.flash', { 'aria-hidden': 'true' }),
      make(
        'div.card',
        make(
          'header',
          make('img', { src: '/assets/icons/logo.svg', alt: '', width: 88, height: 88 }),
          make('div', make('h1', { role: 'alert' }, say('offer-title')), this.head),
        ),
        this.service,
        make('dl', make('dt', say('offer-language')), this.language, make('dt', say('offer-waited')), this.waited),
        make('div.countdown', this.meter, this.left),
        make('div.actions', this.answer, this.decline),
        this.reasons,
      ),
    );
  }

  show({ phase, link }, now) {
    if (this.call !== phase.at.call) {
      this.call = phase.at.call;
      put(this.head, `${phase.cnap} · ${phase.kiosk}`);
      this.service.replaceChildren(serviceCard(phase.topic.service, { short: true }));
      put(this.language, language(phase.topic));
    }
    put(this.waited, clock(now - phase.since));
    const left = Math.max(0, phase.until - now);
    put(this.left, say('offer-left', { seconds: Math.ceil(left / 1000) }));
    this.meter.value = left / phase.rings;
    this.reasons.hidden = !phase.declining;
    this.decline.hidden = phase.declining;
    this.answer.disabled = phase.answering || link !== 'up';
    this.answer.querySelector('.word').textContent = say(phase.answering ? 'wait' : 'offer-answer');
  }
}

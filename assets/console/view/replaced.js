// Another page of the same interpreter has the calls now.

import { make } from '../dom.js';
import { say } from '../words.js';

export class ReplacedView {
  constructor(act) {
    this.root = make(
      'section.wrap-up',
      make(
        'div.card',
        make('h1', say('replaced-title')),
        make('p.lead', say('replaced-lead')),
        make('div.actions', make('button.primary', { type: 'button', 'data-test': 'take-over', 'data-first': true, onclick: act.takeOver }, say('replaced-take-over'))),
      ),
    );
  }

  show() {}
}

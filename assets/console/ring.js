// A call rings by sound, by the title of the page and by the browser's own notification. The page's border flashes by
// the style sheet, once a second.

import { say } from './words.js';

const TITLE = 'Жест';

export class Ring {
  #timer = null;
  #context = null;
  #notification = null;

  start(sound, words) {
    this.stop();
    let even = false;
    const turn = () => {
      even = !even;
      document.title = even ? say('title-ringing') : TITLE;
      if (sound()) this.#tone();
    };
    turn();
    this.#timer = setInterval(turn, 1000);
    if (window.Notification?.permission === 'granted' && document.hidden) {
      this.#notification = new Notification(say('title-ringing'), { body: words, tag: 'call' });
      this.#notification.onclick = () => window.focus();
    }
  }

  stop() {
    clearInterval(this.#timer);
    this.#timer = null;
    document.title = TITLE;
    this.#notification?.close();
    this.#notification = null;
  }

  #tone() {
    this.#context ??= new AudioContext();
    const now = this.#context.currentTime;
    for (const [at, pitch] of [[0, 660], [0.18, 880]]) {
      const tone = new OscillatorNode(this.#context, { frequency: pitch });
      const loudness = new GainNode(this.#context, { gain: 0 });
      loudness.gain.setValueAtTime(0, now + at);
      loudness.gain.linearRampToValueAtTime(0.25, now + at + 0.02);
      loudness.gain.linearRampToValueAtTime(0, now + at + 0.16);
      tone.connect(loudness).connect(this.#context.destination);
      tone.start(now + at);
      tone.stop(now + at + 0.2);
    }
  }
}

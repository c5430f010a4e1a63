// The visitor's paper beside their picture: looked at through a glass, pointed at with a click.

import { laid, moved, pixelOver, placeUnder, WHOLE, zoomed } from '../document.js';
import { control, make, put } from '../dom.js';
import { say } from '../words.js';

/** A press that moves farther than this many pixels drags the paper and points at nothing. */
const DRAG = 6;
const NEARER = 1.5;

export class PaperView {
  #glass = WHOLE;
  #still = null;
  #press = null;
  #place = null;
  #number = null;

  constructor(act) {
    this.act = act;
    this.word = make('span.word', { role: 'status' });
    this.sight = make('canvas', {
      tabindex: 0,
      'data-test': 'paper-sight',
      'aria-label': say('paper-title'),
      onpointerdown: (event) => this.#pressed(event),
      onpointermove: (event) => this.#dragged(event),
      onpointerup: (event) => this.#released(event),
      onpointercancel: () => (this.#press = null),
      onwheel: (event) => this.#wheeled(event),
    });
    this.root = make(
      'figure.paper',
      { 'data-test': 'paper' },
      this.sight,
      make(
        'figcaption',
        this.word,
        control('plain', 'paper-farther', 'zoom_out', say('paper-farther'), '−', () => this.farther()),
        control('plain', 'paper-nearer', 'zoom_in', say('paper-nearer'), '+', () => this.nearer()),
        control('plain', 'paper-close', 'delete', say('paper-close'), 'X', act.wipePaper),
      ),
    );
    this.root.hidden = true;
    this.watch = new ResizeObserver(() => this.#draw());
    this.watch.observe(this.sight);
  }

  close() {
    this.watch.disconnect();
    this.#still = null;
  }

  /** `paper` as the state has it; null takes it away. `still`: its bitmap, when it is whole. */
  show(paper, still) {
    this.root.hidden = paper === null;
    if (paper?.number !== this.#number) this.#glass = WHOLE;
    this.#number = paper?.number ?? null;
    this.root.dataset.state = paper?.whole ? 'whole' : 'coming';
    const share = paper ? Math.floor((paper.received / paper.bytes) * 100) : 0;
    put(this.word, paper?.whole ? say('paper-point') : say('paper-coming', { share }));
    const place = paper?.place ?? null;
    if (this.#still === still && this.#place === place) return;
    [this.#still, this.#place] = [still, place];
    this.#draw();
  }

  nearer() {
    this.#look(zoomed(this.#glass, NEARER));
  }

  farther() {
    this.#look(zoomed(this.#glass, 1 / NEARER));
  }

  move(across, down) {
    this.#look(moved(this.#glass, across / 4, down / 4));
  }

  whole() {
    this.#look(WHOLE);
  }

  /** Points at the middle of what is in sight: for who has no mouse. */
  pointAtMiddle() {
    const { clientWidth: width, clientHeight: height } = this.sight;
    this.#point({ x: width / 2, y: height / 2 });
  }

  #look(glass) {
    this.#glass = glass;
    this.#draw();
  }

  #window() {
    return { width: this.sight.clientWidth, height: this.sight.clientHeight };
  }

  #point(pixel) {
    if (!this.#still) return;
    const place = placeUnder(pixel, this.#glass, this.#still, this.#window());
    if (place) this.act.point(place);
  }

  #pressed(event) {
    this.#press = { x: event.offsetX, y: event.offsetY, drags: false };
    this.sight.setPointerCapture(event.pointerId);
  }

  #dragged(event) {
    if (!this.#press || !this.#still) return;
    const [across, down] = [event.offsetX - this.#press.x, event.offsetY - this.#press.y];
    if (!this.#press.drags && Math.hypot(across, down) < DRAG) return;
    const lies = laid(WHOLE, this.#still, this.#window());
    this.#press = { x: event.offsetX, y: event.offsetY, drags: true };
    this.#look(moved(this.#glass, -across / lies.width, -down / lies.height));
  }

  #released(event) {
    if (this.#press && !this.#press.drags) this.#point({ x: event.offsetX, y: event.offsetY });
    this.#press = null;
  }

  #wheeled(event) {
    if (!this.#still) return;
    event.preventDefault();
    const lies = laid(this.#glass, this.#still, this.#window());
    const at = { x: (event.offsetX - lies.left) / lies.width, y: (event.offsetY - lies.top) / lies.height };
    this.#look(zoomed(this.#glass, event.deltaY < 0 ? 1.2 : 1 / 1.2, at));
  }

  #draw() {
    const { width, height } = this.#window();
    const dots = devicePixelRatio;
    this.sight.width = width * dots;
    this.sight.height = height * dots;
    const pen = this.sight.getContext('2d');
    if (!this.#still) return;
    pen.scale(dots, dots);
    pen.imageSmoothingQuality = 'high';
    const lies = laid(this.#glass, this.#still, { width, height });
    pen.drawImage(this.#still, lies.left, lies.top, lies.width, lies.height);
    if (!this.#place) return;
    const { x, y } = pixelOver(this.#place, this.#glass, this.#still, { width, height });
    for (const [line, colour] of [[9, '#16293a'], [5, '#f6b73c']]) {
      pen.beginPath();
      pen.arc(x, y, 24, 0, 2 * Math.PI);
      pen.lineWidth = line;
      pen.strokeStyle = colour;
      pen.stroke();
    }
  }
}

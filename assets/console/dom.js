// A few ways to make elements. Styles stand in the style sheet; the content security policy allows no others.

/** `make('button.primary', { 'data-test': 'answer', onclick }, 'text', child …)` */
export function make(kind, ...rest) {
  const [tag, ...classes] = kind.split('.');
  const element = document.createElement(tag);
  if (classes.length > 0) element.className = classes.join(' ');
  const given = rest[0]?.constructor === Object ? rest.shift() : {};
  for (const [name, value] of Object.entries(given)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...rest.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A Material Symbol in the colour of the text around it. */
export function icon(name) {
  const element = make('span.icon', { 'aria-hidden': 'true' });
  element.style.maskImage = `url(/assets/icons/${name}.svg)`;
  return element;
}

/** What a browser calls keys that are written otherwise on a button (WAI-ARIA, aria-keyshortcuts). */
const KEYS = { '−': '-', '+': 'Plus', Esc: 'Escape' };

/** A button with an icon, a word and the key that presses it too. */
export function control(kind, hook, picture, word, key, onclick) {
  return make(
    `button.${kind}`,
    { type: 'button', 'data-test': hook, 'aria-keyshortcuts': KEYS[key] ?? key, onclick },
    picture && icon(picture),
    make('span.word', word),
    key && make('kbd', key),
  );
}

/** Sets text only when it changed, so that selections and screen readers are left in peace. */
export function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** `4:07` */
export function clock(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

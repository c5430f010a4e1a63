// Words of the login page, and why the last try failed. Without this script the form still works, in Ukrainian.

import { say, start } from './words.js';

await start();
for (const element of document.querySelectorAll('[data-say]')) element.textContent = say(element.dataset.say);
const error = new URLSearchParams(location.search).get('error');
if (error) {
  const trouble = document.querySelector('.trouble');
  trouble.textContent = say(error === 'slow' ? 'login-slow' : 'login-bad');
  trouble.hidden = false;
}

// The card of the service that the visit is about, from the relay.

import { icon, make } from '../dom.js';
import { chosen, say } from '../words.js';

/** Asked for anew each time: a page stays open for days, and prices change with the day. */
async function load(service) {
  const answer = await fetch(`/api/service/${encodeURIComponent(service)}?lang=${chosen()}`);
  return answer.ok ? answer.json() : null;
}

/** An element that fills itself; `short` shows the name alone. */
export function serviceCard(service, { short = false } = {}) {
  const root = make('div.service');
  if (!service) {
    root.append(make('h2', say('service-none')), make('p.muted', short ? '' : say('service-none-lead')));
    return root;
  }
  root.append(make('h2', say('service-loading')));
  load(service)
    .catch(() => null)
    .then((card) => {
      root.replaceChildren(...(card ? fill(card, short) : [make('h2', service), make('p.muted', say('service-missing'))]));
    });
  return root;
}

function fill(card, short) {
  const title = make('h2', card.name);
  if (short) return [title];
  const fees = card.fees.map((fee) =>
    make('li', make('strong', fee.amount ?? say('service-fee-unknown')), ` ${[fee.term, fee.label].filter(Boolean).join(' · ')}`),
  );
  const documents = card.documents.map(({ name, condition, note }) =>
    make('li', name, ...[condition, note].filter(Boolean).map((more) => make('span.muted', ` — ${more}`))),
  );
  return [
    title,
    card.needs_review && make('p.chip.warn', icon('warning'), make('span', say('service-review'))),
    make('p', card.summary),
    fees.length > 0 && make('ul.fees', ...fees),
    documents.length > 0 && make('h3', say('service-documents')),
    documents.length > 0 && make('ul.documents', ...documents),
    card.place && make('p.muted', `${say('service-place')}: ${card.place}`),
    make('p.muted', `${say('service-provider')}: ${card.provider}`),
  ].filter(Boolean);
}

/** How the visitor talks: in which sign language, or in writing alone. */
export function language({ signing, wishes }) {
  return say(wishes?.text_only ? 'writes-only' : `signing-${signing}`);
}

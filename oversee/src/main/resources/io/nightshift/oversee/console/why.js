// Hypotheses with what speaks for and against them.

import {h} from './dom.js';
import {percent, service} from './words.js';

function claims(title, tone, list) {
  return h('div', {class: `claims ${tone}`}, h('h4', null, title),
    list.length
      ? h('ul', null, list.map((claim) => h('li', null, claim.text, ' ', claim.evidence.map((item) =>
        h('abbr', {title: `${item.kind}: ${item.text}${item.ref ? ` — ${item.ref}` : ''}`, tabindex: 0}, item.id)))))
      : h('p', {class: 'muted'}, tone === 'against' ? 'Nothing was found that speaks against it.' : 'Nothing.'));
}

export function hypothesis(one, first, keep) {
  const width = Math.round(one.confidence * 100);
  const meter = h('span', {class: 'meter', role: 'meter', 'aria-valuenow': width, 'aria-valuemin': 0, 'aria-valuemax': 100, 'aria-label': 'confidence'}, h('i'));
  meter.firstChild.style.width = `${width}%`;
  return keep(`hypothesis ${one.rank}`, h('details', {class: `hypothesis${first ? ' first' : ''}`, open: first},
    h('summary', null,
      h('span', {class: 'cause'}, h('strong', null, one.service ? service(one.service) : one.causeClass === 'no culprit' ? 'nobody' : 'outside'), one.instance ? ` (${one.instance})` : '', ' ', h('span', {class: 'muted'}, one.causeClass)),
      meter, h('b', null, percent(one.confidence))),
    h('p', null, one.sentence),
    one.chain.length > 1 ? h('p', {class: 'muted'}, one.chain.map(service).join(' → ')) : null,
    h('div', {class: 'sides'}, claims('For', 'for', one.speaksFor), claims('Against', 'against', one.speaksAgainst))));
}

export function refusals(considered) {
  return h('dl', {class: 'refused'}, considered.map((other) => [h('dt', null, other.what), h('dd', null, other.why)]));
}

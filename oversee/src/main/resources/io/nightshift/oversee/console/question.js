// Asking, and a question with its answers.

import {h, panel} from './dom.js';
import {post, who} from './api.js';
import {ask, signIn} from './decide.js';
import {explained, fill} from './explain.js';
import {ago, when} from './words.js';

export const address = (id) => id.startsWith('ask-') ? `#/question/${encodeURIComponent(id)}` : `#/incident/${encodeURIComponent(id)}`;

async function send(body) {
  const {id} = await post('/api/ask', body);
  return id;
}

/** The box beside the incidents. It stands outside of what is rendered again, so that nobody loses half a question. */
export function askBox(place) {
  const error = h('p', {class: 'error', role: 'alert'});
  const input = h('input', {id: 'question', type: 'text', maxlength: 500, autocomplete: 'off', placeholder: 'why is checkout slow?'});
  const button = h('button', {class: 'button', type: 'submit'}, 'Ask');
  place.replaceChildren(h('form', {class: 'askbox', onsubmit: async (event) => {
    event.preventDefault();
    const question = input.value.trim();
    error.textContent = '';
    if (!question || (!who().signedIn && !await signIn())) return;
    button.disabled = true;
    try {
      location.hash = address(await send({question}));
      input.value = '';
    } catch (problem) {
      error.textContent = problem.message;
    }
    button.disabled = false;
  }}, h('label', {for: 'question'}, 'Ask about a service'), h('div', {class: 'row'}, input, button), error));
}

export async function askAbout(incidentId) {
  if (!who().signedIn && !await signIn()) return false;
  return ask({
    title: 'Look into it again',
    lines: ['The answer will stand among the investigations of this incident. One that is over is answered from what is stored, and nothing is proposed for it.'],
    fields: [{name: 'question', label: 'Question (may be empty)'}],
    confirm: 'Ask', tone: 'primary',
  }, ({question}) => send({incidentId, question}));
}

export function questionCard(one, state, selected) {
  const at = one.answers.length ? one.answers[one.answers.length - 1].finishedAt : one.askedAt;
  return h('a', {class: `card calm${one.id === selected ? ' selected' : ''}`, href: address(one.id), 'aria-current': one.id === selected ? 'true' : null},
    h('p', {class: 'standing'}, one.answers.length ? 'answered' : 'being looked into', h('time', null, ago(at, state.now))),
    h('h3', null, one.text),
    one.sentence ? h('p', {class: 'muted clamp'}, one.sentence) : null);
}

export function question(one, state, keep) {
  const last = one.answers[one.answers.length - 1];
  const head = h('header', {class: 'head'},
    h('p', {class: 'crumbs'}, h('code', null, one.id), one.askedBy ? ` · asked by ${one.askedBy}, ${when(one.askedAt, state.now)}` : ''),
    h('h1', null, one.text || 'This question is not known here yet'));
  if (!last) {
    return [head, h('p', {class: 'answer'}, 'Being looked into …'),
      h('p', {class: 'muted'}, 'If no answer comes within two minutes, the stage investigate does not run, does not trust this installation’s key, or has too many questions in work.')];
  }
  const answer = h('div', {class: 'reasoning'});
  fill(answer, last.id, state.now);
  return [head, h('p', {class: 'answer'}, last.sentence), panel('Why', 'a question changes nothing: nothing is proposed', answer),
    one.answers.length > 1 ? explained(one.id, one.answers, one.answers[0].id, keep, state.now) : null].filter(Boolean);
}

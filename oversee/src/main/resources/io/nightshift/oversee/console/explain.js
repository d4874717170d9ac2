// An investigation in full. It never changes once it is made, so each is fetched once.

import {chip, h, panel} from './dom.js';
import {get} from './api.js';
import {percent, service, span, time, when} from './words.js';
import {hypothesis, refusals} from './why.js';

const fetched = new Map(), chosen = new Map();
const KEPT = 30;

function explanation(id) {
  if (!fetched.has(id)) {
    const coming = get(`/api/investigations/${encodeURIComponent(id)}`);
    coming.catch(() => fetched.delete(id));
    fetched.set(id, coming);
    if (fetched.size > KEPT) fetched.delete(fetched.keys().next().value);
  }
  return fetched.get(id);
}

const cited = (ids) => ids.filter(Boolean).map((id) => [' ', h('abbr', null, id)]);

function section(title, ...children) {
  return h('div', {class: 'part'}, h('h3', null, title), ...children);
}

function evidence(items) {
  return h('div', {class: 'scroll'}, h('table', {class: 'items'}, h('tbody', null, items.map((item) =>
    h('tr', null, h('td', null, h('abbr', null, item.id)), h('td', {class: 'muted'}, item.kind),
      h('td', null, item.text, item.refs.length ? h('code', {class: 'ref'}, item.refs.join(' ')) : null))))));
}

function skills(list) {
  return h('ul', {class: 'facts'}, list.map((skill) => h('li', null, h('b', null, skill.name), ` (${skill.origin}) `,
    skill.changed || h('span', {class: 'muted'}, 'changed nothing'), cited([skill.evidenceId]))));
}

function looks(list) {
  return h('ul', {class: 'facts'}, list.map((look) => h('li', null, h('b', null, look.tool), ' ', h('code', null, look.arguments),
    ` ${look.outcome}`, h('span', {class: 'muted'}, ` ${look.millis} ms`), cited(look.evidenceIds))));
}

function money(micros) {
  return (micros / 1e6).toFixed(4);
}

function model(one) {
  const sum = (field) => one.calls.reduce((all, call) => all + call[field], 0);
  return [
    h('p', {class: 'muted'}, `The ranker’s first: ${one.rankerTop.map((top) => service(top).replace('|', ', ').replaceAll('_', ' ').toLowerCase()).join('; ') || 'nothing'}`),
    one.disagreement ? h('p', null, chip('warn', 'model and ranker differ'), ' ', one.disagreement) : null,
    h('p', {class: 'muted'}, `${percent(one.groundedShare)} of the claims cite evidence; ${one.droppedClaims} cited none and were dropped.`),
    one.calls.length ? [
      h('p', {class: 'muted'}, `${one.calls.length} calls, ${sum('inputTokens') + sum('outputTokens')} tokens, cost ${money(sum('costMicros'))}, ${span(sum('millis') / 1000)}`),
      h('ul', {class: 'facts'}, one.calls.map((call) => h('li', {title: `prompt ${call.promptDigest} answer ${call.answerDigest}`},
        `${call.provider} ${call.model} ${call.parameters}: ${call.outcome}, ${call.millis} ms, ${call.inputTokens} tokens in, ${call.outputTokens} out, cost ${money(call.costMicros)}`)))] : null,
  ];
}

/** Everything behind one answer. */
export function reasoning(one, now) {
  const {answer} = one;
  const closed = (name, element) => element;
  return [
    h('p', {class: 'muted'}, h('code', null, answer.id), ` · ${answer.engine} investigator${answer.engineNote ? ` (${answer.engineNote})` : ''} · ${when(answer.finishedAt, now)}, took ${answer.finishedAt - answer.startedAt} ms`),
    one.question ? h('p', null, h('b', null, 'Asked '), one.question) : null,
    answer.hypotheses.map((each, i) => hypothesis(each, i === 0, closed)),
    answer.considered.length ? section('Considered and refused', refusals(answer.considered)) : null,
    one.skills.length ? section('Skills', skills(one.skills)) : null,
    one.lessons.length ? section('Lessons used', h('ul', {class: 'facts'}, one.lessons.map((lesson) => h('li', null, lesson.effect, cited([lesson.evidenceId]))))) : null,
    one.looks.length ? section('Looks taken', looks(one.looks)) : null,
    section('Model and ranker', model(one)),
    one.evidence.length ? section(`Evidence, ${one.evidence.length} items`, evidence(one.evidence)) : null,
    answer.truncated.length ? section('Left out', h('ul', {class: 'facts'}, answer.truncated.map((note) => h('li', null, note)))) : null,
    one.packDigest ? h('p', {class: 'muted'}, 'Evidence digest ', h('code', null, one.packDigest.slice(0, 16))) : null,
  ].flat().filter(Boolean);
}

/** Puts an investigation into a place, once it is there. */
export async function fill(place, id, now) {
  try {
    place.replaceChildren(...reasoning(await explanation(id), now));
  } catch (problem) {
    place.replaceChildren(h('p', {class: 'error'}, problem.message));
  }
}

/** A panel that opens to the reasoning in full; earlier investigations of the same incident can be chosen. */
export function explained(subject, investigations, current, keep, now) {
  const place = h('div', {class: 'reasoning'});
  const known = investigations.some((one) => one.id === chosen.get(subject));
  const shown = known ? chosen.get(subject) : current;
  const select = investigations.length < 2 ? null : h('select', {'aria-label': 'Investigation', onchange: (event) => {
    chosen.set(subject, event.target.value);
    fill(place, event.target.value, now);
  }}, investigations.map((one, i) => h('option', {value: one.id, selected: one.id === shown},
    `${i + 1} of ${investigations.length}, ${time(one.finishedAt)}${one.question ? `: ${one.question}` : ''}`)));
  const details = keep('reasoning', h('details', {class: 'whole'}, h('summary', null, 'Hypotheses, evidence items, skills, looks and what was left out'), select, place));
  const load = () => { if (details.open && !place.hasChildNodes()) fill(place, shown, now); };
  details.addEventListener('toggle', load);
  load();
  return panel('Reasoning in full', `${investigations.length} ${investigations.length === 1 ? 'investigation' : 'investigations'}`, details);
}

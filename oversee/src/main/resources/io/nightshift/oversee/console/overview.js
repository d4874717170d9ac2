// What stands beside the incident: the pulse, the halt switch, cards, stages, the ledger.

import {chip, h, panel} from './dom.js';
import {logout, who} from './api.js';
import {decide, halt, resume, signIn} from './decide.js';
import {spark} from './plot.js';
import {questionCard} from './question.js';
import {ago, percent, service, span} from './words.js';

const plural = (count, one, many) => `${count} ${count === 1 ? one : many}`;

export function pulse(state) {
  const open = state.incidents.filter((incident) => incident.phase === 'open');
  const paging = open.filter((incident) => incident.pages);
  if (state.awaiting.length) {
    return [h('i', {class: 'lamp person'}), plural(state.awaiting.length, 'repair waits', 'repairs wait') + ' for your decision'];
  }
  if (paging.length) return [h('i', {class: 'lamp bad'}), plural(paging.length, 'incident affects', 'incidents affect') + ' users'];
  if (open.length) return [h('i', {class: 'lamp warn'}), plural(open.length, 'incident', 'incidents') + ' open, no user affected'];
  return [h('i', {class: 'lamp good'}), 'All quiet'];
}

export function controls(state, changed) {
  const running = state.halt.mode === 'running';
  const after = (deed) => async () => { if (await deed()) changed(); };
  return [
    who().signedIn
      ? h('button', {class: 'button quiet', title: 'Sign out', onclick: async () => { await logout(); changed(); }}, `${who().actor} · sign out`)
      : h('button', {class: 'button quiet', onclick: after(signIn)}, 'Sign in'),
    h('div', {class: `switch ${running ? 'on' : 'off'}`, role: 'group', 'aria-label': 'Halt switch'},
      h('span', null, h('i', {class: `lamp ${running ? 'good' : 'bad'}`}), running ? 'May act' : state.halt.mode === 'frozen' ? 'Frozen' : 'Halted'),
      running
        ? h('button', {class: 'button halt', onclick: after(() => halt(false))}, 'Halt')
        : h('button', {class: 'button good', onclick: after(resume)}, 'Resume')),
  ];
}

export function banner(state) {
  const {mode, actor, reason, at, note} = state.halt;
  if (mode === 'running') return note ? [note] : [];
  const who = actor ? `by ${actor}, ${ago(at, state.now)}` : '';
  return [h('strong', null, mode === 'frozen' ? 'Frozen' : 'Halted'), ` ${who}${reason ? `: ${reason}` : ''}. Nothing is repaired until a person resumes. ${note}`];
}

function approval(action, changed) {
  const press = (kind) => async () => { if (await decide(kind, action)) changed(); };
  return h('article', {class: 'card person'},
    h('p', {class: 'standing'}, 'Waits for you'),
    h('h3', null, `${action.action} of ${service(action.target)}`),
    h('p', {class: 'muted'}, [action.instances.join(' → '), action.reversibility].filter(Boolean).join(' · ')),
    action.verdict ? h('p', {class: 'muted'}, action.verdict.reasons.join('; ')) : null,
    h('div', {class: 'buttons'},
      h('a', {class: 'button quiet', href: `#/incident/${encodeURIComponent(action.incidentId)}`}, 'Evidence'),
      h('button', {class: 'button bad', onclick: press('deny')}, 'Deny'),
      h('button', {class: 'button good', onclick: press('approve')}, 'Approve')));
}

function card(incident, state, selected) {
  const facts = [
    incident.rootCause ? `${percent(incident.confidence)} sure` : null,
    incident.recoverySeconds !== null ? `recovered in ${span(incident.recoverySeconds)}` : incident.action || null,
  ].filter(Boolean);
  return h('a', {class: `card ${incident.tone}${incident.id === selected ? ' selected' : ''}`, href: `#/incident/${encodeURIComponent(incident.id)}`,
    'aria-current': incident.id === selected ? 'true' : null},
    h('p', {class: 'standing'}, incident.standing, h('time', null, ago(incident.onset, state.now))),
    h('h3', null, incident.headline),
    incident.headline === incident.sentence ? null : h('p', {class: 'muted'}, incident.sentence),
    h('div', {class: 'foot'}, h('p', {class: 'muted'}, facts.join(' · ') || plural(incident.anomalies, 'anomaly', 'anomalies')), spark(incident.spark, incident.tone)));
}

function stages(state) {
  return panel('Stages', null, h('ul', {class: 'stages'}, state.stages.map((stage) =>
    h('li', {title: stage.detail}, h('i', {class: `lamp ${{running: 'good', starting: 'warn', degraded: 'warn'}[stage.state] || 'bad'}`}),
      stage.name, stage.state === 'running' ? null : h('span', {class: 'muted'}, ` ${stage.state}${stage.detail ? `: ${stage.detail}` : ''}`)))));
}

/** The services of which least is judged; the words of the others stand in their tips. */
function coverage(state) {
  const sum = (what) => state.coverage.reduce((total, one) => total + one[what], 0);
  const share = (one) => one.judged / Math.max(1, one.series);
  const least = [...state.coverage].sort((a, b) => share(a) - share(b)).slice(0, 8);
  return panel('Coverage', null,
    h('p', null, h('strong', null, `${sum('judged')} of ${sum('series')}`), ' metric series are judged'),
    h('ul', {class: 'stages'}, least.map((one) =>
      h('li', {title: one.words}, h('i', {class: `lamp ${one.judged < one.series ? 'warn' : 'good'}`}),
        service(one.service), h('span', {class: 'muted'}, ` ${one.judged} of ${one.series}`)))));
}

function ledger(state) {
  const {sequence, hash, at, checked, broken} = state.ledger;
  if (sequence < 0) return panel('Ledger', null, h('p', {class: 'muted'}, 'No entry seen in the last day.'));
  return panel('Ledger', broken ? chip('bad', 'broken') : chip('good', 'in order'),
    h('p', null, h('strong', null, `#${sequence}`), ' ', h('code', {title: hash}, hash.slice(0, 16)), h('span', {class: 'muted'}, ` ${ago(at, state.now)}`)),
    h('p', {class: 'muted'}, broken || `${checked} links recomputed by this console since it began to look. “nightshift audit verify” checks them all.`));
}

export function side(state, selected, changed) {
  const open = state.incidents.filter((incident) => incident.phase === 'open');
  const past = state.incidents.filter((incident) => incident.phase !== 'open');
  return [
    state.awaiting.map((action) => approval(action, changed)),
    open.length ? [h('h2', {class: 'label'}, 'Open'), open.map((incident) => card(incident, state, selected))] : null,
    past.length ? [h('h2', {class: 'label'}, 'Last day'), past.map((incident) => card(incident, state, selected))] : null,
    state.questions.length ? [h('h2', {class: 'label'}, 'Questions'), state.questions.slice(0, 5).map((one) => questionCard(one, state, selected))] : null,
    state.stages.length ? stages(state) : null,
    state.coverage.length ? coverage(state) : null,
    ledger(state),
  ].flat(Infinity).filter(Boolean);
}

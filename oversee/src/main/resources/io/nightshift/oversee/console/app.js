// Fetches, and shows what changed. The page stands after the first fetch; events only say when to fetch again.

import {get, login, refreshSession, who} from './api.js';
import {signIn} from './decide.js';
import {h, panel} from './dom.js';
import {graph} from './graph.js';
import {incident} from './incident.js';
import {askBox, question} from './question.js';
import {banner, controls, pulse, side} from './overview.js';

const place = (id) => document.getElementById(id);
const opened = new Map();
const shown = {};
let state = null, detail = null, loading = false, again = false;

/** The question in the address, or null. */
function asked() {
  const match = /^#\/question\/(.+)$/.exec(location.hash);
  return match ? decodeURIComponent(match[1]) : null;
}

/** The incident in the address; without one, the first that is open. */
function selected() {
  if (asked()) return null;
  const match = /^#\/incident\/(.+)$/.exec(location.hash);
  if (match) return decodeURIComponent(match[1]);
  const first = state && state.incidents.find((one) => one.phase === 'open');
  return first ? first.id : null;
}

/** Remembers across renderings which details the reader opened or closed. */
const keeper = (id) => (name, element) => {
  const key = `${id} ${name}`;
  if (opened.has(key)) element.open = opened.get(key);
  element.addEventListener('toggle', () => opened.set(key, element.open));
  return element;
};

/** Replaces a place's content only when what it shows changed, so that nothing jumps under a reader's eyes. */
function show(id, facts, render) {
  const text = JSON.stringify(facts);
  if (shown[id] === text) return;
  shown[id] = text;
  place(id).replaceChildren(...render());
}

function quiet(id) {
  const night = h('div', {class: 'silence'},
    h('img', {src: '/assets/icon.svg', alt: '', width: 84, height: 84}),
    h('h1', null, id ? 'This incident is not known here' : state.incidents.length ? 'All quiet now' : 'All quiet'),
    h('p', {class: 'muted'}, state.openAnomalies
      ? `${state.openAnomalies} open anomalies are being watched; none makes an incident.`
      : 'Nothing unusual. Nightshift is watching.'));
  return [night, panel('Service graph', 'now', graph(state.graph, []))];
}

function render() {
  const minute = Math.floor(state.now / 15000);
  const id = selected();
  show('pulse', [state.awaiting.length, state.incidents.map((one) => [one.phase, one.pages])], () => pulse(state));
  show('controls', [state.halt, who()], () => controls(state, load));
  show('banner', [state.halt, minute], () => banner(state));
  place('banner').hidden = !place('banner').hasChildNodes();
  document.body.classList.toggle('halted', state.halt.mode !== 'running');
  show('side', [state.incidents, state.awaiting, state.questions, state.stages, state.ledger, id, asked(), minute], () => side(state, asked() || id, load));
  const one = asked() && (state.questions.find((each) => each.id === asked()) || {id: asked(), text: '', answers: []});
  if (one) show('detail', [one], () => question(one, state, keeper(one.id)));
  else show('detail', [id, detail, detail ? state.graph : [state.graph, state.openAnomalies, state.incidents.length]], () =>
    detail ? incident(detail, state, keeper(detail.card.id), load) : quiet(id));
  const waits = state.awaiting.length ? `(${state.awaiting.length}) ` : '';
  document.title = `${waits}Nightshift`;
}

async function fetchAll() {
  await refreshSession();
  if (!who().mayRead) {
    place('pulse').textContent = 'Sign in to look at the night';
    place('detail').replaceChildren(h('div', {class: 'silence'}, h('img', {src: '/assets/icon.svg', alt: '', width: 84, height: 84}),
      h('h1', null, 'Nightshift'), h('button', {class: 'button primary', onclick: async () => { if (await signIn()) start(); }}, 'Sign in')));
    return;
  }
  state = await get('/api/state');
  const id = selected();
  detail = id === null ? null : await get(`/api/incidents/${encodeURIComponent(id)}`).catch((problem) => {
    if (problem.status === 404) return null;
    throw problem;
  });
  render();
}

/** One fetch at a time; what happens meanwhile leads to one more. */
async function load() {
  if (loading) { again = true; return; }
  loading = true;
  try {
    await fetchAll();
  } catch (problem) {
    place('pulse').textContent = `Out of reach: ${problem.message}`;
    delete shown.pulse;
  }
  loading = false;
  if (again) { again = false; load(); }
}

function follow() {
  const events = new EventSource('/api/events');
  events.addEventListener('changed', load);
  events.addEventListener('error', () => {
    place('pulse').textContent = 'Connection lost, trying again …';
    delete shown.pulse;
  });
  setInterval(load, 15000);
}

async function start() {
  askBox(place('asking'));
  const token = location.pathname === '/login' ? location.hash.slice(1) : '';
  if (token) {
    history.replaceState(null, '', '/'); // out of the address and the history before anything else
    await login(token).catch((problem) => { place('pulse').textContent = problem.message; });
  }
  await load();
  if (who().mayRead) follow();
}

window.addEventListener('hashchange', () => {
  load();
  if (/^#\/(incident|question)\//.test(location.hash)) place('detail').scrollIntoView({block: 'start'});
});
start();

// Signing in, and the questions before a decision.

import {h} from './dom.js';
import {login, post, who} from './api.js';

const dialog = () => document.getElementById('ask');

/**
 * Opens a dialog; resolves to true once `act` went through.
 * @param fields [{name, label, secret, hint}]
 */
export function ask({title, lines, fields, confirm, tone}, act) {
  return new Promise((resolve) => {
    const box = dialog();
    const error = h('p', {class: 'error', role: 'alert'});
    const inputs = fields.map((field) => ({
      name: field.name,
      input: h('input', {id: `ask-${field.name}`, type: field.secret ? 'password' : 'text', autocomplete: 'off', spellcheck: 'false'}),
      field,
    }));
    let done = false;
    const button = h('button', {class: `button ${tone}`, type: 'submit'}, confirm);
    const form = h('form', {onsubmit: async (event) => {
      event.preventDefault();
      button.disabled = true;
      error.textContent = '';
      try {
        await act(Object.fromEntries(inputs.map(({name, input}) => [name, input.value])));
        done = true;
        box.close();
      } catch (problem) {
        error.textContent = problem.message;
      }
      button.disabled = false;
    }},
      h('h2', null, title),
      (lines || []).map((line) => h('p', {class: 'muted'}, line)),
      inputs.map(({input, field}) => h('label', {for: input.id}, field.label, input, field.hint ? h('small', null, field.hint) : null)),
      error,
      h('div', {class: 'buttons'}, h('button', {class: 'button quiet', type: 'button', onclick: () => box.close()}, 'Cancel'), button));
    box.replaceChildren(form);
    box.onclose = () => { box.replaceChildren(); resolve(done); };
    box.showModal();
    if (inputs.length) inputs[0].input.focus();
  });
}

const TOKEN = {name: 'stepUp', label: 'Operator’s token, once more', secret: true,
  hint: 'An open browser must not approve by itself.'};
const REASON = {name: 'reason', label: 'Reason, for the ledger (may be empty)'};

export function signIn() {
  return ask({
    title: 'Sign in',
    lines: ['Decisions are a person’s. The token stands in the file console-token in the installation’s folder; the address printed at the start signs you in as well.'],
    fields: [{name: 'token', label: 'Operator’s token', secret: true}],
    confirm: 'Sign in', tone: 'primary',
  }, ({token}) => login(token));
}

async function signedIn() {
  return who().signedIn || signIn();
}

export async function decide(kind, action) {
  if (!await signedIn()) return false;
  const approve = kind === 'approve';
  return ask({
    title: `${approve ? 'Approve' : 'Deny'}: ${action.action} of ${action.target}`,
    lines: [
      action.instances.length ? `Instances, in this order: ${action.instances.join(', ')}.` : '',
      `Bound to plan ${action.planHash.slice(0, 16)}…; any other plan would need another approval.`,
      approve ? '' : 'A denial holds for a while: this plan is neither done nor asked for meanwhile, unless something changes.',
    ].filter(Boolean),
    fields: [TOKEN, REASON],
    confirm: approve ? 'Approve this plan' : 'Deny this plan', tone: approve ? 'good' : 'bad',
  }, ({stepUp, reason}) => post(`/api/${kind}`, {actionId: action.actionId, planHash: action.planHash, stepUp, reason}));
}

export async function halt(freeze) {
  if (!await signedIn()) return false;
  return ask({
    title: freeze ? 'Freeze everything' : 'Halt Nightshift',
    lines: [freeze
      ? 'Nothing acts any more, not even what would put a half-done repair back in order.'
      : 'No new repair and no further step begins. What would put a half-done repair back in order still finishes.'],
    fields: [REASON],
    confirm: freeze ? 'Freeze now' : 'Halt now', tone: 'bad',
  }, ({reason}) => post('/api/halt', {freeze, reason}));
}

export async function resume() {
  if (!await signedIn()) return false;
  return ask({
    title: 'Let Nightshift act again',
    lines: ['Plans from before the halt are not carried on; Nightshift plans anew.'],
    fields: [TOKEN, REASON],
    confirm: 'Resume', tone: 'good',
  }, ({stepUp, reason}) => post('/api/resume', {stepUp, reason}));
}

// One incident: how far it has come, why, what was decided, the proof, and the whole story.

import {chip, h, panel} from './dom.js';
import {text} from './api.js';
import {decide} from './decide.js';
import {graph} from './graph.js';
import {evidence} from './plot.js';
import {explained} from './explain.js';
import {askAbout} from './question.js';
import {markdown} from './summary.js';
import {hypothesis, refusals} from './why.js';
import {service, span, time, when} from './words.js';

function rail(detail) {
  const began = detail.card.onset;
  return h('ol', {class: 'rail'}, detail.milestones.map((step) =>
    h('li', {class: step.at === null ? 'ahead' : step.tone},
      h('i'), h('b', null, step.label),
      h('span', null, step.at === null ? '' : step.name === 'began' ? time(step.at) : `+${span((step.at - began) / 1000)}`))));
}

function why(detail, keep, changed) {
  const {answer, card} = detail;
  const again = h('div', {class: 'buttons'}, h('button', {class: 'button quiet', onclick: async () => { if (await askAbout(card.id)) changed(); }}, answer ? 'Ask about it' : 'Have it looked into'));
  if (!answer) return panel('Why', null, h('p', {class: 'muted'}, card.phase === 'open' ? card.pages ? 'Being investigated …' : 'It does not page, so nobody looked into it yet.' : 'It was over before it was investigated.'), again);
  const note = `${answer.engine} investigator${answer.engineNote ? `, ${answer.engineNote}` : ''}`;
  return panel('Why', note,
    answer.hypotheses.map((one, i) => hypothesis(one, i === 0, keep)),
    answer.lessons.map((lesson) => h('p', {class: 'lesson'}, h('b', null, 'Lesson used '), lesson)),
    answer.modelCalls.length ? h('p', {class: 'muted'}, answer.modelCalls.join('; ')) : null,
    answer.truncated.length ? h('p', {class: 'muted'}, `Left out: ${answer.truncated.join('; ')}`) : null,
    again);
}

function refused(answer) {
  if (!answer || !answer.considered.length) return null;
  return panel('Considered and refused', null,
    refusals(answer.considered));
}

function verdict(v) {
  return [
    h('p', null, chip({allow: 'good', ask: 'person', deny: 'bad'}[v.decision] || 'calm', v.decision), ' by ',
      v.rules.map((rule) => [h('code', null, rule), ' '])),
    v.reasons.length ? h('ul', {class: 'facts'}, v.reasons.map((reason) => h('li', null, reason))) : null,
    h('p', {class: 'muted'}, `autonomy level ${v.level} · policy `, h('code', null, v.policyVersion.slice(0, 12)),
      v.approvals.length ? ` · approved by ${v.approvals.join(', ')}` : ''),
  ];
}

function action(one, changed) {
  const press = (kind) => async () => { if (await decide(kind, one)) changed(); };
  return h('article', {class: `action ${one.tone}`},
    h('h3', null, `${one.action} of ${service(one.target)}`, ' ', chip(one.tone, one.status), one.shadow ? chip('calm', 'shadow') : null),
    h('p', {class: 'muted'}, [one.instances.join(' → '), one.reversibility].filter(Boolean).join(' · '),
      one.planHash ? [' · plan ', h('code', {title: one.planHash}, one.planHash.slice(0, 12))] : ''),
    one.verdict ? verdict(one.verdict) : null,
    one.steps.length ? h('ul', {class: 'steps'}, one.steps.map((step) => h('li', null, h('b', null, step.instance), ` ${step.status}${step.message ? `, ${step.message}` : ''}`,
      step.stateBefore ? h('span', {class: 'muted'}, ` ${step.stateBefore} → ${step.stateAfter}`) : null))) : null,
    one.probes.length ? h('ul', {class: 'probes'}, one.probes.map((probe) => h('li', {class: probe.passed ? 'good' : 'bad'},
      h('b', null, `${probe.probe} of ${probe.subject}`), ` ${probe.passed ? 'passed' : 'failed'}${probe.message ? `: ${probe.message}` : ''}`))) : null,
    one.evidenceKept.length ? h('p', {class: 'muted'}, `Kept before the repair: ${one.evidenceKept.join(', ')}`) : null,
    one.waits ? h('div', {class: 'buttons'},
      h('button', {class: 'button bad', onclick: press('deny')}, 'Deny'),
      h('button', {class: 'button good', onclick: press('approve')}, 'Approve')) : null);
}

function decided(detail, changed) {
  const {card} = detail;
  const none = detail.answer && !detail.answer.proposal
    ? `Nothing is proposed: ${detail.answer.noProposalReason}` : card.phase === 'open' ? 'Nothing is proposed yet.' : 'Nothing was done.';
  return panel('Decided and done', null,
    detail.answer && detail.answer.proposal ? h('p', null, detail.answer.proposal.rationale) : null,
    detail.actions.length ? detail.actions.map((one) => action(one, changed)) : h('p', {class: 'muted'}, none));
}

function story(detail, keep) {
  return panel('Timeline', `${detail.timeline.length} entries`, h('ol', {class: 'timeline'}, detail.timeline.map((entry, i) =>
    h('li', {class: entry.tone},
      h('time', null, time(entry.at)), h('span', {class: 'kind'}, entry.kind),
      h('div', null, entry.details.length > 2
        ? keep(`entry ${i}`, h('details', null, h('summary', null, entry.text), entry.details.map((line) => h('p', {class: 'muted'}, line))))
        : [entry.text, entry.details.map((line) => h('p', {class: 'muted'}, line))])))));
}

function morning(detail) {
  const place = h('div');
  const path = `/api/incidents/${encodeURIComponent(detail.card.id)}/summary.md`;
  const show = async () => {
    try {
      place.replaceChildren(markdown(await text(path)));
    } catch (problem) {
      place.replaceChildren(h('p', {class: 'error'}, problem.message));
    }
  };
  const section = panel('Morning summary', h('a', {href: path}, 'Markdown'), place);
  show();
  return section;
}

/** @param keep remembers which details are open */
export function incident(detail, state, keep, changed) {
  const {card} = detail;
  return [
    h('header', {class: 'head'},
      h('p', {class: 'crumbs'}, h('code', null, card.id), ` · ${detail.environment} · ${when(card.onset, state.now)}`,
        card.resolvedAt ? ` – ${time(card.resolvedAt)}` : '', ` · ${card.anomalies} anomalies`),
      h('h1', null, card.headline),
      card.headline === card.sentence ? null : h('p', {class: 'muted'}, card.sentence),
      h('p', {class: 'chips'}, chip(card.tone, card.standing), chip(card.pages ? 'bad' : 'calm', card.pages ? 'users affected' : 'does not page'),
        card.recoverySeconds !== null ? chip('good', `recovered in ${span(card.recoverySeconds)}`) : null)),
    rail(detail),
    detail.answer ? h('p', {class: 'answer'}, detail.answer.sentence) : null,
    h('div', {class: 'columns'},
      h('div', null, why(detail, keep, changed)),
      h('div', null, decided(detail, changed), refused(detail.answer))),
    detail.answer ? explained(card.id, detail.investigations, detail.answer.id, keep, state.now) : null,
    panel('Service graph', detail.chain.length ? 'as it is now · red: the failure chain of this incident' : 'as it is now', graph(state.graph, detail.chain)),
    panel('Evidence', 'line: measured · shaded: expected', h('div', {class: 'plots'}, detail.evidence.map(evidence))),
    h('div', {class: 'columns'},
      h('div', null, story(detail, keep)),
      h('div', null,
        detail.lessons.length ? panel('Learned', null, h('ul', {class: 'facts'}, detail.lessons.map((lesson) => h('li', null, lesson)))) : null,
        morning(detail))),
  ].filter(Boolean);
}

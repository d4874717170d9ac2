// Draws a series with its expected band, its onset and its limit.

import {h, s} from './dom.js';
import {quantity, time} from './words.js';

const W = 420, H = 172, LEFT = 58, RIGHT = 10, TOP = 14, BOTTOM = 24;

const isNumber = (value) => value !== null && value !== undefined;

/** Round steps for an axis: at most four. */
function ticks(low, high, base) {
  const span = (high - low) || 1;
  let step = base ** Math.floor(Math.log(span / 3) / Math.log(base));
  for (const factor of base === 2 ? [1, 2, 4] : [1, 2, 5, 10]) {
    if (span / (step * factor) <= 4) { step *= factor; break; }
  }
  const marks = [];
  for (let at = Math.ceil(low / step) * step; at <= high + step * 1e-9; at += step) marks.push(at);
  return marks;
}

function scales(e) {
  const numbers = [...e.values, ...e.lower, ...e.upper].filter(isNumber);
  const highest = Math.max(...numbers), lowest = Math.min(...numbers);
  const limitNear = isNumber(e.limit) && e.limit < highest * 2.5;
  const top = Math.max(highest, limitNear ? e.limit : highest);
  const low = lowest < top * 0.5 ? Math.min(0, lowest) : lowest - (top - lowest) * 0.15;
  const high = top + (top - low || 1) * 0.1;
  const from = e.times[0], to = e.times[e.times.length - 1];
  return {
    low, high, from, to,
    x: (at) => LEFT + (W - LEFT - RIGHT) * (to === from ? 0.5 : (at - from) / (to - from)),
    y: (value) => TOP + (H - TOP - BOTTOM) * (1 - (value - low) / (high - low)),
  };
}

/** Paths of the runs of points for which `keep` holds, joined to their neighbours. */
function line(e, to, keep) {
  let path = '', drawing = false;
  e.values.forEach((value, i) => {
    if (!isNumber(value) || !keep(i)) { drawing = false; return; }
    path += `${drawing ? 'L' : 'M'}${to.x(e.times[i]).toFixed(1)} ${to.y(value).toFixed(1)}`;
    drawing = true;
  });
  return path;
}

function band(e, to) {
  const known = e.times.map((_, i) => i).filter((i) => isNumber(e.lower[i]) && isNumber(e.upper[i]));
  if (known.length < 2) return null;
  const up = known.map((i) => `${to.x(e.times[i]).toFixed(1)} ${to.y(e.upper[i]).toFixed(1)}`);
  const down = known.reverse().map((i) => `${to.x(e.times[i]).toFixed(1)} ${to.y(e.lower[i]).toFixed(1)}`);
  return `M${up.join('L')}L${down.join('L')}Z`;
}

const outside = (e) => (i) => isNumber(e.values[i])
  && ((isNumber(e.upper[i]) && e.values[i] > e.upper[i]) || (isNumber(e.lower[i]) && e.values[i] < e.lower[i]));

function marker(to, at, name, label) {
  if (!isNumber(at) || at < to.from || at > to.to) return null;
  const x = to.x(at);
  const turned = x > W - 70;
  return s('g', {class: `mark ${name}`},
    s('line', {x1: x, x2: x, y1: TOP - 4, y2: H - BOTTOM}),
    s('text', {x: turned ? x - 4 : x + 4, y: TOP + 4, 'text-anchor': turned ? 'end' : 'start'}, label));
}

function hover(svg, e, to) {
  const dot = s('circle', {class: 'dot', r: 3.5, visibility: 'hidden'});
  const label = s('text', {class: 'value', y: TOP + 16, visibility: 'hidden'});
  svg.append(dot, label);
  svg.addEventListener('pointermove', (event) => {
    const box = svg.getBoundingClientRect();
    const at = to.from + ((event.clientX - box.left) / box.width * W - LEFT) / (W - LEFT - RIGHT) * (to.to - to.from);
    let best = -1;
    e.times.forEach((moment, i) => {
      if (isNumber(e.values[i]) && (best < 0 || Math.abs(moment - at) < Math.abs(e.times[best] - at))) best = i;
    });
    if (best < 0) return;
    const x = to.x(e.times[best]);
    dot.setAttribute('cx', x);
    dot.setAttribute('cy', to.y(e.values[best]));
    label.textContent = `${quantity(e.values[best], e.unit)} at ${time(e.times[best])}`;
    label.setAttribute('x', Math.min(Math.max(x, LEFT + 60), W - 70));
    dot.setAttribute('visibility', 'visible');
    label.setAttribute('visibility', 'visible');
  });
  svg.addEventListener('pointerleave', () => {
    dot.setAttribute('visibility', 'hidden');
    label.setAttribute('visibility', 'hidden');
  });
}

export function plot(e) {
  const to = scales(e);
  const isOut = outside(e);
  const near = (i) => isOut(i) || isOut(i - 1) || isOut(i + 1);
  const area = band(e, to);
  const svg = s('svg', {class: 'plot', viewBox: `0 0 ${W} ${H}`, role: 'img', 'aria-label': e.sentence},
    ticks(to.low, to.high, e.unit === 'By' ? 2 : 10).map((value) => s('g', {class: 'grid'},
      s('line', {x1: LEFT, x2: W - RIGHT, y1: to.y(value), y2: to.y(value)}),
      s('text', {x: LEFT - 7, y: to.y(value) + 3.5, 'text-anchor': 'end'}, quantity(value, e.unit)))),
    [0, 0.5, 1].map((part) => {
      const at = to.from + (to.to - to.from) * part;
      return s('text', {class: 'axis', x: to.x(at), y: H - 7, 'text-anchor': part === 0 ? 'start' : part === 1 ? 'end' : 'middle'}, time(at));
    }),
    area ? s('path', {class: 'band', d: area}) : null,
    isNumber(e.limit) && e.limit <= to.high ? s('g', {class: 'limit'},
      s('line', {x1: LEFT, x2: W - RIGHT, y1: to.y(e.limit), y2: to.y(e.limit)}),
      s('text', {x: LEFT + 5, y: to.y(e.limit) - 4}, `limit ${quantity(e.limit, e.unit)}`)) : null,
    s('path', {class: 'series', d: line(e, to, () => true)}),
    s('path', {class: 'series out', d: line(e, to, near)}),
    marker(to, e.onset, 'onset', 'began'),
    marker(to, e.clearedAt, 'clear', 'over'));
  hover(svg, e, to);
  return svg;
}

/** A thumbnail without axes. */
export function spark(values, tone) {
  const numbers = values.filter(isNumber);
  if (numbers.length < 2) return null;
  const low = Math.min(...numbers), high = Math.max(...numbers);
  const points = values.map((value, i) => isNumber(value)
    ? `${(i / (values.length - 1) * 88).toFixed(1)},${(24 - (value - low) / (high - low || 1) * 21).toFixed(1)}` : null);
  return s('svg', {class: `spark ${tone}`, viewBox: '0 0 88 27', 'aria-hidden': 'true'},
    s('polyline', {points: points.filter(Boolean).join(' ')}));
}

/** The proof of one anomaly: a plot where it is a series, words where it is not. */
export function evidence(e) {
  return h('figure', {class: 'evidence'},
    h('figcaption', null,
      h('strong', null, e.subject), ' ', h('span', {class: 'muted'}, e.name),
      h('span', {class: `times ${e.severity >= 4 ? 'bad' : 'warn'}`, title: 'severity: 1 is the alarm threshold'},
        `${e.severity.toFixed(1)}×`)),
    e.times.length > 1 ? plot(e) : null,
    h('p', {class: 'sentence'}, e.sentence),
    e.facts.length ? h('ul', {class: 'facts'}, e.facts.map((fact) => h('li', null, fact))) : null,
    e.exemplars.length ? h('pre', {class: 'exemplar'}, e.exemplars.slice(0, 2).join('\n')) : null);
}

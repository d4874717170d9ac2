// Draws the service graph: callers left, what they call to the right; the failure chain stands out.

import {h, s} from './dom.js';
import {duration, percent, service} from './words.js';

const NODE_W = 138, NODE_H = 54, GAP_X = 172, GAP_Y = 44, PAD = 16;

/** The longest way from a service that nobody calls; calls that close a circle are passed over. */
function layers(nodes, edges) {
  const depth = new Map(nodes.map((node) => [node.id, 0]));
  for (let round = 0; round < nodes.length; round++) {
    let moved = false;
    for (const {from, to} of edges) {
      const next = (depth.get(from) || 0) + 1;
      if (from !== to && depth.get(to) < next && next < nodes.length) {
        depth.set(to, next);
        moved = true;
      }
    }
    if (!moved) break;
  }
  return depth;
}

function place(nodes, edges) {
  const depth = layers(nodes, edges);
  const columns = [];
  for (const node of nodes) (columns[depth.get(node.id)] ||= []).push(node);
  const used = columns.filter(Boolean);
  const tallest = Math.max(...used.map((column) => column.length));
  const height = tallest * NODE_H + (tallest - 1) * GAP_Y;
  const at = new Map();
  used.forEach((column, x) => {
    const middle = (node) => {
      const callers = edges.filter((edge) => edge.to === node.id && at.has(edge.from)).map((edge) => at.get(edge.from).y);
      return callers.length ? callers.reduce((a, b) => a + b, 0) / callers.length : 0;
    };
    column.sort((a, b) => middle(a) - middle(b) || (b.root - a.root) || a.name.localeCompare(b.name));
    const own = column.length * NODE_H + (column.length - 1) * GAP_Y;
    column.forEach((node, i) => at.set(node.id, {
      x: PAD + x * (NODE_W + GAP_X),
      y: PAD + (height - own) / 2 + i * (NODE_H + GAP_Y),
    }));
  });
  return {at, width: used.length * NODE_W + (used.length - 1) * GAP_X + 2 * PAD, height: height + 2 * PAD};
}

function edgeLine(edge, at, inChain) {
  const a = at.get(edge.from), b = at.get(edge.to);
  if (!a || !b) return null;
  const x1 = a.x + NODE_W, y1 = a.y + NODE_H / 2, x2 = b.x - 5, y2 = b.y + NODE_H / 2;
  const bend = Math.max(30, Math.abs(x2 - x1) / 2);
  const tone = inChain ? 'chain' : edge.errorRatio > 0.02 ? 'warn' : '';
  const label = [`${edge.callsPerSecond.toFixed(edge.callsPerSecond < 10 ? 1 : 0)}/s`, duration(edge.p95Millis)];
  const fails = edge.errorRatio >= 0.005 ? ` · ${percent(edge.errorRatio)} fail` : '';
  const level = Math.abs(y2 - y1) < 8; // a bent line runs level before its end: its label stands there
  const labelAt = level
    ? {x: (x1 + x2) / 2, y: y1 - 9, 'text-anchor': 'middle'}
    : {x: x2 - 10, y: y2 > y1 ? y2 + 16 : y2 - 9, 'text-anchor': 'end'};
  return s('g', {class: `edge ${tone}`},
    s('title', null, `${service(edge.from)} calls ${service(edge.to)} ${label[0]}, p95 ${label[1]}, ${percent(edge.errorRatio)} fail`),
    s('path', {d: `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`, 'marker-end': `url(#arrow-${tone || 'calm'})`}),
    s('text', labelAt, label.join(' · '),
      fails ? s('tspan', {class: 'fail'}, fails) : null));
}

function nodeBox(node, at, inChain, isRoot) {
  const {x, y} = at.get(node.id);
  const runs = node.instances.length > 1 ? `${node.instances.length} instances` : '';
  const below = [node.version, runs].filter(Boolean).join(' · ');
  return s('g', {class: `node ${node.health}${inChain ? ' chain' : ''}${isRoot ? ' root' : ''}`, transform: `translate(${x} ${y})`},
    s('title', null, `${node.id}: ${node.anomalies ? `${node.anomalies} open anomalies` : 'well'}${isRoot ? ', held to be the cause' : ''}`),
    isRoot ? s('rect', {class: 'halo', x: -5, y: -5, width: NODE_W + 10, height: NODE_H + 10, rx: 15}) : null,
    s('rect', {class: 'box', width: NODE_W, height: NODE_H, rx: 11}),
    s('circle', {class: 'lamp', cx: 16, cy: below ? 20 : NODE_H / 2, r: 4.5}),
    s('text', {class: 'name', x: 28, y: below ? 24 : NODE_H / 2 + 4}, node.name.slice(0, 15)),
    below ? s('text', {class: 'below', x: 28, y: 40}, below.slice(0, 20)) : null,
    isRoot ? s('text', {class: 'tag', x: NODE_W / 2, y: NODE_H + 20, 'text-anchor': 'middle'}, 'cause') : null);
}

/** @param chain services from the cause to the users, of the incident that is looked at */
export function graph(view, chain) {
  if (!view.nodes.length) return h('p', {class: 'muted'}, 'No service has been heard of yet.');
  const {at, width, height} = place(view.nodes, view.edges);
  const links = new Set(chain.slice(1).flatMap((to, i) => [`${chain[i]} ${to}`, `${to} ${chain[i]}`]));
  const lit = (edge) => chain.length ? links.has(`${edge.from} ${edge.to}`) : edge.inChain;
  const arrow = (tone) => s('marker', {id: `arrow-${tone}`, class: `arrow ${tone}`, viewBox: '0 0 8 8', refX: 6, refY: 4, markerWidth: 7, markerHeight: 7, orient: 'auto', markerUnits: 'userSpaceOnUse'},
    s('path', {d: 'M0 0L8 4L0 8z'}));
  return s('svg', {class: 'graph', viewBox: `0 0 ${width} ${height + 14}`, role: 'img',
    'aria-label': `Service graph: ${view.nodes.map((node) => `${node.name} ${node.health}`).join(', ')}`},
    s('defs', null, arrow('calm'), arrow('warn'), arrow('chain')),
    view.edges.map((edge) => edgeLine(edge, at, lit(edge))),
    view.nodes.map((node) => nodeBox(node, at, chain.includes(node.id), chain.length ? chain[0] === node.id : node.root)));
}

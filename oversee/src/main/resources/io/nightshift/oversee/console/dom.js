// Builds elements. Text only ever becomes text nodes, so whatever stands in telemetry stays inert.

const SVG = 'http://www.w3.org/2000/svg';

/** Control and direction characters, which could make a text look like another; line breaks and tabs may stay. */
const DECEIVING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

const visible = (value) => String(value)
  .replace(DECEIVING, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : visible(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : document.createTextNode(visible(child)));
  }
  return element;
}

/** An HTML element: h('p', {class: 'x', onclick: f}, 'text', child). */
export function h(tag, properties, ...children) {
  return fill(document.createElement(tag), properties, children);
}

/** An SVG element. */
export function s(tag, properties, ...children) {
  return fill(document.createElementNS(SVG, tag), properties, children);
}

/** A titled panel. */
export function panel(title, note, ...children) {
  return h('section', {class: 'panel'},
    h('h2', null, title, note ? h('span', {class: 'note'}, note) : null), ...children);
}

export function chip(tone, text, title) {
  return h('span', {class: `chip ${tone}`, title}, text);
}

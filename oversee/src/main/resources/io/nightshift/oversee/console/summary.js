// Shows the morning summary: a reader of the small Markdown that the server writes, which only ever makes text nodes.

import {h} from './dom.js';

const ENTITIES = {'&lt;': '<', '&gt;': '>', '&amp;': '&'};

const plain = (text) => text.replace(/\\([^a-zA-Z0-9\s])/g, '$1').replace(/&(lt|gt|amp);/g, (entity) => ENTITIES[entity]);

function inline(text) {
  return text.split(/(`[^`]*`|\*\*(?:[^*\\]|\\.)+\*\*)/).map((part) => {
    if (part.startsWith('`')) return h('code', null, part.slice(1, -1));
    if (part.startsWith('**') && part.length > 4) return h('strong', null, plain(part.slice(2, -2)));
    return plain(part);
  });
}

export function markdown(text) {
  const page = h('div', {class: 'markdown'});
  let list = null;
  for (const line of text.split('\n')) {
    const heading = /^(#{1,3}) (.*)/.exec(line);
    const item = /^( *)- (.*)/.exec(line);
    if (item) {
      if (!list) page.append(list = h('ul'));
      list.append(h('li', {class: item[1] ? 'sub' : null}, inline(item[2])));
      continue;
    }
    list = null;
    if (heading) page.append(h(`h${Math.min(heading[1].length + 1, 4)}`, null, inline(heading[2])));
    else if (line.trim()) page.append(h('p', null, inline(line)));
  }
  return page;
}

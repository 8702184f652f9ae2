// Steps from passage to passage: what one side shows is brought to the same height on the other.

'use strict';

const panes = Array.from(document.querySelectorAll('.pane'));
const work = document.querySelector('.work');
const now = document.querySelector('.now');
const facts = Array.from(document.querySelectorAll('.facts'));
let at = 0;

/** Returns what a passage consists of in a pane. */
function marksIn(pane, number) {
  return Array.from(pane.querySelectorAll('[data-p="' + number + '"]'));
}

/** How far below the top of its pane something is. */
function depth(pane, mark) {
  return mark.getBoundingClientRect().top - pane.getBoundingClientRect().top;
}

/**
 * Shows a passage on both sides. A side on which it was clicked stays as it is, and the other follows: to the same part
 * of the passage.
 */
function show(number, clicked) {
  at = number;
  for (const old of document.querySelectorAll('.on')) old.classList.remove('on');
  const still = clicked && panes.find((pane) => pane.contains(clicked));
  const part = still ? Math.max(0, marksIn(still, number).indexOf(clicked)) : 0;
  const wanted = still ? depth(still, marksIn(still, number)[part]) : Math.round(panes[0].clientHeight / 5);
  for (const pane of panes) {
    const marks = marksIn(pane, number);
    for (const mark of marks) mark.classList.add('on');
    // on a side where it lies in another passage it has its number only
    const shown = marks[Math.min(part, marks.length - 1)] || pane.querySelector('#' + pane.getAttribute('data-side') + number);
    if (pane !== still) pane.scrollTop += depth(pane, shown) - wanted;
  }
  const told = Array.from(facts[number - 1].parentElement.querySelectorAll('.facts span, .at'), (one) => one.textContent);
  now.textContent = Array.from(new Set(told)).join(' · ');
}

/** Shows the next passage, or the one before; after the last comes the first. */
function step(by) {
  if (!facts.length) return;
  const next = (at - 1 + by + facts.length) % facts.length;
  show(next + 1);
  if (!document.body.classList.contains('brief')) work.scrollIntoView({ block: 'nearest' });
  else document.getElementById('p' + (next + 1)).scrollIntoView({ block: 'center' });
}

/** Shows whole records, or passages only. */
function toggle() {
  const brief = document.body.classList.toggle('brief');
  document.querySelector('[data-do="toggle"]').setAttribute('aria-pressed', String(brief));
}

const actions = { next: () => step(1), back: () => step(-1), toggle };
const keys = { j: 'next', n: 'next', k: 'back', p: 'back', v: 'toggle' };

document.addEventListener('click', (event) => {
  const target = event.target;
  if (!(target instanceof Element)) return;
  const button = target.closest('[data-do]');
  if (button instanceof HTMLElement) {
    actions[button.dataset.do]();
    return;
  }
  const mark = target.closest('.pane .n, .pane [data-p]');
  if (!(mark instanceof HTMLElement)) return;
  event.preventDefault();
  const number = Number(mark.dataset.p || mark.textContent);
  const pane = panes.find((one) => one.contains(mark));
  show(number, mark.dataset.p ? mark : marksIn(pane, number)[0]);
});

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const action = keys[event.key.toLowerCase()];
  if (action) actions[action]();
});

if (facts.length) show(1);

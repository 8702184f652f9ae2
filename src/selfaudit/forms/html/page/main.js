// Builds the page and starts it.

const IN_APP_VIEWER = /MicroMessenger|QQ\/|wxwork|DingTalk/i;
const WIDE = '(min-width: 64em)';

/** Returns a function that says a text of the page with its slots filled. */
function speaker(texts) {
  const filled = (slots) => (slot, key) => String(own(slots, key) ? slots[key] : slot);
  return (name, slots = {}) => texts[name].replace(/\{(\w+)\}/g, filled(slots));
}

/** Returns every place to be answered: an item, or a part of one. */
function askedPlaces(form) {
  const places = [];
  for (const item of form.items) {
    if (!item.parts.length) places.push({ key: item.id, item, part: null });
    for (const part of item.parts) places.push({ key: item.id + ' ' + part.id, item, part });
  }
  return places;
}

/** Shows a notice at the top, in place of the one before it on the same topic; without a text it goes away. */
function tell(page, topic, kind, text, ...more) {
  const before = page.told[topic];
  if (before) before.remove();
  if (!text) return;
  const close = button(page.say('dismiss'), () => dismiss(notice), 'quiet dismiss');
  const role = kind === 'warning' ? 'alert' : 'status';
  const notice = make('div', { class: 'notice ' + kind, role }, make('div', {}, make('p', {}, text), ...more), close);
  page.told[topic] = notice;
  page.notices.append(notice);
}

/** Takes a notice away; the focus goes to the next one, or to what is below. */
function dismiss(notice) {
  const next = notice.nextElementSibling || notice.previousElementSibling;
  notice.remove();
  const target = next ? next.querySelector('.dismiss') : document.getElementById('questions');
  target.focus({ preventScroll: true });
}

/** Shows a state, as after a file was loaded. */
function showState(page, state) {
  page.state = state;
  const items = new Map(state.items.map((item) => [item.id, item]));
  for (const place of page.places) {
    const item = items.get(place.item.id);
    place.said = place.part ? item.parts.find((part) => part.id === place.part.id) : item;
  }
  showFindings(page);
  for (const show of page.shows) show();
  showProgress(page);
}

/** Returns the sections after the items, as far as this form asks for them. */
function sectionsOf({ form, say }) {
  return [
    { id: 'findings', title: say(form.round || 'findings'), build: makeFindings, asked: true },
    { id: 'coverage', title: say('coverage'), build: makeCoverage, asked: form.coverage.length },
    { id: 'suggestions', title: say('suggestions'), build: makeSuggestions, asked: form.suggestions.length },
    { id: 'clues', title: form.clues, build: makeClues, asked: form.clues },
    { id: 'declaration', title: say('declaration'), build: makeDeclaration, asked: true },
    { id: 'send', title: say('send'), build: makeSend, asked: true },
  ].filter((section) => section.asked);
}

/** Returns the page without anything in it. */
function newPage(form) {
  const page = {
    form,
    say: speaker(form.texts),
    state: emptyState(form),
    places: askedPlaces(form),
    areas: form.areas.map((area, n) => ({ ...area, anchor: 'area-' + (n + 1), count: make('span', {}) })),
    targets: new Map(),
    shows: [],
    told: {},
    dirty: false,
    edited: false,
    sentOn: '',
    lastAt: 0,
    timer: 0,
    bytes: new Map(),
    notices: make('div', { class: 'notices' }),
  };
  page.rest = sectionsOf(page);
  page.show = (state) => showState(page, state);
  page.tell = (...told) => tell(page, ...told);
  page.changed = () => {
    page.dirty = true;
    page.edited = true;
    keepSoon(page);
  };
  return page;
}

/** Opens what helps to answer on wide screens, and everything for printing. */
function openHelp() {
  const all = Array.from(document.querySelectorAll('details'));
  const wide = window.matchMedia(WIDE).matches;
  for (const one of all) one.open = wide;
  let closed = null;
  const forPrint = (printing) => {
    if (printing && !closed) closed = all.filter((one) => !one.open);
    for (const one of closed || []) one.open = printing;
    if (!printing) closed = null;
  };
  window.addEventListener('beforeprint', () => forPrint(true));
  window.addEventListener('afterprint', () => forPrint(false));
  // addListener, because old Safari has neither the events above nor addEventListener here
  window.matchMedia('print').addListener((event) => forPrint(event.matches));
}

/** Builds the page from the form in it. */
function start() {
  const form = JSON.parse(document.getElementById('form-data').textContent);
  const page = newPage(form);
  page.bar = makeBar(page);
  const areas = page.areas.map((area) => makeArea(page, area));
  const rest = page.rest.map((section) => section.build(page));
  const main = make('main', { id: 'questions', tabindex: '-1' }, makeHead(page), page.notices, ...areas, ...rest);
  const skip = make('a', { href: '#questions', class: 'skip' }, page.say('skip'));
  const columns = make('div', { class: 'columns' }, makeContents(page), main);
  refill(document.getElementById('page'), skip, page.bar.element, columns);
  page.show(page.state);
  restoreDraft(page);
  if (lostFiles(page).length) page.tell('files', 'warning', page.say('files_again'));
  guardDraft(page);
  openHelp();
  if (IN_APP_VIEWER.test(navigator.userAgent)) page.tell('viewer', 'warning', page.say('viewer'));
}

start();

// The form as the reader sees it: head, items area by area, and what is asked at its end. Made once, never again.

const CHOICES = ['conform', 'problem', 'not_applicable', 'unchecked'];
const DAY = /^(\d{4})-(\d\d)-(\d\d)$/;
const MOMENT = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)$/;
const HIGHEST = 6;

/** Returns a day as the reader writes it. */
function sayDay(page, day) {
  const found = DAY.exec(day);
  return found ? page.say('day', { year: found[1], month: Number(found[2]), day: Number(found[3]) }) : day;
}

/** Makes the head: what this is, whose it is, when and where it is due. */
function makeHead(page) {
  const { form } = page;
  const facts = [
    ['respondent', form.answers === 'unit' ? '' : form.who],
    ['unit', form.unit],
    ['due', sayDay(page, form.dueDay)],
    ['passport', form.passport],
    ['return_to', form.returnTo],
  ];
  const shown = facts.filter((fact) => fact[1]);
  const row = ([name, text]) => make('div', { class: name }, make('dt', {}, page.say(name)), make('dd', {}, text));
  const intro = { unchecked: form.words.unchecked, findings: page.say('findings') };
  return make(
    'header',
    { class: 'head' },
    make('p', { class: 'kind' }, page.say(form.round ? form.round + '_form' : 'form')),
    make('h1', {}, form.campaign),
    make('dl', { class: 'facts' }, ...shown.map(row)),
    make('p', { class: 'intro' }, form.round ? page.say(form.round + '_intro') : page.say('intro', intro)),
    form.again.length > 0 && make('p', { class: 'again' }, page.say('issued_again'))
  );
}

/** Makes the bar that stays in view: how far it got, and the two buttons that are always needed. */
function makeBar(page) {
  const count = make('span', { class: 'count' });
  const open = page.places.filter(({ key }) => isOpen(page.form, key));
  const progress = make('progress', { max: String(open.length), 'aria-label': page.say('progress_label') });
  count.hidden = progress.hidden = !open.length;
  const kept = make('span', { class: 'kept' });
  const check = button(page.say('check'), () => showCheck(page));
  const save = button(page.say('save'), () => saveResponse(page), 'primary');
  const done = make('div', { class: 'done' }, make('span', { class: 'who' }, page.form.who), count, progress, kept);
  const act = make('div', { class: 'act' }, check, save);
  const element = make('div', { class: 'bar' }, make('div', { class: 'within' }, done, act));
  return { element, count, progress, kept };
}

/** Makes the list of areas beside the form. */
function makeContents(page) {
  const link = (id, title, count) => make('li', {}, make('a', { href: '#' + id }, make('span', {}, title), count));
  const areas = page.areas.map((area) => link(area.anchor, area.title, area.count));
  const rest = page.rest.map((section) => link(section.id, section.title, ''));
  return make('nav', { class: 'contents', 'aria-label': page.say('contents') }, make('ol', {}, ...areas, ...rest));
}

/** Shows how many places are answered, altogether and by area. */
function showProgress(page) {
  const answered = ({ said }) => said.answer !== 'unchecked' && CHOICES.includes(said.answer);
  const open = page.places.filter(({ key }) => isOpen(page.form, key));
  const done = open.filter(answered).length;
  page.bar.count.textContent = page.say('progress', { done, all: open.length });
  page.bar.progress.value = done;
  for (const area of page.areas) {
    const places = open.filter((place) => place.item.area === area.id);
    const ready = places.filter(answered).length;
    area.count.textContent = places.length ? ready + '/' + places.length : '';
    area.count.className = ready === places.length ? 'ready all' : 'ready';
  }
}

/** Makes the section of an area with its items. */
function makeArea(page, area) {
  const items = page.form.items.filter((item) => item.area === area.id);
  const title = make('h2', { id: area.anchor, tabindex: '-1' }, area.title);
  const made = items.map((item) => makeItem(page, item));
  return make('section', { class: 'area', 'aria-labelledby': area.anchor }, title, ...made);
}

/** Makes an item: what is asked, how to check it, and the answer to it or to each of its parts. */
function makeItem(page, item) {
  const places = page.places.filter((place) => place.item === item);
  const title = make('h3', { id: newId() }, make('span', { class: 'no' }, item.id), ' ', item.title);
  const due = make('p', { class: 'by' }, page.say('item_due', { day: sayDay(page, item.due) }));
  const ask = make('p', { class: 'ask' }, item.ask);
  const answers = places.map((place) => makeAnswer(page, place));
  const wanted = item.evidence_required !== 'never';
  const files = wanted && make('p', { class: 'wanted' }, page.say('files_' + item.evidence_required));
  const hint = item.hint && make('p', { class: 'hint' }, item.hint);
  const asked = make('div', { class: 'asked' }, ask, hint, files, ...answers);
  const top = make('div', { class: 'title' }, title, due);
  // says in the style how high the item will be; a style of its own the policy of a page that was saved would refuse
  const high = String(Math.min(places.length, HIGHEST));
  const traits = { class: 'item', 'aria-labelledby': title.id, 'data-answers': high };
  return make('article', traits, top, asked, makeHelp(page, item));
}

/** Makes what helps to answer an item: how to check it and what to show, and the legal basis, always in view. */
function makeHelp(page, item) {
  const evidence = item.evidence.map((one) => make('li', {}, one));
  const cited = item.legal_basis.map((one) => make('li', {}, one));
  const help = make(
    'details',
    { class: 'help' },
    make('summary', {}, page.say('more')),
    make('h4', {}, page.say('how')),
    make('p', { class: 'how' }, item.how),
    evidence.length > 0 && make('h4', {}, page.say('evidence')),
    evidence.length > 0 && make('ul', {}, ...evidence)
  );
  const listed = make('div', { class: 'cited' }, make('h4', {}, page.say('legal_basis')), make('ul', {}, ...cited));
  return make('div', { class: 'beneath' }, help, cited.length > 0 && listed);
}

/** Makes the answer to an item or a part: four choices, an explanation, and the way to describe a problem. */
function makeAnswer(page, place) {
  const { key, item, part } = place;
  const at = 'items/' + item.id + (part ? '/' + part.id : '');
  const ask = part && make('p', { class: 'part', id: newId() }, make('span', { class: 'no' }, part.id), ' ', part.ask);
  const choices = makeChoices(page, place, at, ask);
  const note = textField(page, {
    at: at + '/note',
    label: page.say('note'),
    context: key,
    get: () => place.said.note,
    set: (text) => { place.said.note = text; },
  });
  const name = note.element.querySelector('.name');
  const register = button(page.say('register'), () => addFinding(page, item.id, part ? part.id : ''), 'register');
  register.setAttribute('aria-label', page.say('register_for', { place: key }));
  place.links = make('span', { class: 'links' });
  const report = make('p', { class: 'report' }, register, place.links);
  const mark = page.form.again.includes(key) && make('p', { class: 'again' }, page.say('to_answer'));
  const files = makeFiles(page, {
    at: at + '/evidence',
    context: key,
    get: () => place.said.evidence,
    set: (chosen) => { place.said.evidence = chosen; },
  });
  const element = make('div', { class: 'answer' }, mark, ask, choices.element, note.element, files.element, report);
  place.show = () => {
    choices.show();
    element.setAttribute('data-answer', CHOICES.includes(place.said.answer) ? place.said.answer : 'unread');
    name.textContent = page.say(place.said.answer === 'not_applicable' ? 'note_reason' : 'note');
  };
  page.shows.push(place.show, note.show, files.show);
  return element;
}

/** Makes the four choices of an answer. */
function makeChoices(page, place, at, ask) {
  const name = newId();
  const inputs = CHOICES.map((value) => {
    const change = () => {
      place.said.answer = value;
      place.show();
      showProgress(page);
      page.changed();
    };
    return make('input', { type: 'radio', name, value, autocomplete: 'off', 'data-at': at + '/answer', change });
  });
  const word = (input) => make('span', {}, page.form.words[input.value]);
  const labels = inputs.map((input) => make('label', { class: 'choice ' + input.value }, input, word(input)));
  const legend = make('legend', {}, make('span', { class: 'unseen' }, page.say('answer_to', { place: place.key })));
  const unread = make('p', { class: 'complaint', id: newId() });
  const about = (ask ? ask.id + ' ' : '') + unread.id;
  const element = make('fieldset', { class: 'choices', 'aria-describedby': about }, legend, ...labels, unread);
  page.targets.set(at + '/answer', inputs[0]);
  const show = () => {
    const { answer } = place.said;
    for (const input of inputs) input.checked = input.value === answer;
    unread.textContent = CHOICES.includes(answer) ? '' : page.say('unread_answer', { value: answer });
  };
  return { element, show };
}

/** Makes a section of the form's end. */
function makeSection(id, title, help, ...children) {
  const heading = make('h2', { id, tabindex: '-1' }, title);
  const hint = help && make('p', { class: 'hint' }, help);
  return make('section', { class: 'rest', 'aria-labelledby': id }, heading, hint, ...children);
}

/** Returns the title of a field, with a mark if it is to be answered in a form that was issued again. */
function marked(page, place, title) {
  return page.form.again.includes(place) ? title + ' (' + page.say('to_answer') + ')' : title;
}

/** Makes the numbers that are asked for. */
function makeCoverage(page) {
  const fields = page.form.coverage.map(({ id, title }) =>
    textField(page, {
      at: 'coverage/' + id,
      label: marked(page, 'coverage:' + id, title),
      oneLine: true,
      digits: true,
      required: true,
      get: () => page.state.coverage[id],
      set: (text) => { page.state.coverage[id] = text; },
    })
  );
  page.shows.push(...fields.map((field) => field.show));
  const grid = make('div', { class: 'numbers' }, ...fields.map((field) => field.element));
  return makeSection('coverage', page.say('coverage'), page.say('coverage_help'), grid);
}

/** Makes the boxes for suggestions. */
function makeSuggestions(page) {
  const fields = page.form.suggestions.map(({ id, title }) =>
    textField(page, {
      at: 'suggestions/' + id,
      label: marked(page, 'suggestion:' + id, title),
      get: () => page.state.suggestions[id],
      set: (text) => { page.state.suggestions[id] = text; },
    })
  );
  page.shows.push(...fields.map((field) => field.show));
  const boxes = fields.map((field) => field.element);
  return makeSection('suggestions', page.say('suggestions'), page.say('suggestions_help'), ...boxes);
}

/** Makes the box for clues. */
function makeClues(page) {
  const field = textField(page, {
    at: 'clues',
    label: page.form.clues,
    get: () => page.state.clues,
    set: (text) => { page.state.clues = text; },
  });
  field.element.querySelector('label').className = 'unseen';
  page.shows.push(field.show);
  return makeSection('clues', page.form.clues, page.say('clues_help'), field.element);
}

/** Makes the declaration, who accepts it, and when. */
function makeDeclaration(page) {
  const agree = make('input', {
    type: 'checkbox',
    id: newId(),
    autocomplete: 'off',
    'data-at': 'declaration',
    change: () => {
      page.state.declaration = agree.checked;
      page.changed();
    },
  });
  page.targets.set('declaration', agree);
  page.shows.push(() => { agree.checked = page.state.declaration; });
  const name = textField(page, {
    at: 'filled_by',
    label: page.say('filled_by'),
    oneLine: true,
    required: true,
    get: () => page.state.filled_by,
    set: (text) => { page.state.filled_by = text; },
  });
  page.shows.push(name.show);
  const text = make('p', { class: 'declared' }, page.form.declaration);
  const accept = make('label', { class: 'accept' }, agree, make('span', {}, page.say('agree')));
  const signed = make('div', { class: 'signed' }, name.element, ...makeMoment(page));
  return makeSection('declaration', page.say('declaration'), '', text, accept, signed);
}

/** Makes day and time of filling in: one text of the response, but apart while they are typed in any order. */
function makeMoment(page) {
  const typed = { day: '', time: '' };
  const part = (key) => ({
    get: () => typed[key],
    set: (text) => {
      typed[key] = text;
      // a time is no date: it waits in its field for a day
      page.state.filled_on = typed.day && typed.time ? typed.day + ' ' + typed.time : typed.day;
    },
  });
  const label = page.say('filled_on');
  const day = dayField(page, { at: 'filled_on', label, required: true, quick: true, ...part('day') });
  const time = dayField(page, {
    at: 'filled_on/time',
    label: page.say('time'),
    hint: page.say('time_help'),
    time: true,
    quick: true,
    ...part('time'),
  });
  page.showMoment = () => {
    const found = MOMENT.exec(page.state.filled_on);
    [typed.day, typed.time] = found ? found.slice(1) : [page.state.filled_on, ''];
    [day, time].forEach((field) => field.show());
  };
  page.shows.push(page.showMoment);
  return [day.element, time.element];
}

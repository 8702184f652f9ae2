// The problems found: one card each, added, changed and removed by the reader.

const LONGEST_OPTION = 40;

/** Returns what a field is called: of a finding, or one on its own in the form. */
function fieldName(page, key) {
  const field = page.form.findingFields.find((one) => one.key === key);
  return field ? field.label : page.say(key);
}

/** Makes the section of the problems; ``showFindings`` fills it. */
function makeFindings(page) {
  page.findingList = make('div', { class: 'findings' });
  const { round } = page.form;
  if (round) return makeSection('findings', page.say(round), page.say(round + '_help'), page.findingList);
  page.findingAdd = button(page.say('add_finding'), () => addFinding(page, '', ''), 'add');
  return makeSection('findings', page.say('findings'), page.say('findings_help'), page.findingList, page.findingAdd);
}

/** Shows every problem again, as after a file was loaded. */
function showFindings(page) {
  for (const at of Array.from(page.targets.keys())) if (at.startsWith('findings/')) page.targets.delete(at);
  const cards = page.state.findings.map((finding) => makeFinding(page, finding));
  refill(page.findingList, ...cards);
  showLinks(page);
}

/** Adds a problem, of an item and part if that is known, and goes there. */
function addFinding(page, item, part) {
  const finding = Object.assign(emptyFinding(page.form, nextNumber(page.state)), { item, part });
  page.state.findings.push(finding);
  const card = makeFinding(page, finding);
  page.findingList.append(card);
  showLinks(page);
  page.changed();
  goTo(page.targets.get('findings/' + finding.number + (item ? '/fact' : '/item')));
}

/** Removes a problem. */
function removeFinding(page, finding) {
  page.state.findings.splice(page.state.findings.indexOf(finding), 1);
  showFindings(page);
  page.changed();
  goTo(page.findingAdd);
}

/** Shows at every answer which problems describe it. */
function showLinks(page) {
  for (const place of page.places) {
    const { item, part } = place;
    const mine = page.state.findings.filter(
      (finding) => finding.item === item.id && (finding.part === '' || (part && finding.part === part.id))
    );
    const link = (finding) => makeLink(page, 'findings/' + finding.number + '/fact', sayFinding(page, finding));
    refill(place.links, mine.length > 0 && page.say('registered') + ' ', ...mine.map(link));
  }
  page.findingList.classList.toggle('none', page.state.findings.length === 0);
  page.findingList.setAttribute('data-none', page.say('no_findings'));
}

/** Returns the title of a problem. */
function sayFinding(page, finding) {
  return finding[page.form.row] || page.say('finding', { number: finding.number });
}

/** Makes a link that goes to an input. */
function makeLink(page, at, text) {
  const target = page.targets.get(at);
  const click = (event) => {
    event.preventDefault();
    goTo(page.targets.get(at));
  };
  return make('a', { href: '#' + (target ? target.id : ''), class: 'jump', click }, text);
}

/** Makes the card of a problem. */
function makeFinding(page, finding) {
  const title = make('h3', { id: newId() }, sayFinding(page, finding));
  const offers = [];
  const groups = makeGroups(page, finding, offers);
  const given = makeGiven(page, finding);
  const top = make('div', { class: 'title' }, title, !given && makeRemove(page, finding));
  const files = page.form.files === false ? null : makeFiles(page, {
    at: 'findings/' + finding.number + '/evidence',
    context: sayFinding(page, finding),
    get: () => finding.evidence,
    set: (chosen) => { finding.evidence = chosen; },
  });
  if (files) files.show();
  // what an item offers follows the choice of the item
  const change = () => offers.forEach((offer) => offer());
  const traits = { class: 'finding', 'aria-labelledby': title.id, change };
  return make('article', traits, top, given, ...groups, files && files.element);
}

/** Makes what is shown of a finding that the form is about; nothing where the reader describes it. */
function makeGiven(page, finding) {
  if (!page.form.round) return false;
  const isShown = ({ key, kind }) => kind === 'given' && key !== page.form.row && finding[key];
  const shown = page.form.findingFields.filter(isShown);
  const row = ({ key, label }) => make('div', {}, make('dt', {}, label), make('dd', {}, finding[key]));
  return make('dl', { class: 'facts' }, ...shown.map(row));
}

/** Makes the button that removes a problem. */
function makeRemove(page, finding) {
  const sure = () => (saysNothing({ ...finding, item: '', part: '' }) ? '' : page.say('remove_sure'));
  const word = page.say('remove');
  const act = () => removeFinding(page, finding);
  const remove = confirmedButton(page, { text: word, kind: 'quiet', sure, yes: word, act });
  remove.querySelector('button').setAttribute('aria-label', page.say('remove_finding', { number: finding.number }));
  return remove;
}

/** Makes the fields of a problem under their headings; what their item offers is put into a list. */
function makeGroups(page, finding, offers) {
  return page.form.findingGroups.map((group) => {
    const asked = group.keys.map((key) => page.form.findingFields.find((one) => one.key === key));
    const fields = [].concat(...asked.map((one) => makeFindingFields(page, finding, one)));
    fields.forEach((field) => field.show());
    offers.push(...fields.filter((field) => field.offer).map((field) => field.offer));
    const legend = make('legend', {}, group.title);
    return make('fieldset', { class: 'group' }, legend, ...fields.map((field) => field.element));
  });
}

/** Makes the fields of a problem that belong to one name. */
function makeFindingFields(page, finding, { key, kind, label, hint, offered, options }) {
  const field = {
    at: 'findings/' + finding.number + '/' + key,
    label,
    context: sayFinding(page, finding),
    hint,
    low: kind === 'line',
    half: kind !== 'text',
    required: page.form.findingNeeds.includes(key),
    get: () => finding[key],
    set: (text) => { finding[key] = text; },
  };
  if (kind === 'item') return [makePlace(page, finding, field)];
  if (kind === 'severity') return [choiceField(page, { ...field, options: page.form.severities })];
  if (kind === 'choice') return [choiceField(page, { ...field, options })];
  if (kind === 'date') return [dayField(page, field)];
  if (kind === 'disposition') return makeDispositions(page, field, finding[key]);
  if (offered) return [makeOffered(page, finding, field, key, offered)];
  return [textField(page, field)];
}

/** Makes the choice of the item and part that a problem belongs to. */
function makePlace(page, finding, place) {
  const options = [];
  for (const item of page.form.items) {
    const put = (id, text, part) => {
      const full = id + '  ' + text;
      options.push({ id, title: shortened(full), full, item: item.id, part });
    };
    put(item.id, item.title, '');
    for (const part of item.parts) put(item.id + ' ' + part.id, part.ask, part.id);
  }
  const field = choiceField(page, {
    ...place,
    options,
    get: () => (finding.item + ' ' + finding.part).trim(),
    set: (value) => {
      const chosen = options.find((option) => option.id === value) || { item: '', part: '' };
      finding.item = chosen.item;
      finding.part = chosen.part;
      showLinks(page);
    },
  });
  page.targets.set('findings/' + finding.number + '/part', field.area);
  return field;
}

/** Returns the beginning of a text that is too long for a list. */
function shortened(text) {
  return text.length > LONGEST_OPTION ? text.slice(0, LONGEST_OPTION) + '…' : text;
}

/** Makes a text with what the chosen item offers for it, such as its legal basis. */
function makeOffered(page, finding, asked, key, offered) {
  const field = textField(page, asked);
  const words = make('p', { class: 'usual' });
  field.element.append(words);
  const offer = () => {
    const item = page.form.items.find((one) => one.id === finding.item);
    const entries = item ? item[offered] : [];
    const chips = entries.map((one) => button(one, () => addAction(page, field, finding, key, one), 'chip'));
    refill(words, entries.length > 0 && make('span', {}, page.say('of_item')), ...chips);
  };
  const show = () => {
    field.show();
    offer();
  };
  return { ...field, show, offer };
}

/** Makes a text for each class of what follows, with the usual words to choose from. */
function makeDispositions(page, { at, label, context, hint }, said) {
  const fields = page.form.dispositions.map(({ id, title, actions }, n) => {
    const field = textField(page, {
      at: at + '/' + id,
      label: title,
      context: context + ' ' + label,
      low: true,
      half: true,
      get: () => said[id],
      set: (text) => { said[id] = text; },
    });
    if (n === 0) page.targets.set(at, field.area);
    const usual = actions.map((action) => button(action, () => addAction(page, field, said, id, action), 'chip'));
    const words = make('p', { class: 'usual' }, make('span', {}, page.say('usual')), ...usual);
    if (usual.length) field.element.append(words);
    return field;
  });
  if (!fields.length) return [];
  return [{ element: make('p', { class: 'hint' }, hint), show: () => {} }, ...fields];
}

/** Appends a usual word to a text. */
function addAction(page, field, said, id, action) {
  const before = clean(said[id]);
  if (before.split(/[;；]\s*/).includes(action)) return;
  said[id] = before ? before + page.say('semicolon') + action : action;
  field.show();
  page.changed();
  field.area.focus();
}

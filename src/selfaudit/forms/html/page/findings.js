// The problems found: one card each, added, changed and removed by the reader.

const LONGEST_OPTION = 40;
const LOW = ['certificates', 'people', 'owner'];
const EXPLAINED = ['fact', 'correction', 'similar'];
const FINDING_PARTS = [
  ['what', ['place', 'severity', 'fact', 'basis', 'certificates', 'people']],
  ['why', ['cause', 'correction', 'similar']],
  ['then', ['disposition', 'owner', 'due']],
];

/** Returns what a field of a finding is called. */
function fieldName(page, key) {
  return page.say(key === 'due' ? 'finding_due' : key);
}

/** Makes the section of the problems; ``showFindings`` fills it. */
function makeFindings(page) {
  page.findingList = make('div', { class: 'findings' });
  page.findingAdd = button(page.say('add_finding'), () => addFinding(page, '', ''), 'add');
  return makeSection('findings', page.say('findings'), page.say('findings_help'), page.findingList, page.findingAdd);
}

/** Shows every problem anew, as after a file was loaded. */
function showFindings(page) {
  for (const at of Array.from(page.targets.keys())) if (at.startsWith('findings/')) page.targets.delete(at);
  const cards = page.state.findings.map((finding) => makeFinding(page, finding));
  refill(page.findingList, ...cards);
  showLinks(page);
}

/** Adds a problem, of an item and part if that is known, and goes there. */
function addFinding(page, item, part) {
  const finding = { ...emptyFinding(page.form, nextNumber(page.state)), item, part };
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
  return page.say('finding', { number: finding.number });
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
  const sure = () => (saysNothing({ ...finding, item: '', part: '' }) ? '' : page.say('remove_sure'));
  const word = page.say('remove');
  const act = () => removeFinding(page, finding);
  const remove = confirmedButton(page, { text: word, kind: 'quiet', sure, yes: word, act });
  remove.querySelector('button').setAttribute('aria-label', page.say('remove_finding', { number: finding.number }));
  const groups = FINDING_PARTS.map(([name, keys]) => {
    const fields = [].concat(...keys.map((key) => makeFindingFields(page, finding, key)));
    fields.forEach((field) => field.show());
    const legend = make('legend', {}, page.say(name));
    return make('fieldset', { class: 'group ' + name }, legend, ...fields.map((field) => field.element));
  });
  const top = make('div', { class: 'title' }, title, remove);
  return make('article', { class: 'finding', 'aria-labelledby': title.id }, top, ...groups);
}

/** Makes the fields of a problem that stand behind one name. */
function makeFindingFields(page, finding, key) {
  if (key === 'place') return [makePlace(page, finding)];
  const at = 'findings/' + finding.number + '/' + key;
  const required = key === 'fact' || page.form.findingRequired.includes(key);
  const field = {
    at,
    label: fieldName(page, key),
    context: sayFinding(page, finding),
    hint: EXPLAINED.includes(key) && page.say(key + '_help'),
    low: LOW.includes(key),
    half: LOW.includes(key) || key === 'severity' || key === 'due',
    required,
    get: () => finding[key],
    set: (text) => { finding[key] = text; },
  };
  if (key === 'severity') return [choiceField(page, { ...field, options: page.form.severities })];
  if (key === 'due') return [dayField(page, field)];
  if (key === 'disposition') return makeDispositions(page, finding, at);
  return [textField(page, field)];
}

/** Makes the choice of the item and part that a problem belongs to. */
function makePlace(page, finding) {
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
    at: 'findings/' + finding.number + '/item',
    label: page.say('item'),
    context: sayFinding(page, finding),
    required: true,
    half: true,
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

/** Makes a text for each class of what follows, with the usual words to choose from. */
function makeDispositions(page, finding, at) {
  const fields = page.form.dispositions.map(({ id, title, actions }, n) => {
    const field = textField(page, {
      at: at + '/' + id,
      label: title,
      context: sayFinding(page, finding) + ' ' + page.say('disposition'),
      low: true,
      half: true,
      get: () => finding.disposition[id],
      set: (text) => { finding.disposition[id] = text; },
    });
    if (n === 0) page.targets.set(at, field.area);
    const usual = actions.map((action) => button(action, () => addAction(page, field, finding, id, action), 'chip'));
    const words = make('p', { class: 'usual' }, make('span', {}, page.say('usual')), ...usual);
    if (usual.length) field.element.append(words);
    return field;
  });
  if (!fields.length) return [];
  const help = make('p', { class: 'hint' }, page.say('disposition_help'));
  return [{ element: help, show: () => {} }, ...fields];
}

/** Writes a usual word behind what stands in a text. */
function addAction(page, field, finding, id, action) {
  const before = clean(finding.disposition[id]);
  if (before.split(/[;；]\s*/).includes(action)) return;
  finding.disposition[id] = before ? before + page.say('semicolon') + action : action;
  field.show();
  page.changed();
  field.area.focus();
}

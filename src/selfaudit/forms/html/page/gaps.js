// What still keeps a response from being complete, as forms/gaps.py reports it after the response was sent.

/**
 * Returns everything that is missing or cannot be read, as {kind, place, target}; "target" names the input to go to.
 * Unread values carry "value" and "field", those of findings "number"; open findings "number" and "fields".
 */
function gaps(form, state) {
  const { content, unread } = readState(form, state);
  // a finding of which nothing can be read may have the number of another one
  const targets = new Set(unread.filter(({ alone }) => !alone).map(({ target }) => target));
  return [
    ...unread.map((one) => ({ kind: 'unread', ...one })),
    ...answerGaps(form, content, targets),
    ...findingGaps(form, content, targets),
    ...evidenceGaps(form, content),
    ...coverageGaps(form, content, targets),
    ...endGaps(content, targets),
  ];
}

/** Returns whether a place is to be answered; in a form that was issued again only what is new or reworded is. */
function isOpen(form, place) {
  return !form.again.length || form.again.includes(place);
}

/** Returns the places of every item: its parts, or itself if it has none. */
function placesOf(item) {
  return item.parts.length ? item.parts.map((part) => item.id + ' ' + part.id) : [item.id];
}

/** Returns what is said at every place, as {answer, note}. */
function saidAt(content) {
  const said = new Map();
  for (const item of content.items || []) {
    said.set(item.id, item);
    for (const part of item.parts || []) said.set(item.id + ' ' + part.id, part);
  }
  return (place) => ({ answer: 'unchecked', note: '', ...said.get(place) });
}

function answerGaps(form, content, unread) {
  const said = saidAt(content);
  const found = new Set((content.findings || []).map(placeOf));
  const target = (place, field) => 'items/' + place.replace(' ', '/') + '/' + field;
  const [unchecked, bare, reasonless] = [[], [], []];
  const asked = {};
  for (const item of form.items) {
    asked[item.id] = placesOf(item);
    for (const place of asked[item.id]) {
      const { answer, note } = said(place);
      const at = target(place, 'answer');
      if (answer === 'unchecked') {
        if (!unread.has(at) && isOpen(form, place)) unchecked.push({ kind: 'unchecked', place, target: at });
      } else if (answer === 'problem' && !found.has(place) && !found.has(item.id)) {
        bare.push({ kind: 'no-finding', place, target: at });
      } else if (answer === 'not_applicable' && !note) {
        reasonless.push({ kind: 'no-reason', place, target: target(place, 'note') });
      }
    }
  }
  const places = (place) => (own(asked, place) ? asked[place] : [place]);
  const fine = (place) => places(place).every((one) => ['conform', 'not_applicable'].includes(said(one).answer));
  const contradicted = Array.from(found).filter((place) => place && fine(place)).sort(byCodePoint);
  return [
    ...unchecked,
    ...bare,
    ...reasonless,
    ...contradicted.map((place) => ({
      kind: 'conform-with-finding',
      place,
      target: target(places(place)[0], 'answer'),
    })),
  ];
}

function findingGaps(form, content, unread) {
  const open = (content.findings || []).map((finding) => {
    const at = 'findings/' + finding.number + '/';
    const also = form.findingFields.filter(({ neededIf }) => neededIf && finding[neededIf[0]] === neededIf[1]);
    const needs = form.findingNeeds.concat(also.map(({ key }) => key));
    const fields = needs.filter((field) => !own(finding, field) && !unread.has(at + field));
    const first = fields[0] === 'disposition' ? 'disposition/' + form.dispositions[0].id : fields[0];
    return { kind: 'finding-open', place: placeOf(finding) || '?', target: at + first, number: finding.number, fields };
  });
  return open.filter(({ fields }) => fields.length);
}

/** Returns the items to which files have to come: one at the item, any of its parts or a finding on it will do. */
function evidenceGaps(form, content) {
  const said = new Map((content.items || []).map((item) => [item.id, item]));
  const shown = new Set((content.findings || []).filter((finding) => finding.evidence).map(({ item }) => item));
  const wanted = { on_problem: ['problem'], always: ['problem', 'conform'] };
  const lacking = form.items.filter((item) => {
    const one = said.get(item.id);
    const several = (one && (one.parts || [one])) || [];
    const asked = several.some(({ answer }) => (wanted[item.evidence_required] || []).includes(answer));
    return asked && !shown.has(item.id) && !several.some(({ evidence }) => evidence);
  });
  const target = (item) => 'items/' + placesOf(item)[0].replace(' ', '/') + '/evidence';
  return lacking.map((item) => ({ kind: 'no-evidence', place: item.id, target: target(item) }));
}

function coverageGaps(form, content, unread) {
  const said = content.coverage || {};
  return form.coverage
    .map(({ id, title }) => ({ kind: 'no-coverage', place: title, target: 'coverage/' + id, id }))
    .filter(({ id, target }) => !own(said, id) && !unread.has(target) && isOpen(form, 'coverage:' + id))
    .map(({ kind, place, target }) => ({ kind, place, target }));
}

function endGaps(content, unread) {
  const kinds = { filled_by: 'not-signed', filled_on: 'not-dated', declaration: 'not-declared' };
  return Object.keys(kinds)
    .filter((key) => !own(content, key) && !unread.has(key))
    .map((key) => ({ kind: kinds[key], place: '', target: key }));
}

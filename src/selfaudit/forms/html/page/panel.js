// The end of the page: saving, and what there is to say about it.

/** Makes the section in which the form is saved and everything about files is shown. */
function makeSend(page) {
  page.outcome = make('div', { class: 'outcome' });
  const save = button(page.say('save'), () => saveResponse(page), 'primary');
  const check = button(page.say('check'), () => showCheck(page));
  const clear = confirmedButton(page, {
    text: page.say('clear'),
    kind: 'quiet',
    sure: () => page.say('clear_sure'),
    yes: page.say('clear_yes'),
    act: () => clearDraft(page),
  });
  const tools = [
    button(page.say('save_draft'), () => saveDraftFile(page)),
    makeLoader(page),
    button(page.say('copy'), () => showCopy(page, '')),
    clear,
  ];
  return makeSection(
    'send',
    page.say('send'),
    page.say('send_help'),
    make('div', { class: 'act' }, save, check),
    page.outcome,
    make('h3', {}, page.say('tools')),
    make('p', { class: 'hint' }, page.say('tools_help')),
    make('div', { class: 'act tools' }, ...tools)
  );
}

/** Shows an outcome and goes there. */
function showOutcome(page, kind, title, ...children) {
  const heading = make('h3', { tabindex: '-1' }, title);
  page.outcome.className = 'outcome ' + kind;
  refill(page.outcome, heading, ...children);
  heading.focus({ preventScroll: true });
  page.outcome.scrollIntoView({ block: 'start' });
}

/** Shows what is missing. */
function showCheck(page) {
  showOutcome(page, 'check', page.say('checked'), ...makeGaps(page));
}

/** Shows after saving what the file is called, where it has to go, and what is missing in it. */
function showSaved(page, name) {
  const { form } = page;
  const day = sayDay(page, form.dueDay);
  const where = form.returnTo ? page.say('send_to', { where: form.returnTo, day }) : page.say('send_back', { day });
  const copy = button(page.say('copy'), () => showCopy(page, ''), 'quiet');
  showOutcome(
    page,
    'saved',
    page.say('saved'),
    make('p', {}, page.say('saved_file')),
    name.endsWith('.zip') && make('p', {}, page.say('saved_zip')),
    make('p', { class: 'file' }, name),
    make('p', { class: 'where' }, where),
    form.round !== 'corrections' && makeCode(page),
    ...makeGaps(page),
    make('p', { class: 'hint' }, page.say('again')),
    make('p', { class: 'hint' }, page.say('no_file'), ' ', copy)
  );
}

/** Makes the line with the code of the content; what is said of corrections is not signed on paper. */
function makeCode({ form, say, state }) {
  const code = contentCode(contentHash(form, state));
  return make('p', {}, say('code'), ' ', make('b', { class: 'code' }, code.slice(0, 4) + ' ' + code.slice(4)));
}

/** Shows that a draft was saved, and that this is all. */
function showDraftSaved(page, name) {
  const what = make('p', {}, page.say('draft_not_sent'));
  showOutcome(page, 'draft', page.say('draft_saved'), make('p', { class: 'file' }, name), what);
}

/** Shows the form, or what else is given, as text to copy, after what led there. */
function showCopy(page, why, text = writeYaml(page.form, page.state)) {
  const area = make('textarea', { readonly: true, rows: '12', class: 'plain', 'aria-label': page.say('copy_title') });
  area.value = text;
  const said = make('p', { role: 'status' });
  const reason = why && make('p', { class: 'complaint' }, why);
  showOutcome(page, 'copy', page.say('copy_title'), reason, make('p', {}, page.say('copy_help')), area, said);
  area.focus({ preventScroll: true });
  area.select();
  copyText(text).then(
    () => { said.textContent = page.say('copied'); },
    () => { said.textContent = page.say('not_copied'); }
  );
}

/** Copies a selected text in the way that the browser knows. */
function copyText(text) {
  const old = () => new Promise((done, fail) => {
    // what a viewer does not know throws here, which is the same as no
    if (document.execCommand('copy')) done();
    else fail(new Error('copy'));
  });
  if (!navigator.clipboard) return old();
  return navigator.clipboard.writeText(text).catch(old);
}

/** Asks whether a file may replace what is typed. */
function askToReplace(page, name, adopt) {
  const empty = () => refill(page.outcome);
  const yes = button(page.say('load_yes'), adopt, 'primary');
  const act = make('div', { class: 'act' }, yes, button(page.say('cancel'), empty));
  showOutcome(page, 'ask', page.say('load_sure', { name }), act);
}

/** Shows that a file was loaded, and what had no place. */
function showLoaded(page, name, { older, cutOff, dropped, reworded }) {
  showOutcome(
    page,
    dropped.length || older || cutOff ? 'check' : 'draft',
    page.say('loaded', { name }),
    older && make('p', {}, page.say('loaded_older')),
    cutOff && make('p', { class: 'complaint' }, page.say('loaded_cut')),
    ...makeReworded(page, reworded),
    ...makeDropped(page, { dropped })
  );
}

/** Makes the list of what was answered to other words; nothing if there is nothing. */
function makeReworded(page, reworded) {
  const rows = reworded.map(({ place, ask, text }) =>
    make('li', {}, make('b', {}, place), ' ', ask ? page.say('reworded_was', { ask, answer: text }) : text)
  );
  return rows.length ? [make('p', {}, page.say('reworded')), make('ul', { class: 'reworded' }, ...rows)] : [];
}

/** Makes the list of what had no place in this form; nothing if there is nothing. */
function makeDropped(page, { dropped }) {
  const rows = dropped.map(({ place, text }) => make('li', {}, make('b', {}, place), ' ', text));
  return rows.length ? [make('p', {}, page.say('dropped')), make('ul', { class: 'dropped' }, ...rows)] : [];
}

/** Shows why a file was not loaded. */
function showRefusedFile(page, name, why) {
  showOutcome(page, 'refused', page.say('load_failed', { name }), make('p', {}, why));
}

/** Makes everything there is to say about what is typed: why it would be refused, and what is missing. */
function makeGaps(page) {
  const refused = refusals(page);
  const groups = gapGroups(page);
  const count = groups.reduce((sum, group) => sum + group.links.length, 0);
  const shown = groups.map(({ title, links }) =>
    make('div', { class: 'gap' }, make('h4', {}, title), make('ul', {}, ...links.map((link) => make('li', {}, link))))
  );
  const said = count ? page.say('still_missing', { count }) : page.say('nothing_missing');
  const missing = [make('p', { class: 'missing' }, said), ...shown];
  if (!refused.length) return missing;
  const list = make('ul', { class: 'dropped' }, ...refused.map((one) => make('li', {}, one)));
  return [make('p', { class: 'complaint' }, page.say('refused')), list, ...missing];
}

/** Returns for what the whole file would be refused. */
function refusals(page) {
  const found = [];
  for (const [at, target] of page.targets) {
    const more = target.tagName === 'TEXTAREA' ? surplus(target.value) : 0;
    const why = page.say('too_long', { count: more, most: LONGEST_TEXT });
    if (more) found.push(makeLink(page, at, labelOf(target) + ': ' + why));
  }
  const bytes = new TextEncoder().encode(writeYaml(page.form, page.state)).length;
  if (bytes > LARGEST_FILE) found.push(page.say('too_large', { most: LARGEST_FILE / 1024 / 1024 }));
  if (page.state.findings.length > MOST_FINDINGS) found.push(page.say('too_many', { most: MOST_FINDINGS }));
  return found;
}

/** Returns what a field is called. */
function labelOf(target) {
  return target.labels && target.labels.length ? target.labels[0].textContent : '';
}

/** Returns what is missing as titled groups of links, in the order of the form. */
function gapGroups(page) {
  const groups = new Map();
  const put = (title, at, text) => {
    if (!groups.has(title)) groups.set(title, { title, links: [] });
    groups.get(title).links.push(makeLink(page, at, text));
  };
  const about = page.say('gap_about');
  const given = (number) => own(page.form, 'row') ? page.form.given[number - 1][page.form.row] : number;
  for (const gap of gaps(page.form, page.state)) {
    const kind = page.say('gap_' + gap.kind);
    if (gap.kind === 'finding-open') {
      const { number } = gap;
      const { round } = page.form;
      const title = round ? page.say(round + '_open') : kind;
      for (const field of gap.fields) {
        const said = { number: given(number), field: fieldName(page, field) };
        put(title, 'findings/' + number + '/' + field, page.say(round ? round + '_lacks' : 'lacks', said));
      }
    } else if (gap.kind === 'unread') {
      put(kind, gap.target, page.say('unread', { place: gap.place || fieldName(page, gap.field), value: gap.value }));
    } else if (gap.place) {
      put(kind, gap.target, gap.place);
    } else {
      put(about, gap.target, kind);
    }
  }
  for (const { at, name } of lostFiles(page)) put(page.say('gap_lost-file'), at, name);
  for (const [at, target] of page.targets) {
    // a day typed by half is not in the state: the browser keeps it to itself
    if (target.validity.badInput) put(page.say('gap_unread'), at, page.say('half_date', { place: labelOf(target) }));
  }
  return Array.from(groups.values());
}

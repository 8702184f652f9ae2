// Elements, and the kinds of fields that the form consists of. Texts become text nodes, never markup.

const LONGEST_TEXT = 20000;
let lastId = 0;

/** Returns an id that nothing else in the page has. */
function newId() {
  lastId += 1;
  return 'f' + lastId;
}

/** Makes an element with attributes, listeners (functions) and children; what is false or empty is left out. */
function make(tag, traits, ...children) {
  const element = document.createElement(tag);
  for (const name of Object.keys(traits)) {
    const value = traits[name];
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, '');
    else if (value) element.setAttribute(name, value);
  }
  element.append(...children.filter(Boolean));
  return element;
}

/** Replaces everything in an element. */
function refill(element, ...children) {
  while (element.firstChild) element.removeChild(element.firstChild);
  element.append(...children.filter(Boolean));
}

/** Makes a button. */
function button(text, click, kind) {
  return make('button', { type: 'button', class: kind, click }, text);
}

/** Scrolls to an element and puts the focus there. */
function goTo(element) {
  const show = () => (element.closest('.field, .answer') || element).scrollIntoView({ block: 'center' });
  element.focus({ preventScroll: true });
  show();
  // what came into sight is laid out only now, and may be higher than was thought
  window.requestAnimationFrame(show);
}

/** Asks in place of a button whether what it does is meant; that works in viewers without dialogs, too. */
function confirmedButton(page, { text, kind, sure, yes, act }) {
  const holder = make('span', { class: 'confirm' });
  const first = button(text, () => {
    if (!sure()) {
      act();
      return;
    }
    const cancel = button(page.say('cancel'), back);
    const really = () => {
      back();
      act();
    };
    const question = make('span', { class: 'sure', id: newId() }, sure());
    const asked = { role: 'alertdialog', 'aria-labelledby': question.id, class: 'confirm' };
    refill(holder, make('span', asked, question, button(yes, really, 'danger'), cancel));
    cancel.focus();
  }, kind);
  const back = () => {
    refill(holder, first);
    first.focus();
  };
  refill(holder, first);
  return holder;
}

/** Makes the label of a field, with the word that it is required. */
function labelled(page, { id, label, context, required }) {
  const mark = required && make('span', { class: 'required' }, ' (' + page.say('required') + ')');
  const told = context && make('span', { class: 'unseen' }, context + ' ');
  return make('label', { for: id }, told, make('span', { class: 'name' }, label), mark);
}

/** Makes the box around a field, its label and whatever else belongs to it. */
function fieldBox(field, ...children) {
  return make('div', { class: field.half ? 'field half' : 'field' }, ...children);
}

/** Returns how many characters a text has too many, as the reader of the response counts them. */
function surplus(text) {
  return text.length > LONGEST_TEXT ? Math.max(0, Array.from(clean(text)).length - LONGEST_TEXT) : 0;
}

/**
 * Makes a text area that is as high as its text. Behind it is a twin with the same text: it gives the height, and on
 * paper it is printed instead, because a text area prints only what is in view.
 */
function textField(page, field) {
  const id = newId();
  const twin = make('div', { class: 'twin', 'aria-hidden': 'true' });
  const complaint = make('p', { class: 'complaint', role: 'status', id: id + 'c' });
  const hint = field.hint && make('p', { class: 'hint', id: id + 'h' }, field.hint);
  const area = make('textarea', {
    id,
    rows: '1',
    autocomplete: 'off',
    inputmode: field.digits && 'numeric',
    'aria-describedby': (hint ? hint.id + ' ' : '') + complaint.id,
    'aria-required': field.required && 'true',
    'data-at': field.at,
    input: () => {
      const plain = cleanText(area.value);
      if (plain !== area.value) area.value = plain;
      field.set(plain);
      mirror(plain);
      page.changed();
    },
    keydown: (event) => {
      if (field.oneLine && event.key === 'Enter' && !event.isComposing) event.preventDefault();
    },
  });
  const mirror = (text) => {
    // a text that ends in a line break needs the height of the line after it
    twin.textContent = text + '\n';
    const more = surplus(text);
    complaint.textContent = more ? page.say('too_long', { count: more, most: LONGEST_TEXT }) : '';
    area.setAttribute('aria-invalid', more ? 'true' : 'false');
    element.classList.toggle('empty', text.trim() === '');
  };
  const show = () => {
    area.value = field.get();
    mirror(field.get());
  };
  const box = make('div', { class: 'grow' + (field.oneLine || field.low ? ' line' : '') }, area, twin);
  const element = fieldBox(field, labelled(page, { ...field, id }), hint, box, complaint);
  page.targets.set(field.at, area);
  return { element, area, show };
}

/** Makes a list to choose from; its twin is printed, because a list prints only as much as it is wide. */
function choiceField(page, field) {
  const id = newId();
  const twin = make('div', { class: 'twin', 'aria-hidden': 'true' });
  const options = field.options.map((one) => make('option', { value: one.id }, one.title));
  const empty = make('option', {}, page.say('choose'));
  // made here, because an attribute that is empty is left out
  empty.value = '';
  const change = () => {
    field.set(select.value);
    show();
    page.changed();
  };
  const traits = { id, 'aria-required': field.required && 'true', 'data-at': field.at, change };
  const select = make('select', traits, empty, ...options);
  const show = () => {
    select.value = field.get();
    const chosen = field.options.find((one) => one.id === select.value);
    twin.textContent = chosen ? chosen.full || chosen.title : '';
  };
  page.targets.set(field.at, select);
  const box = make('div', { class: 'grow chosen' }, select, twin);
  return { element: fieldBox(field, labelled(page, { ...field, id }), box), area: select, show };
}

/** Makes a field for a day or a time of day; a text that is none, as a loaded file may have it, is shown as it is. */
function dayField(page, field) {
  const id = newId();
  const plain = field.time ? /^\d\d:\d\d$/ : /^\d{4}-\d\d-\d\d$/;
  const kind = field.time ? 'time' : 'date';
  const hint = field.hint && make('p', { class: 'hint', id: id + 'h' }, field.hint);
  const input = make('input', {
    id,
    type: kind,
    autocomplete: 'off',
    'aria-describedby': hint && hint.id,
    'aria-required': field.required && 'true',
    'data-at': field.at,
    input: () => {
      field.set(input.value);
      element.classList.toggle('empty', input.value === '');
      page.changed();
    },
    blur: () => {
      if (input.type === 'text' && (input.value === '' || plain.test(input.value))) show();
    },
  });
  const show = () => {
    const value = field.get();
    input.type = value === '' || plain.test(value) ? kind : 'text';
    input.value = value;
    element.classList.toggle('empty', value === '');
  };
  const fill = button(page.say(field.time ? 'now' : 'today'), () => {
    field.set(field.time ? clock(new Date()) : isoDay(new Date()));
    show();
    page.changed();
    input.focus();
  });
  const row = make('div', { class: 'beside' }, input, field.quick && fill);
  page.targets.set(field.at, input);
  const element = fieldBox(field, labelled(page, { ...field, id }), row, hint);
  return { element, area: input, show };
}

/** Returns a number with two digits. */
function two(number) {
  return String(number).padStart(2, '0');
}

/** Returns the calendar day of a moment where the reader is. */
function isoDay(moment) {
  return moment.getFullYear() + '-' + two(moment.getMonth() + 1) + '-' + two(moment.getDate());
}

/** Returns the time of day of a moment where the reader is. */
function clock(moment) {
  return two(moment.getHours()) + ':' + two(moment.getMinutes());
}

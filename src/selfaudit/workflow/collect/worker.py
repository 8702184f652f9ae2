"""Reads returned files in a process of its own: one that crashes or hangs the parser costs that file only."""

import gc
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

from selfaudit.base.clock import not_before
from selfaudit.base.i18n import N_
from selfaudit.base.problems import Where, error
from selfaudit.files.incoming import Incoming
from selfaudit.forms.formats import read_any
from selfaudit.model.form.form import Form
from selfaudit.model.passport import Passport
from selfaudit.store.ledger.forms import Forms
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.workflow.collect.parsed import Parsed
from selfaudit.workflow.common.pool import Pool
from selfaudit.workflow.common.rounds import round_form

CRASHED = error(
    "input.crashed",
    N_("reading this file crashed or took longer than {seconds} seconds; the other files are not affected"),
    N_("Ask for the answers on a newly issued form; if that fails too, report the file as a bug."),
)

_HEAD = 200_000
"""Bytes of a file in which a passport is looked for."""
PATIENCE = 60
"""Seconds that a batch may take; an ordinary file takes a thousandth of one."""

_form_of: Callable[[str], Form | None] | None = None
_code = ""


def parse(item: Incoming, form_of: Callable[[str], Form | None], code: str) -> Parsed:
    """Read one file against the form issued under its passport."""
    parsed = Parsed(item.name, item.sha256, len(item.data))
    reading = read_any(item.data, item.name, form_of, code)
    parsed.gaps, parsed.notes, parsed.errors = reading.gaps, reading.notes, reading.errors
    parsed.passport, parsed.digest = reading.passport, reading.digest
    if form := reading.form or _form_named(item, form_of):
        parsed.respondent = form.respondent.key
        parsed.round = form.questions.round if form.questions.given else None
    if reading.content is not None:
        parsed.filled_by = reading.content.get("filled_by", "")
        parsed.filled_on = reading.content.get("filled_on", "")
        parsed.files = reading.form is not None and reading.form.questions.wants_files
        parsed.content = json.dumps(reading.content, ensure_ascii=False, separators=(",", ":"))
    return parsed


def _form_named(item: Incoming, form_of: Callable[[str], Form | None]) -> Form | None:
    """Return the form whose passport is in a file that cannot be read, or in its name; None if there are several."""
    text = f"{item.name}\n{item.data[:_HEAD].decode('utf-8', 'ignore')}"
    found = {form.respondent.key: form for passport in Passport.found_in(text) if (form := form_of(passport))}
    return next(iter(found.values())) if len(found) == 1 else None


def prepare(ledger: Path) -> None:
    """Open the ledger, for the forms, in a process that is to read files."""
    global _form_of, _code
    opened = Ledger.open(ledger, writable=False)
    _form_of, _code = partial(_issued, Forms(opened), opened), opened.meta("code")
    # nothing is in the future only because the clock has been set back
    not_before(opened.last_moment())
    # parsing makes many small objects that die young and in no circles: looking for circles took a tenth of the time
    gc.freeze()
    gc.set_threshold(100_000, 10, 10)


def parse_all(items: Sequence[Incoming]) -> list[Parsed]:
    """Read some files in a prepared process."""
    assert _form_of is not None  # noqa: S101 - prepare ran first
    return [parse(item, _form_of, _code) for item in items]


def _issued(forms: Forms, ledger: Ledger, passport: str) -> Form | None:
    """Return the form, of whichever round, that was issued under a passport."""
    if form := forms.get(passport):
        return form
    found = round_form(ledger, passport)
    return found.form if found else None


def crashed(item: Incoming) -> Parsed:
    """Return what there is to say of a file that brought its process down."""
    return Parsed(item.name, item.sha256, len(item.data), errors=[CRASHED(Where(item.name), seconds=PATIENCE)])


def read_all(ledger: Path, batches: Iterable[Sequence[Incoming]]) -> Iterator[Sequence[Parsed]]:
    """Yield what is in every batch of files, in order, given the path of the ledger."""
    with Pool(patience=PATIENCE, prepare=prepare, args=[ledger]) as pool:
        for _, parsed in pool.each(parse_all, crashed, batches):
            yield parsed

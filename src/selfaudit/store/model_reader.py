"""Reads a YAML text into a model and says of every mistake where it is and what to write instead."""

import difflib
import re
import typing
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import ValidationError

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Kind, Problem, error
from selfaudit.files.yaml.mistakes import BRACKET_OPEN, WIDE_COMMA
from selfaudit.files.yaml.reader import Document, read_yaml
from selfaudit.model.base import Model
from selfaudit.store.salvage import salvage

EMPTY_FILE = error("model.empty-file", N_("the file is empty"), N_("Start again from the shipped one."))
UNKNOWN_KEY = error("model.unknown-key", N_("“{key}” is not known here"), N_("Known names: {known}."))
MEANT_KEY = error("model.meant-key", N_("“{key}” is not known here"), N_("Did you mean “{meant}”?"))
MISSING_KEY = error("model.missing-key", N_("“{key}” is missing or empty"), N_("Add the line {key}: …"))
NOT_ONE_OF = error("model.not-one-of", N_("“{value}” is not allowed for “{key}”"), N_("Write one of: {expected}."))
BAD_DATE = error("model.bad-date", N_("“{value}” is not a valid date"), N_("Write year-month-day: YYYY-MM-DD."))
BAD_NAME = error(
    "model.bad-name",
    N_("“{value}” cannot be used for “{key}”"),
    N_("It must match {pattern}: letters, digits and hyphens only, no spaces."),
)
BAD_NUMBER = error(
    "model.bad-number", N_("“{value}” is not a number that can stand for “{key}”"), N_("Write 0 or more, in digits.")
)
BAD_FLAG = error("model.bad-flag", N_("“{value}” is neither true nor false"), N_("Write true or false."))
WANT_LIST = error("model.want-list", N_("“{key}” must be a list"), N_("Write one entry per line, each after “- ”."))
WANT_MAP = error(
    "model.want-map", N_("“{key}” must contain lines of the form name: text"), N_("Indent them by two spaces.")
)
WANT_TEXT = error("model.want-text", N_("“{key}” must be text"), N_("Put the text in quotation marks."))
NO_ENTRY = error(
    "model.no-entry", N_("“{key}” needs at least one entry"), N_("Add at least one, on a line that begins with “- ”.")
)
OTHER = error("model.other", N_("“{value}” does not fit “{key}”: {detail}"))

M = TypeVar("M", bound=Model)

_SIMPLE: dict[str, Kind] = {
    "int_parsing": BAD_NUMBER,
    "greater_than_equal": BAD_NUMBER,
    "bool_parsing": BAD_FLAG,
    "bool_type": BAD_FLAG,
    "tuple_type": WANT_LIST,
    "list_type": WANT_LIST,
    "model_type": WANT_MAP,
    "dict_type": WANT_MAP,
    "model_attributes_type": WANT_MAP,
    "string_type": WANT_TEXT,
    "too_short": NO_ENTRY,
}


def read_model(text: str, file: str, model: type[M]) -> tuple[M | None, Document, list[Problem]]:
    """Return the model, the document for looking up places, and every problem.

    With an error among the problems the model serves only to find more of them; it is None if it cannot even do that.
    """
    document, problems = read_yaml(text, file)
    if document.data is None:
        return None, document, problems or [EMPTY_FILE(document.where())]
    try:
        made = model.model_validate(document.data)
    except ValidationError as exc:
        found = list(_translate(exc, document, model))
        opened = [problem.where.line for problem in problems if problem.kind is BRACKET_OPEN]
        if opened:
            # of what is behind a bracket that is never closed, nothing was read
            before = [p for p in found if p.where.line < min(opened) and p.kind is not MISSING_KEY]
            return None, document, problems + before
        # what was taken for a text, because of its full-width commas, is told already
        told = {problem.where.line for problem in problems if problem.kind is WIDE_COMMA}
        problems += [p for p in found if p.kind is not WANT_LIST or p.where.line not in told]
        return salvage(model, document.data), document, problems
    return made, document, problems


def read_kit_model(text: str, file: str, model: type[M]) -> tuple[M | None, Document, tuple[Problem, ...]]:
    """Return what ``read_model`` returns; a process reads the same text once.

    For the hundred files of a kit, which a command needs at several places.
    """
    return _read_once(text, file, model)


@lru_cache(maxsize=256)
def _read_once(text: str, file: str, model: type[Model]) -> tuple[Any, Document, tuple[Problem, ...]]:
    made, document, problems = read_model(text, file, model)
    return made, document, tuple(problems)


def _translate(exc: ValidationError, document: Document, model: type[Model]) -> Iterator[Problem]:
    mistakes = exc.errors(include_url=False)
    # what is missing may be there under a misspelt name, which is told
    meant = {
        (*path[:-1], meant)
        for mistake in mistakes
        if mistake["type"] == "extra_forbidden" and (meant := _meant(path := tuple(mistake["loc"]), model))
    }
    for mistake in mistakes:
        path = tuple(mistake["loc"])
        if mistake["type"] == "missing" and path in meant:
            continue
        if mistake["type"] == "too_short" and any(path == m["loc"][: len(path)] != m["loc"] for m in mistakes):
            continue  # there are entries, though none without a mistake
        yield _problem(mistake["type"], path, mistake, document, model)


def _problem(kind: str, path: tuple[str | int, ...], mistake: Any, document: Document, model: type[Model]) -> Problem:
    key = str(next((step for step in reversed(path) if isinstance(step, str)), "…"))
    value = str(mistake["input"])[:60]
    if kind == "extra_forbidden":
        if meant := _meant(path, model):
            return MEANT_KEY(document.where(path, key=True), key=key, meant=meant)
        return UNKNOWN_KEY(document.where(path, key=True), key=key, known=_names(model, path[:-1]))
    if kind in ("missing", "string_too_short"):
        return MISSING_KEY(document.where(path), key=key)
    if kind in ("literal_error", "enum"):
        # the library says them as an English text: 'a', 'b' or 'c'
        allowed = [word.strip("'") for word in re.split(", | or ", mistake["ctx"]["expected"])]
        return NOT_ONE_OF(document.where(path), key=key, value=value, expected=allowed)
    if kind.startswith("date") or (kind == "value_error" and str(mistake["ctx"]["error"]) == "date"):
        return BAD_DATE(document.where(path), value=value)
    if kind == "string_pattern_mismatch":
        return BAD_NAME(document.where(path), key=key, value=value, pattern=mistake["ctx"]["pattern"])
    made = _SIMPLE.get(kind, OTHER)
    args = {"detail": mistake["msg"]} if made is OTHER else {}
    return made(document.where(path), key=key, value=value, **args)


def _meant(path: tuple[str | int, ...], model: type[Model]) -> str:
    """Return the name that was probably meant by the unknown one at the end of a path; empty if none was."""
    close = difflib.get_close_matches(str(path[-1]), _names(model, path[:-1]), 1)
    return close[0] if close else ""


def _names(model: type[Model], path: tuple[str | int, ...]) -> list[str]:
    """Return the names that the model at a path knows, as written in the file."""
    here: Any = model
    for step in path:
        if isinstance(step, str) and isinstance(here, type) and issubclass(here, Model):
            here = next((f.annotation for n, f in here.model_fields.items() if step in (n, f.alias)), None)
        here = _inner_model(here)
        if here is None:
            return []
    return [field.alias or name for name, field in here.model_fields.items()]


def _inner_model(kind: Any) -> type[Model] | None:
    if arguments := typing.get_args(kind):
        return next((found for argument in arguments if (found := _inner_model(argument))), None)
    return kind if isinstance(kind, type) and issubclass(kind, Model) else None

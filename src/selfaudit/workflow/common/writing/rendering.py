"""Fills in and checks Word templates in a process of its own, so that one without end ends with a message."""

import faulthandler
import pickle
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, Where, error
from selfaudit.store.templates import Template
from selfaudit.word.engine import render, text_at
from selfaudit.word.lint.lint import lint
from selfaudit.word.values import Properties
from selfaudit.workflow.common.pool import Pool, WorkerError

COSTLY = error(
    "template.costly",
    N_("filling in the template takes longer than {seconds} seconds"),
    N_("Look there for loops inside loops, large numbers and texts that are repeated or padded."),
)
CRASHED = error(
    "template.crashed",
    N_("filling in the template crashed the process that did it"),
    N_("Use the shipped template, or one that “selfaudit template lint” finds no mistake in."),
)

SECONDS, BYTES_A_SECOND, MOST_SECONDS = 10, 20_000, 1_800
"""What a document may take: a while, longer the more there is to print, and never for ever.

A document takes a fiftieth of a second, and a million bytes to print take less than one.
"""
_GRACE = 30
"""Seconds after which a process is ended that does not end itself."""


class Renderer:
    """One process for all documents of a command; it is started by the first and replaced when one brings it down."""

    def __init__(self) -> None:
        """Start nothing yet."""
        self._pool = Pool(patience=MOST_SECONDS + _GRACE)
        self._folder = tempfile.TemporaryDirectory(prefix="selfaudit-")

    def __enter__(self) -> Self:
        """Stop the process at the end of a ``with`` block."""
        return self

    def __exit__(self, *exc: object) -> None:
        """Stop the process."""
        self._pool.__exit__(*exc)
        self._folder.cleanup()

    def render(self, template: Template, content: object, properties: Properties, *, draft: bool = False) -> bytes:
        """Return the document that a template makes of a context; raise ``UserError`` if it makes none."""
        data = pickle.dumps(content, pickle.HIGHEST_PROTOCOL)
        seconds = min(SECONDS + len(data) // BYTES_A_SECOND, MOST_SECONDS)
        made = self._run(template.document, seconds, _rendered, data, properties, draft)
        if isinstance(made, bytes):
            return made
        file = f"{template.name}/{template.document.name}"
        raise UserError([replace(problem, where=replace(problem.where, file=file)) for problem in made])

    def lint(self, template: Template, context_class: type) -> list[Problem]:
        """Return what is wrong with a template for the documents of one context class."""
        return self._run(template.document, SECONDS, _linted, context_class, template.about.language)  # type: ignore[no-any-return]

    def _run(self, template: Path, seconds: int, work: Callable[..., Any], *args: Any) -> Any:
        trace = Path(self._folder.name) / "trace"
        try:
            return self._pool.run(_watched, trace, seconds, work, template, *args)
        except WorkerError as exc:
            if exc.raised:
                raise exc.raised from None
        said = trace.read_text(encoding="utf-8", errors="replace") if trace.is_file() else ""
        text = self._text_at(template, said)
        where = Where(template.name, cell=f"“{text}”" if text else "")
        return [COSTLY(where, seconds=seconds) if said else CRASHED(where)]

    def _text_at(self, template: Path, trace: str) -> str:
        try:
            return self._pool.run(text_at, template, trace) if trace else ""
        except WorkerError:
            return ""


def _watched(trace: Path, seconds: int, work: Callable[..., Any], *args: Any) -> Any:
    """Do some work, and end this process when it takes too long, leaving a traceback of that moment."""
    with trace.open("w", encoding="utf-8") as file:
        # a thread that does without Python's lock: no calculation can keep it from running
        faulthandler.dump_traceback_later(seconds, exit=True, file=file)
        try:
            return work(*args)
        finally:
            faulthandler.cancel_dump_traceback_later()


def _rendered(template: Path, data: bytes, properties: Properties, draft: bool) -> bytes | list[Problem]:  # noqa: FBT001 - sent to a process
    try:
        return render(template, pickle.loads(data), properties, draft=draft)  # noqa: S301 - of our own making
    except UserError as exc:
        return exc.problems


def _linted(template: Path, context_class: type, language: str) -> list[Problem]:
    try:
        return lint(template, context_class, language)
    except UserError as exc:
        return exc.problems

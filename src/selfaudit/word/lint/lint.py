"""Check a template before it is used: every mistake, with the place in Word and what to do."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, Where, error, errors, note, warning
from selfaudit.word.contents import contents_code, contents_levels, style_id
from selfaudit.word.engine import render
from selfaudit.word.guard.opening import bytes_of, read_template, unsafe
from selfaudit.word.lint.blocks import Balance
from selfaudit.word.lint.checker import Checker
from selfaudit.word.lint.sample import sample
from selfaudit.word.lint.tags import Spot, spots_of
from selfaudit.word.package import excerpt, text_parts
from selfaudit.word.values import Properties

_FULL_WIDTH = error(
    "template.full-width",
    N_("the brackets in “{text}” are full-width, so Word would print the tag"),
    N_("Switch the input method to half-width and type {{{{ … }}}} or {{% … %}}."),
)
_UNCLOSED = error(
    "template.unclosed",
    N_("a tag begins or ends in “{text}”, but its other half is not in this paragraph"),
    N_("A tag must be within one paragraph, without a line break inside it."),
)
_BESIDE = error(
    "template.beside",
    N_("the text next to {tag} would be lost: the tag replaces everything around it"),
    N_("Put the tag in a paragraph or row of its own."),
)
_RESTYLED = note(
    "template.restyled",
    N_("the tag {tag} has several formats; its value takes the first one"),
    N_("Give the whole tag the same formatting."),
)
_STYLE = warning(
    "template.style",
    N_("the table of contents needs the style “{style}”, which the template does not have"),
    N_("Use the style once in Word, save, and delete the text again."),
)
_CHART = error(
    "template.chart",
    N_("a chart, a QR code or a whole paragraph is printed inside a line of text"),
    N_("Print it with {{{{p … }}}} in a paragraph of its own."),
)

_TRIAL = error(
    "template.trial",
    N_("filled with sample data, the template fails near “{text}”: {reason}"),
    N_("The template is tried once with full and once with empty data; both must work."),
)

_WIDE = re.compile(r"[{｛][{｛%％]|[%％}｝][}｝]")
_HALF = re.compile(r"\{[{%#]|[%#}]\}")


def lint(template: bytes | Path, context_class: type, language: str) -> list[Problem]:
    """Return what is wrong with a template for the documents of one context class."""
    file = template.name if isinstance(template, Path) else ""
    try:
        data = bytes_of(template)
        document = read_template(data)
        problems = [_in(file, problem) for problem in unsafe(data)]
    except UserError as problem:
        return [_in(file, p) for p in problem.problems]
    for part in text_parts(document):
        problems += _part_problems(spots_of(part), context_class, file)
    problems += _style_problems(document, file)
    return problems if errors(problems) else problems + _trial(data, context_class, language, file)


def _in(file: str, problem: Problem) -> Problem:
    return replace(problem, where=replace(problem.where, file=file))


def _part_problems(spots: list[Spot], context_class: type, file: str) -> list[Problem]:
    problems = [problem for spot in spots for problem in _spot_problems(spot, Where(file, cell=spot.place))]
    balance = Balance(file)
    source = balance.read(spots)
    checker = Checker(context_class, lambda line: Where(file, cell=spots[line - 1].place))
    checker.check(source)
    order = {spot.place: number for number, spot in enumerate(spots)}
    return sorted(problems + balance.problems + checker.problems, key=lambda p: order[p.where.cell])


def _spot_problems(spot: Spot, where: Where) -> Iterator[Problem]:
    wide = [found for found in _WIDE.findall(spot.rest) if not found.isascii()]
    if wide:
        yield _FULL_WIDTH(where, text=excerpt(spot.text))
    elif _HALF.search(spot.rest):
        yield _UNCLOSED(where, text=excerpt(spot.text))
    for tag in spot.tags:
        if tag.level in {"p", "tr", "tc"} and _text_of(spot.unit(tag.level)) != tag.text:
            yield _BESIDE(where, tag=tag.text)
    for text in spot.restyled:
        yield _RESTYLED(where, tag=text)


def _text_of(element: Any) -> str:
    return "".join(t.text or "" for t in element.iter(qn("w:t"))).strip()


def _style_problems(document: Document, file: str) -> list[Problem]:
    code = contents_code(document.element)
    if code is None:
        return []
    names = [name for level in contents_levels(code) for name in (f"heading {level}", f"toc {level}")]
    return [_STYLE(Where(file), style=name) for name in names if not style_id(document, name)]


def _trial(template: bytes, context_class: type, language: str, file: str) -> list[Problem]:
    """Render sample data, once everywhere and once nowhere, for what cannot be seen beforehand."""
    for filled in (True, False):
        try:
            context = sample(context_class, filled=filled)
            made = render(template, context, Properties(language), draft=filled)
        except UserError as problem:
            return [_TRIAL(Where(file), **p.args) if "reason" in p.args else _in(file, p) for p in problem.problems]
        root = read_template(made).element
        if (
            next((t for t in root.iter(qn("w:t"), qn("w:r")) if t.find(f".//{qn('w:p')}") is not None), None)
            is not None
        ):
            return [_CHART(Where(file))]
    return []

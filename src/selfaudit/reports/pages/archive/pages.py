"""Writes the pages of an archive, one after the other."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from itertools import islice
from typing import Any, TypeVar
from urllib.parse import quote

from markupsafe import Markup, escape

from selfaudit.base.clock import local
from selfaudit.base.pages import page_maker
from selfaudit.files.bags.writing import Packed
from selfaudit.model.form.answers import SAID
from selfaudit.model.kit.plan import Plan
from selfaudit.model.progress.paper_status import STATES as PAPERS
from selfaudit.model.progress.reminder import WORDS
from selfaudit.model.progress.standing import FindingRecord
from selfaudit.model.rectification.rectification import STATES
from selfaudit.reports.context.parts import ItemSummaryRow, ReminderRow, TitledFigure
from selfaudit.reports.evidence import Remark
from selfaudit.reports.figures import Origin
from selfaudit.reports.pages.archive.addresses import FINDINGS_A_PAGE, FOLDER, PEOPLE_A_PAGE, Addresses, Sources
from selfaudit.reports.pages.archive.changes import changes
from selfaudit.reports.pages.archive.view import Dossier, View
from selfaudit.reports.setting import Voice
from selfaudit.reports.tables import finding_row
from selfaudit.word.values import Figure

ROWS_A_PAGE = 1000
"""Rows of the journal, of notes and of files on a page."""
_BRIEF = 80
"""Characters of a fact in a list."""


def archive_pages(view: View) -> Iterator[tuple[str, bytes]]:
    """Yield the name of every page, relative to the root of what is archived, and its content; first the start page."""
    for name, text in _Pages(view).all():
        yield name, text.encode()


def bare_page(plan: Plan, files: Sequence[Packed], why: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the start page of a campaign that cannot be shown, with its files and the reasons."""
    make = page_maker("selfaudit.reports.pages.archive", plan.language)
    told = {"title": plan.title, "files": [(quote(file.name), file.name) for file in files], "why": list(why)}
    yield "index.html", make("bare.html", **told).encode()


class _Pages:
    """Renders the pages of one archive."""

    def __init__(self, view: View) -> None:
        setting = view.setting
        self._view, self._addresses = view, Addresses(view)
        self._wording = setting.wording
        self._make = page_maker("selfaudit.reports.pages.archive", self._wording.language, view.masked)
        self._links = {key: self._person(key, voice) for key, voice in view.evidence.voices.items()}
        self._places = {item: self._link(self._addresses.item(item), item) for item in setting.kit.items}
        self._told = {
            "v": view,
            "report": view.report,
            "setting": setting,
            "say": setting.wording,
            "num": self._number,
            "person": lambda key: self._links.get(key, ""),
            "finding": lambda short_id: self._link(self._addresses.finding(short_id), short_id),
            "place": lambda item, text: self._link(self._addresses.item(item), text),
            "file": self._file,
            "linked": self._linked,
            "brief": self._brief,
            "when": _when,
            "loose": _loose,
            "changes": changes,
            "states": STATES,
            "sections": list(self._sections()),
        }

    def all(self) -> Iterator[tuple[str, str]]:
        """Yield every page."""
        yield "index.html", self._make("index.html", **self._told, up=f"{FOLDER}/", here="index")
        for page in (self._plain, self._figures, self._items, self._people, self._findings, self._registers):
            yield from page()
        yield from self._rows("journal", self._view.journal)
        yield from self._rows("files", self._view.files)

    def _sections(self) -> Iterator[tuple[str, str]]:
        """Yield the pages that the navigation of every page names."""
        tr, view = self._wording.tr, self._view
        yield "report", tr("Report")
        yield "items", tr("Items")
        yield "findings", tr("Findings")
        yield "people", tr("Respondents")
        yield from ((kind.id, kind.title) for kind in view.registers)
        yield "decisions", tr("Decisions")
        yield "journal", tr("Journal")
        yield "files", tr("Files")

    def _page(self, name: str, template: str, **values: Any) -> tuple[str, str]:
        return f"{FOLDER}/{name}.html", self._make(f"{template}.html", **self._told, up="", **values)

    def _plain(self) -> Iterator[tuple[str, str]]:
        answers = tuple((str(one), self._wording.answer(one)) for one in SAID)
        yield self._page("report", "report", here="report", answers=answers)
        yield self._page("decisions", "decisions", here="decisions")

    def _figures(self) -> Iterator[tuple[str, str]]:
        pages = self._addresses.figure_pages
        for number, page in enumerate(pages, 1):
            entries = [(one, self._sources(one)) for one in page]
            yield self._page(f"figures-{number}", "figures", here="report", entries=entries, at=number, of=len(pages))

    def _sources(self, one: Sources) -> Markup:
        """Return the sources as entries of a list."""
        told = [*map(self._origin, one.origins), *(escape(self._text(words)) for words in one.words)]
        return Markup("\n").join(Markup(f"<li>{source}</li>") for source in told)  # noqa: S704 - escaped one by one

    def _origin(self, origin: Origin) -> Markup:
        if origin.kind == "respondent":
            link = self._links[origin.id]
            return Markup("{}: {}").format(link, origin.said) if origin.said else link
        if origin.kind == "finding":
            return self._link(self._addresses.finding(origin.id), origin.id)
        title = self._text(self._addresses.titles[origin.id])
        return Markup("{}: {}").format(title, self._link(self._addresses.figure(origin.id), origin.said))

    def _items(self) -> Iterator[tuple[str, str]]:
        rows: dict[str, list[ItemSummaryRow]] = {}
        for row in self._view.report.annex_items:
            rows.setdefault(row.id, []).append(row)
        yield self._page("items", "items", here="items", rows=rows, said=SAID)
        found: dict[str, list[FindingRecord]] = {}
        for finding in self._view.evidence.findings:
            found.setdefault(finding.item, []).append(finding)
        for item, parts in rows.items():
            name = self._addresses.item(item).removesuffix(".html")
            pages = _chunks(list(self._notes(item, parts)), ROWS_A_PAGE) or [[]]
            for number, notes in enumerate(pages, 1):
                values = {"parts": parts, "said": SAID, "notes": notes, "found": found.get(item, ()), "own": name}
                yield self._page(_nth(name, number), "item", here="items", at=number, of=len(pages), **values)

    def _notes(self, item: str, parts: Iterable[ItemSummaryRow]) -> Iterator[tuple[str, Remark]]:
        for row in parts:
            yield from ((row.part, remark) for remark in self._view.evidence.notes.get((item, row.part), ()))

    def _people(self) -> Iterator[tuple[str, str]]:
        yield self._page("people", "people", here="people")
        people = iter(self._view.people())
        pages = -(-len(self._links) // PEOPLE_A_PAGE)
        for number in range(1, pages + 1):
            some = list(islice(people, PEOPLE_A_PAGE))
            first = (number - 1) * PEOPLE_A_PAGE
            values = {
                "people": some,
                "first": first,
                "answers": self._answers,
                "remarks": self._remarks,
                "stages": WORDS,
                "papers": PAPERS,
            }
            yield self._page(f"people-{number}", "respondents", here="people", at=number, of=pages, **values)

    def _answers(self, dossier: Dossier) -> list[tuple[str, Markup]]:
        """Return what somebody answered where: an answer and the places with it, one item after the other."""
        said: dict[str, dict[str, list[str]]] = {}
        for item, part, answer, _note in dossier.standing.answers():
            said.setdefault(answer, {}).setdefault(item, []).append(part)
        joint = self._wording.join(["", ""])
        return [
            (self._wording.answer(answer), Markup(joint.join(self._place(*one) for one in said[answer].items())))  # noqa: S704
            for answer in SAID
            if answer in said
        ]

    def _place(self, item: str, parts: Iterable[str]) -> str:
        """Return an item with its parts, such as ``2.5 a b``, as HTML."""
        return f"{self._places.get(item) or escape(item)} {escape(' '.join(parts))}".rstrip()

    def _remarks(self, dossier: Dossier) -> list[tuple[Markup, str, str]]:
        """Return what somebody wrote beside answers: the place, the answer and the text."""
        said = (
            (self._place(item, [part]), answer, note) for item, part, answer, note in dossier.standing.answers() if note
        )
        text = self._view.setting.text
        return [(Markup(place), self._wording.answer(answer), text(note)) for place, answer, note in said]  # noqa: S704

    def _findings(self) -> Iterator[tuple[str, str]]:
        found, setting = self._view.evidence.findings, self._view.setting
        yield self._page("findings", "findings", here="findings")
        pages = _chunks(found, FINDINGS_A_PAGE)
        for number, some in enumerate(pages, 1):
            rows = [(one, finding_row(one, setting)) for one in some]
            values = {"rows": rows, "first": (number - 1) * FINDINGS_A_PAGE}
            yield self._page(f"findings-{number}", "finding", here="findings", at=number, of=len(pages), **values)

    def _registers(self) -> Iterator[tuple[str, str]]:
        for kind in self._view.registers:
            yield self._page(kind.id, "register", here=kind.id, kind=kind)

    def _rows(self, name: str, rows: Iterable[object]) -> Iterator[tuple[str, str]]:
        pages = _chunks(list(rows), ROWS_A_PAGE) or [[]]
        for number, some in enumerate(pages, 1):
            yield self._page(_nth(name, number), name, here=name, rows=some, at=number, of=len(pages))

    def _text(self, text: str) -> str:
        return self._view.masked(text)

    def _person(self, key: str, voice: Voice) -> Markup:
        return self._link(self._addresses.person(key), voice.name)

    def _link(self, address: str, text: str) -> Markup:
        shown = self._text(text)
        # addresses are quoted already; formatting by Markup would take most of the time
        return Markup(f'<a href="{address}">{escape(shown)}</a>') if address else escape(shown)  # noqa: S704

    def _number(self, figure: Figure, up: str = "") -> Markup:
        address = self._addresses.figure(figure)
        return self._link(f"{up}{address}" if address else "", str(figure.value))

    def _file(self, name: str, shown: str = "", up: str = "") -> Markup:
        address = self._addresses.file(name)
        return self._link(address.removeprefix("../") if up else address, shown or name)

    def _linked(self, text: str) -> Markup:
        """Return what a record says, with a link in each line that is a finding or a file."""
        address = self._addresses
        return Markup("\n").join(
            self._link(address.finding(one) or address.file(one), one) for one in text.splitlines()
        )

    def _brief(self, text: str) -> str:
        """Return the beginning of a text; what must not be told is found in the whole of it only."""
        told = self._text(self._view.setting.text(text))
        return told if len(told) <= _BRIEF else f"{told[:_BRIEF]}…"


def _when(moment: str) -> str:
    return local(moment)[: len("2023-11-05 08:00")]


def _loose(block: Any) -> list[Figure]:
    """Return the figures of a block, or of blocks, that are in no table of their own."""
    if isinstance(block, Figure):
        return [block]
    if isinstance(block, tuple):
        return [figure for entry in block for figure in _loose(entry)]
    values = [getattr(block, member.name) for member in fields(block)]
    kept = (value for value in values if isinstance(value, Figure | tuple))
    return [f for value in kept if not isinstance(value, tuple) or _titled(value) for f in _loose(value)]


def _titled(values: tuple[object, ...]) -> bool:
    return all(isinstance(value, TitledFigure | ReminderRow) for value in values)


def _nth(name: str, number: int) -> str:
    return name if number == 1 else f"{name}-{number}"


Row = TypeVar("Row")


def _chunks(rows: Sequence[Row], size: int) -> list[Sequence[Row]]:
    return [rows[start : start + size] for start in range(0, len(rows), size)]

"""Where everything is found in the pages of an archive, known before the first of them is written."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from urllib.parse import quote

from selfaudit.reports.figures import Deferred, Origin, figures_in
from selfaudit.reports.pages.archive.view import View
from selfaudit.word.values import Figure

FOLDER = "pages"
PEOPLE_A_PAGE = 50
FINDINGS_A_PAGE = 100
SOURCES_A_PAGE = 1500
IN_CONFIDENCE = ("clues", "suggestions")
"""What people wrote in boxes of their own; their names are told only where the report prints them."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Some of the sources of a figure as a page lists them, all unless there are very many; ``number`` is its anchor.

    ``hidden`` are those of what somebody wrote in confidence. They are made only when they are asked for.
    """

    figure: Figure
    number: int
    start: int = 0
    hidden: bool = False

    @property
    def origins(self) -> list[Origin]:
        """The sources that can be looked up."""
        return [] if self.hidden else list(islice(_origins(self.figure), self.start, self.start + SOURCES_A_PAGE))

    @property
    def words(self) -> list[str]:
        """The sources in words, where there are only words."""
        if self.hidden or any(True for _ in _origins(self.figure)):
            return []
        return list(islice(self.figure.sources, self.start, self.start + SOURCES_A_PAGE))


def _origins(figure: Figure) -> Iterable[Origin]:
    return figure.sources.origins() if isinstance(figure.sources, Deferred) else ()


class Addresses:
    """The pages of an archive: which figure, finding, item and respondent is on which of them, and every file."""

    def __init__(self, view: View) -> None:
        """Assign everything to pages."""
        self._view = view
        self._files = {kept.name for kept in view.files}
        self._people = {
            key: f"people-{number // PEOPLE_A_PAGE + 1}.html#p{number}"
            for number, key in enumerate(view.evidence.voices)
        }
        self._findings = {
            finding.short_id: f"findings-{number // FINDINGS_A_PAGE + 1}.html#f{number}"
            for number, finding in enumerate(view.evidence.findings)
        }
        self._items = {item: f"item-{number}.html" for number, item in enumerate(view.setting.kit.items, 1)}
        self.figure_pages = list(_paged(_every_figure(view), view))
        self._figures: dict[str, str] = {}
        self.titles: dict[str, str] = {}
        """What the figures are called, by their ids."""
        for number, page in enumerate(self.figure_pages, 1):
            for one in page:
                self.titles[one.figure.id] = one.figure.title
                self._figures.setdefault(one.figure.id, f"figures-{number}.html#n{one.number}")

    def person(self, key: str) -> str:
        """Return the address of a respondent, empty for somebody who is none."""
        return self._people.get(key, "")

    def finding(self, short_id: str) -> str:
        """Return the address of a finding, empty for one that is not known."""
        return self._findings.get(short_id, "")

    def item(self, item: str) -> str:
        """Return the address of an item, empty for one that the checklists do not have."""
        return self._items.get(item, "")

    def figure(self, figure: Figure | str) -> str:
        """Return the address of the sources of a figure, empty for one that is nowhere printed."""
        return self._figures.get(figure if isinstance(figure, str) else figure.id, "")

    def file(self, name: str) -> str:
        """Return the address of a file as seen from a page in the folder; empty if the archive does not have it."""
        return f"../{quote(name)}" if name in self._files else ""


def _every_figure(view: View) -> Iterable[Figure]:
    """Return every figure of the report once."""
    return {figure.id: figure for figure in figures_in(view.report)}.values()


def _paged(figures: Iterable[Figure], view: View) -> Iterable[list[Sources]]:
    """Yield the figures page by page, none of which has more sources than a browser shows at once."""
    page: list[Sources] = []
    room = SOURCES_A_PAGE
    for part, size in _parts(figures, view):
        if page and size > room:
            yield page
            page, room = [], SOURCES_A_PAGE
        page.append(part)
        room -= size
    yield page


def _parts(figures: Iterable[Figure], view: View) -> Iterable[tuple[Sources, int]]:
    """Yield the parts of figures, each with how much room it takes."""
    named = view.setting.kit.plan.report.named
    for number, figure in enumerate(figures):
        kind = figure.id.partition(".")[0]
        if kind in IN_CONFIDENCE and (view.redacted or kind not in named):
            yield Sources(figure, number, hidden=True), 1
            continue
        count = sum(1 for _ in _origins(figure)) or sum(1 for _ in figure.sources)
        for start in range(0, max(count, 1), SOURCES_A_PAGE):
            yield Sources(figure, number, start), 2 + min(count - start, SOURCES_A_PAGE)

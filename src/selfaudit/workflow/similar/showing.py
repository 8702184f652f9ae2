"""``similar show`` and ``similar pages``: what is alike, as pages to look at."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from selfaudit.base.mask import mask
from selfaudit.base.problems import UserError
from selfaudit.files.atomic import write_text
from selfaudit.model.casefiles.comparison import Comparison
from selfaudit.model.casefiles.found import Pair, Ring
from selfaudit.reports.pages.similar.listing import Listed, Listing, list_page
from selfaudit.reports.pages.similar.pair import pair_page
from selfaudit.reports.pages.similar.ring import Member, ring_page
from selfaudit.reports.similar import Alike, in_common, method, whose_template
from selfaudit.reports.wording import wording_of_reader
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.common.lookalikes import Reading, reading
from selfaudit.workflow.common.state.lookalikes import as_decided, usable
from selfaudit.workflow.common.writing.output import KEPT, output_path, taken
from selfaudit.workflow.similar.opening import pair_meant

INDEX = "index.html"
_SHORT = 10


@dataclass(frozen=True, slots=True)
class Pages:
    """What was written: the page to begin with, how many pages of pairs and rings, and how many pairs have none."""

    start: Path
    pairs: int
    rings: int
    left: int


def show(workspace: Workspace, one: str, other: str, output: Path | None) -> Path:
    """Write the page of the pair of two records that somebody names; return where."""
    made = usable(workspace)
    pair = pair_meant(made, one, other)
    folder = workspace.look_alike_pages
    path = output_path(workspace, output, folder / page_of(pair))
    with reading(workspace, made, wording_of_reader().tr) as texts:
        it = texts.compared(pair)
    up = INDEX if output is None and (folder / INDEX).exists() else ""
    judged = as_decided(workspace, made, wording_of_reader().tr).judged(pair)
    page = pair_page(workspace.plan().title, it, judged, up)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_text(path, page)
    return path


def write_pages(workspace: Workspace, folder: Path | None, most: int, listener: Listener) -> Pages:
    """Write pages of the ``most`` pairs that are most alike, of every ring, and the list of all."""
    made = usable(workspace)
    if folder and (problems := taken(folder)):
        raise UserError(problems)
    if folder and workspace.is_kept(folder):
        raise UserError(KEPT(path=folder))
    made_in = folder or workspace.look_alike_pages
    made_in.mkdir(parents=True, exist_ok=True)
    found = as_decided(workspace, made, wording_of_reader().tr)
    with reading(workspace, made, wording_of_reader().tr) as texts:
        writing = _Writing(workspace.plan().title, found, texts, made_in, most)
        listener.start("similar pages", len(writing.shown) + len(made.found.rings))
        for _page in writing.all():
            listener.step()
    for left in {path.name for path in made_in.glob("*.html")} - writing.written:
        if left.startswith(("pair-", "ring-")):
            # of a comparison before
            (made_in / left).unlink()
    pairs = len(writing.shown)
    return Pages(made_in / INDEX, pairs, len(made.found.rings), len(made.found.pairs) - pairs)


def page_of(pair: Pair | Ring) -> str:
    """Return the name of the page of a pair or ring, which is the same every time."""
    ids = (pair.a, pair.b) if isinstance(pair, Pair) else (pair.source,)
    kind = "pair" if isinstance(pair, Pair) else "ring"
    digest = sha256("\n".join(ids).encode()).hexdigest()
    return f"{kind}-{digest[:_SHORT]}.html"


@dataclass
class _Writing:
    """Writes the pages of one comparison into a folder."""

    title: str
    alike: Alike
    texts: Reading
    folder: Path
    most: int
    written: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.shown = self.alike.made.found.ranked[: self.most]
        self._inside = _inside_rings(self.alike.made)
        self._addresses = {(pair.a, pair.b): page_of(pair) for pair in self.shown}

    def all(self) -> Iterator[str]:
        """Write every page, the list last; yield the names of those of pairs and rings."""
        for pair in self.shown:
            yield self._write(
                page_of(pair), pair_page(self.title, self.texts.compared(pair), self.alike.judged(pair), INDEX)
            )
        for ring in self.alike.made.found.rings:
            source = self.alike.made.record_of[ring.source]
            yield self._write(page_of(ring), ring_page(self.title, source, list(self._members(ring)), INDEX))
        self._write(INDEX, list_page(self.title, self._listing()))

    def _write(self, name: str, page: str) -> str:
        write_text(self.folder / name, page)
        self.written.add(name)
        return name

    def _members(self, ring: Ring) -> Iterator[Member]:
        """Yield the members, each against the source, or the member that it is most like."""
        for id_ in ring.members:
            own = self._inside.get(id_, ())
            if not own:
                continue
            pair = max(own, key=lambda one: (ring.source in (one.a, one.b), max(one.of_a, one.of_b)))
            address = self._addresses.get((pair.a, pair.b), "")
            yield Member(self.texts.compared(_second(pair, id_)), self.alike.judged(pair), address)

    def _listing(self) -> Listing:
        made, wording = self.alike.made, wording_of_reader()
        pairs = [
            Listed(
                pair,
                wording.clauses(in_common(*made.both(pair), wording)),
                self.alike.judged(pair).state,
                self._addresses.get((pair.a, pair.b), ""),
            )
            for pair in made.found.ranked
        ]
        rings = [(ring, page_of(ring)) for ring in sorted(made.found.rings, key=lambda one: -len(one.members))]
        return Listing(
            method(made.settings, wording),
            pairs,
            rings,
            [(one.id, one.why) for one in made.not_compared],
            [(whose_template(one, wording), mask(one.text)) for one in made.found.learned],
        )


def _inside_rings(made: Comparison) -> dict[str, list[Pair]]:
    """Return the pairs of every member of a ring with others of that ring."""
    found: dict[str, list[Pair]] = {}
    for pair in made.found.pairs:
        if pair.a in made.sources and made.sources[pair.a] == made.sources.get(pair.b):
            for id_ in (pair.a, pair.b):
                found.setdefault(id_, []).append(pair)
    return found


def _second(pair: Pair, id_: str) -> Pair:
    """Return a pair with this record as the second."""
    if pair.b == id_:
        return pair
    return pair.model_copy(update={"a": pair.b, "b": pair.a, "of_a": pair.of_b, "of_b": pair.of_a})

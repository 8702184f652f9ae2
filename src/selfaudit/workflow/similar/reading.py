"""Which documents there are to compare, and their texts, each read once however often they are compared."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from selfaudit.base.problems import Problem
from selfaudit.base.trouble import reason_of
from selfaudit.files.incoming import TOO_LARGE, UNREADABLE_FOLDER, Given, Incoming, Limits
from selfaudit.files.listing import is_folder, listed, shown_name
from selfaudit.model.casefiles.identity import NOBODY, Identity
from selfaudit.store.layout import Layout
from selfaudit.store.texts import Document, Texts
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.similar.worker import read_all

LIMITS = Limits(200 * 1024 * 1024, 4 * 1024 * 1024 * 1024, TOO_LARGE)
"""A record with photos, and a zip of a year's records."""
_AT_ONCE, _BYTES = 16, 16 * 1024 * 1024
"""Documents of a batch, and how large they are together."""


@dataclass(frozen=True, slots=True)
class Place:
    """Something that was given: a folder or a file, and the folder below which its documents are named."""

    path: Path
    base: Path


def places_of(layout: Layout, paths: Sequence[Path]) -> list[Place]:
    """Return where to look; files are named below the folder of case files, or below the folder that was given."""
    made, usual = [], layout.case_files.absolute()
    for path in (one.absolute() for one in paths or (usual,)):
        own = path if is_folder(path) else path.parent
        made.append(Place(path, usual if path.is_relative_to(usual) else own))
    return made


@dataclass(frozen=True, slots=True)
class Read:
    """A document with what is known of its text; ``problem`` says why there is none, or that some is lacking.

    ``id`` is its path below the folder in which it was found. ``said`` is what a table says of it. ``file`` is the file
    in which it is.
    """

    id: str
    digest: str = ""
    characters: int = 0
    problem: Problem | None = None
    said: Identity = NOBODY
    file: Path = Path()


@dataclass(slots=True)
class Reader:
    """Reads what was given into the cache; ``fresh`` counts what was not there yet."""

    texts: Texts
    listener: Listener
    fresh: int = 0
    _new: dict[str, tuple[int, int, list[Document]]] = field(default_factory=dict)
    _names: set[str] = field(default_factory=set)
    _digests: set[str] = field(default_factory=set)

    def read(self, places: Sequence[Place]) -> list[Read]:
        """Return every document of some places, by id; of two with one id the first counts."""
        found: list[tuple[Place, Document]] = []
        files = [one for place in places for one in _files(place, found)]
        self.listener.start("texts", len(files))
        for batch, made in read_all(_batches(self._unread(files, found))):
            for item, text in zip(batch, made, strict=True):
                self.texts.put(item.sha256, text)
                self.fresh += 1
            self.texts.save()
        for name, (size, changed, documents) in self._new.items():
            self.texts.put_documents(name, size, changed, documents)
        self._new.clear()
        self.texts.save()
        named = {f"{shown_name(place.path, place.base)}{one.name}": (place, one) for place, one in reversed(found)}
        return [self._known(id_, *named[id_]) for id_ in sorted(named)]

    def forget_others(self, besides: Iterable[str]) -> None:
        """Forget what is in the cache of files that were not read now, and of other texts than these."""
        self._digests.update(besides)
        self.texts.keep_only(self._names, self._digests)

    def _known(self, id_: str, place: Place, one: Document) -> Read:
        self._digests.add(one.digest)
        known = self.texts.known(one.digest) if one.digest else None
        problem = known.problem if known else one.problem
        # the same file may be in several places
        told = problem and replace(problem, where=replace(problem.where, file=id_))
        return Read(id_, one.digest, known.characters if known else 0, told, file=place.path)

    def _unread(self, files: Sequence[Place], found: list[tuple[Place, Document]]) -> Iterator[Incoming]:
        """Yield the documents whose text is not known; ``found`` takes all, with the file that each is in."""
        pending = set[str]()
        for file in files:
            self.listener.step()
            name, stamp = str(file.path.resolve()), _stamp(file.path)
            self._names.add(name)
            known = self.texts.documents(name, *stamp)
            if known is not None:
                found += ((file, one) for one in known)
                continue
            documents: list[Document] = []
            shown = shown_name(file.path, file.base)
            for item in Given([file.path], file.base, LIMITS):
                one = Document(item.name.removeprefix(shown), item.sha256, item.problem)
                documents.append(one)
                found.append((file, one))
                if one.digest and one.digest not in pending and self.texts.known(one.digest) is None:
                    pending.add(one.digest)
                    yield item
            if all(stamp):
                self._new[name] = (*stamp, documents)


def _files(place: Place, found: list[tuple[Place, Document]]) -> Iterator[Place]:
    """Yield the files of a folder; folders in it that cannot be listed are ``found`` as they are."""
    if not is_folder(place.path):
        yield place
        return
    locked: list[tuple[str, OSError]] = []
    yield from [Place(place.path / name, place.base) for name in listed(place.path, locked)]
    for name, exc in locked:
        found.append((Place(Path(name), place.base), Document("", problem=UNREADABLE_FOLDER(detail=reason_of(exc)))))


def _stamp(path: Path) -> tuple[int, int]:
    """Return how large a file is and when it last changed; zeros if that cannot be known."""
    with suppress(OSError):
        status = path.stat()
        return status.st_size, status.st_mtime_ns
    return 0, 0


def _batches(items: Iterable[Incoming]) -> Iterator[list[Incoming]]:
    batch, size = list[Incoming](), 0
    for item in items:
        batch.append(item)
        size += len(item.data)
        if len(batch) == _AT_ONCE or size > _BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch

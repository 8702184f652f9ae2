"""Whether a bag is as it was made: complete, every file as its manifests say, and nothing beside them.

The bagit library reads what the bag says of itself; the hashes are those of the one time that every file was read.
"""

import logging
from collections.abc import Iterator
from collections.abc import Set as AbstractSet

import bagit

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Where, error
from selfaudit.base.text import on_one_line
from selfaudit.files.bags.opening import AGAIN, Bag
from selfaudit.files.bags.writing import DECLARATION, INFO, MANIFEST, OXUM, PAYLOAD, TAG_MANIFEST

INVALID = error("archive.invalid", N_("this is no valid bag: {detail}"), AGAIN)
CHANGED = error("archive.changed", N_("was changed: its SHA-256 is not the one in {manifest}"), AGAIN)
MISSING = error("archive.missing", N_("is missing: {manifest} lists it"), AGAIN)
EXTRA = error("archive.extra", N_("was added: {manifest} does not list it"), AGAIN)
RENAMED = error("archive.renamed", N_("was renamed to {other}"), AGAIN)
OXUM_WRONG = error("archive.oxum", N_("the payload is not what bag-info.txt says: {detail}"), AGAIN)
NOT_WHOLE = error("archive.not-whole", N_("part of the bag is to be fetched from a network: {file}"), AGAIN)

logging.getLogger(bagit.__name__).setLevel(logging.CRITICAL)
"""What it would print is told here."""

_UNLISTED = frozenset({TAG_MANIFEST})
_NEEDED = (DECLARATION, INFO, MANIFEST, TAG_MANIFEST)
_FETCH = "fetch.txt"


def badly_bagged(bag: Bag) -> Iterator[Problem]:
    """Yield what of a bag is not as it was made."""
    yield from bag.problems
    for name in _NEEDED:
        if name not in bag.files:
            yield MISSING(Where(name), manifest="RFC 8493")
    if _FETCH in bag.files:
        yield NOT_WHOLE(Where(_FETCH), file=_FETCH)
    try:
        read = bagit.Bag(str(bag.folder))
        wanted = {name.replace("\\", "/"): hashes for name, hashes in read.entries.items()}
    except (bagit.BagError, bagit.FileNormalizationConflict, OSError, ValueError, LookupError) as exc:
        yield INVALID(detail=on_one_line(str(exc)))
        return
    yield from _compared(bag, wanted)
    yield from _counted(read)


def badly_listed(folder: str, names: AbstractSet[str]) -> Iterator[Problem]:
    """Yield which of the names of a bag its manifests, which lie in a folder by themselves, lack or have besides."""
    listed = {*bagit.Bag(folder).entries, *_UNLISTED}
    yield from (EXTRA(Where(on_one_line(name)), manifest=_manifest_of(name)) for name in sorted(names - listed))
    yield from (MISSING(Where(on_one_line(name)), manifest=_manifest_of(name)) for name in sorted(listed - names))


def info(bag: Bag) -> dict[str, str]:
    """Return what ``bag-info.txt`` says, of an entry that is there twice the first; empty if it cannot be read."""
    try:
        read = bagit.Bag(str(bag.folder)).info
    except (bagit.BagError, bagit.FileNormalizationConflict, OSError, ValueError, LookupError):
        return {}
    return {key: value[0] if isinstance(value, list) else value for key, value in read.items()}


def _compared(bag: Bag, wanted: dict[str, dict[str, str]]) -> Iterator[Problem]:
    """Yield which files differ from the manifests; one that is missing here and was added there was renamed."""
    missing = {name: hashes.get("sha256", "").lower() for name, hashes in wanted.items() if name not in bag.files}
    added = {name: bag.files[name] for name in bag.files if name not in wanted and name not in _UNLISTED}
    for name, hashes in wanted.items():
        if name in bag.files and bag.files[name] != hashes.get("sha256", "").lower():
            yield CHANGED(Where(on_one_line(name)), manifest=_manifest_of(name))
    for name, sha256 in missing.items():
        other = next((new for new, found in added.items() if found == sha256), None)
        if other is None:
            yield MISSING(Where(on_one_line(name)), manifest=_manifest_of(name))
        else:
            added.pop(other)
            yield RENAMED(Where(on_one_line(name)), other=on_one_line(other))
    for name in added:
        yield EXTRA(Where(on_one_line(name)), manifest=_manifest_of(name))


def _manifest_of(name: str) -> str:
    return MANIFEST if name.startswith(PAYLOAD) else TAG_MANIFEST


def _counted(read: bagit.Bag) -> Iterator[Problem]:
    if not read.has_oxum():
        yield OXUM_WRONG(Where(INFO), detail=OXUM)
        return
    try:
        read.validate(fast=True)
    except (bagit.BagError, ValueError) as exc:
        yield OXUM_WRONG(Where(INFO), detail=on_one_line(str(exc)))

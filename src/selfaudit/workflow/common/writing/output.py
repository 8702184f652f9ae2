"""Where a document goes that a command writes."""

from pathlib import Path

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, UserError, error
from selfaudit.store.layout import Layout

KEPT = error(
    "output.kept",
    N_("{path} belongs to the campaign and would be lost"),
    N_("Name another file, for example one in reports/."),
)
NOT_EMPTY = error(
    "output.not-empty", N_("{folder} already exists and is not empty"), N_("Choose a new folder; nothing was changed.")
)
OTHER_KIND = error(
    "output.other-kind",
    N_("a file that ends in {suffix} is written, and “{name}” does not"),
    N_("Name a file that ends in {suffix}."),
)


def output_path(layout: Layout, asked: Path | None, default: Path) -> Path:
    """Return where to write: ``default``, or a file that somebody names, of the same ending and not of the campaign."""
    if asked is None:
        return default
    if asked.suffix.lower() != default.suffix:
        raise UserError(OTHER_KIND(suffix=default.suffix, name=asked.name))
    if layout.is_kept(asked):
        raise UserError(KEPT(path=asked))
    return asked


def taken(folder: Path) -> list[Problem]:
    """Return why a folder that is to be new cannot be made there, if that is so."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        return [NOT_EMPTY(folder=folder)]
    return []

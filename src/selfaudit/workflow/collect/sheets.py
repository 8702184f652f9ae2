"""Looks for the codes of signature sheets on what came with the forms; paper match files them."""

from collections.abc import Sequence
from pathlib import Path

from selfaudit.base.problems import Problem, Where
from selfaudit.model.progress.paper import PaperCode
from selfaudit.scans.codes import find_codes
from selfaudit.scans.pages import page_image
from selfaudit.workflow.common.pool import Pool

MOST = 100
"""Files of one run that are looked at; whoever mixes more scans with the forms has been told by then."""
_PATIENCE, _AT_ONCE = 60, 8


def sheet_codes(paths: Sequence[Path]) -> dict[Path, str]:
    """Return the code on the first page of every file that has one; only as it is, so that no photo takes long."""
    found: dict[Path, str] = {}
    with Pool(patience=_PATIENCE) as pool:
        batches = (paths[at : at + _AT_ONCE] for at in range(0, min(len(paths), MOST), _AT_ONCE))
        for batch, codes in pool.each(_codes, _none, batches):
            found |= {path: code for path, code in zip(batch, codes, strict=True) if code}
    return found


def _codes(paths: Sequence[Path]) -> list[str]:
    return [_code(path) for path in paths]


def _code(path: Path) -> str:
    image = page_image(path, 1, Where(path.name))
    if isinstance(image, Problem):
        return ""
    codes = find_codes(image, PaperCode.parse, quick=True).codes
    return str(codes[0]) if codes else ""


def _none(_: Path) -> str:
    return ""

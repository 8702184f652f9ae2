"""Reads which files a form names as evidence."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.problems import error
from selfaudit.base.text import on_one_line
from selfaudit.forms.keys import FILE
from selfaudit.forms.reading.fields import At, quote
from selfaudit.forms.reading.values import read_number
from selfaudit.model.form.response import LONGEST_FILE_NAME

TOO_MANY_FILES = error(
    "form.too-many-files",
    N_("{count} files are named at one place, at most {most} are read"),
    N_("Put several pages or photos into one PDF."),
)
LONG_NAME = error(
    "form.long-file-name",
    N_("“{name}” is too long for the name of a file (at most {most} characters)"),
    N_("Write the names of files, separated by “;” or one a line."),
)
BAD_HASH = error(
    "form.bad-file-hash",
    N_("“{value}” is not the SHA-256 of a file"),
    N_("Only the form in the browser writes it; delete the line if you typed it."),
)
MOST = 100
"""Files that may be named at one place."""
_BETWEEN = re.compile("[;；\n]")
_FOLDER = re.compile(r".*[/\\]")
_SHA256 = re.compile("[0-9a-f]{64}")


def read_evidence(at: At) -> list[dict[str, Any]]:
    """Return the files named at a place, each once, in the order of their names.

    They are written as one text with names separated by semicolons or line breaks, or as a list of names or of lines
    ``name``, ``sha256`` and ``size``.
    """
    written = at.lines.get("evidence")
    if not written:
        return []
    found = list(_listed(at)) if isinstance(written, list) else _files(at.text("evidence"))
    if len(found) > MOST:
        at.refuse(TOO_MANY_FILES, "evidence", count=len(found), most=MOST)
    for file in found[:MOST]:
        if len(file["name"]) > LONGEST_FILE_NAME:
            at.refuse(LONG_NAME, "evidence", name=quote(file["name"]), most=LONGEST_FILE_NAME)
        if file.get("sha256") and not _SHA256.fullmatch(file["sha256"]):
            at.refuse(BAD_HASH, "evidence", value=quote(file["sha256"]))
    once = {tuple(file.items()): file for file in found[:MOST]}
    return sorted(once.values(), key=lambda file: (file["name"], file.get("sha256", "")))


def _listed(at: At) -> Iterator[dict[str, Any]]:
    for n, entry in enumerate(at.lines["evidence"][: MOST + 1]):
        path = (*at.path, "evidence", n)
        if not isinstance(entry, dict):
            yield from _files(At(at.told, {"name": entry}, path).text("name"))
            continue
        below = At(at.told, at.told.names.lines(entry, path, FILE), path)
        said = {"name": _name(below.text("name")), "sha256": below.text("sha256").lower()}
        size = read_number(below.text("size")) or 0
        if said["name"]:
            yield {key: value for key, value in (*said.items(), ("size", size)) if value}


def _files(text: str) -> list[dict[str, Any]]:
    return [{"name": name} for name in map(_name, _BETWEEN.split(text)) if name]


def _name(text: str) -> str:
    """Return the name of a file without its folders, which mean something on one computer only."""
    return on_one_line(_FOLDER.sub("", text.strip()))


def typed_files(files: Iterable[Mapping[str, Any]]) -> str | list[dict[str, str]]:
    """Return files as a form says them, which is read back as the same."""
    listed = [{key: str(value) for key, value in file.items()} for file in files]
    # a name that came with a hash may contain what stands between names
    return listed if any(len(file) > 1 for file in listed) else "; ".join(file["name"] for file in listed)

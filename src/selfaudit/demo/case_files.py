"""Case files of the fictitious body: audit records in Word, some of them copied, for ``similar`` to find."""

import re
from collections.abc import Sequence
from random import Random
from typing import Any

from selfaudit.base.text import file_name
from selfaudit.demo.body import Cast
from selfaudit.demo.registers.world import Row, World
from selfaudit.demo.texts import NameTexts, load_demo_file
from selfaudit.files.atomic import write_bytes
from selfaudit.files.zips import stored, zipped
from selfaudit.model.base import Model, Text
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.listener import Listener
from selfaudit.workflow.similar.run import Asked, Compared, find_similar

RECORDS = 16
"""Audits whose records are made up."""
KEPT = 0.8
"""The share of sentences that somebody who copies leaves as they are."""
STANDARD = "QMS"
_SAID = 4
"""Sentences for each question of the form."""
_SLOT = re.compile(r"\{(\w+)\}")
_NAMES = "http://schemas.openxmlformats.org"
_OFFICE = "application/vnd.openxmlformats-"
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_NAMES}/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{_OFFICE}package.relationships+xml"/>'
        '<Override PartName="/word/document.xml"'
        f' ContentType="{_OFFICE}officedocument.wordprocessingml.document.main+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_NAMES}/package/2006/relationships"><Relationship Id="rId1"'
        f' Type="{_NAMES}/officeDocument/2006/relationships/officeDocument"'
        ' Target="word/document.xml"/></Relationships>'
    ),
}


class CaseTexts(Model):
    """``case-files.yaml``: the questions of a form, and of what the sentences under each are put together."""

    title: Text
    folder: Text
    blank: Text
    form: tuple[Text, ...]
    who: tuple[Text, ...]
    did: tuple[Text, ...]
    closing: tuple[Text, ...]


def compare_cases(workspace: Workspace, cast: Cast, world: World, listener: Listener) -> Compared:
    """Put audit records into the campaign, two of them copied, and compare them."""
    texts = load_demo_file("case-files", CaseTexts)
    rng = Random(texts.title)  # noqa: S311 - always the same records
    writer = _Writer(texts, cast.texts.names, rng)
    audits, copies = _chosen(world)
    said = [writer.record(audit) for audit in audits]
    for copy, source in copies:
        name, other = (str(audits[number]["organisation"]) for number in (copy, source))
        taken = [old.replace(other, name) for old in said[source]]
        said[copy] = [new if rng.random() > KEPT else old for new, old in zip(said[copy], taken, strict=True)]
    folder = workspace.case_files
    blank = f"{texts.folder} {texts.title}.docx"
    write_bytes(folder / texts.blank / blank, _document(texts.title, texts.form, [""] * len(texts.form)))
    for audit, answers in zip(audits, said, strict=True):
        name = f"{file_name(str(audit['project']))}_{texts.title}.docx"
        write_bytes(
            folder / texts.folder / str(audit["organisation"]) / name, _document(texts.title, texts.form, answers)
        )
    by = cast.head(cast.units[cast.texts.ending.prepared]).name
    return find_similar(workspace, Asked(by=by), listener)


def _chosen(world: World) -> tuple[list[Row], list[tuple[int, int]]]:
    """Return some audits, and of which of them the record is copied from which: another organisation, another year."""
    found: list[Row] = []
    by_organisation: dict[str, list[Row]] = {}
    for audit in world.rows["audits"]:
        if audit["standards"] == [STANDARD]:
            by_organisation.setdefault(audit["organisation"], []).append(audit)
    twice = next(rows for rows in by_organisation.values() if len(rows) > 1)
    first = [rows[0] for rows in by_organisation.values() if rows is not twice]
    alike = next((a, b) for n, a in enumerate(first) for b in first[n + 1 :] if a["leader"] == b["leader"])
    found = [*twice[:2], *alike, *(one for one in first if one not in alike)]
    return found[:RECORDS], [(1, 0), (3, 2)]


class _Writer:
    """Writes what an auditor saw."""

    def __init__(self, texts: CaseTexts, names: NameTexts, rng: Random) -> None:
        self._texts, self._names, self._rng = texts, names, rng

    def record(self, audit: Row) -> list[str]:
        """Return what stands under each question."""
        return [self._sentences(audit) for _ in self._texts.form]

    def _sentences(self, audit: Row) -> str:
        rng, texts = self._rng, self._texts
        begun = f"{audit['organisation']}{audit['start_on']:%m月%d日}："
        said = [
            f"{rng.choice(texts.who)}{self._name()}{rng.choice(texts.did)}，{rng.choice(texts.closing)}。"
            for _ in range(_SAID)
        ]
        return begun + _SLOT.sub(self._slot, "".join(said))

    def _slot(self, found: re.Match[str]) -> str:
        rng = self._rng
        made: dict[str, Any] = {
            "n": rng.randint(10, 99),
            "d": rng.randint(1, 9),
            "m": rng.randint(1, 12),
            "code": f"{rng.choice('ABCDHKLT')}{rng.randint(10, 99)}-{rng.randint(100, 9999)}",
            "name": self._name(),
        }
        return str(made[found[1]])

    def _name(self) -> str:
        return self._rng.choice(self._names.surnames) + self._rng.choice(self._names.given)


def _document(title: str, form: Sequence[str], answers: Sequence[str]) -> bytes:
    """Return a Word file with what stands under each question."""
    lines = [title, *(line for pair in zip(form, answers, strict=True) for line in pair if line)]
    body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{line}</w:t></w:r></w:p>' for line in lines)
    document = f'<w:document xmlns:w="{_NAMES}/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>'
    return zipped(stored(name, part.encode()) for name, part in {**_PARTS, "word/document.xml": document}.items())

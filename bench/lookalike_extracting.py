"""How fast documents are read: ``python -m bench.lookalike_extracting ours|docx FOLDER REPORT``, ``make FOLDER N``.

The documents are made with a seed, with what audit records have: headings, runs in several fonts, tables, a header and
a footer. We read them as ``similar`` does, in its worker processes and into an empty cache; python-docx reads the
paragraphs and tables of the same .docx files in one process.
"""

import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from bench.campaigns import step
from bench.lookalike_corpus import make
from bench.measure import Bench
from bench.tables import duration, table, yes_no
from selfaudit.files.sheets.writing import write_xlsx
from selfaudit.store.texts import Texts
from selfaudit.workflow.common.listener import Silent
from selfaudit.workflow.similar.reading import Place, Reader

FORMATS = ("docx", "xlsx", "pdf", "html", "txt")
PEER, FASTER = "python-docx", 3.0
"""What reads .docx files as well, and how many times as fast as it we should be."""
_LEAST, _MOST = 10_000, 60_000
"""Bytes of text of a record."""
_PDFS = 5
"""Of so many .docx files one is a PDF as well, which LibreOffice makes: that takes longest."""
_COLUMNS, _ROUNDS = 3, 2
_FONTS = ("宋体", "仿宋", "黑体")


@dataclass(frozen=True, slots=True)
class Rate:
    """What reading all files of a format cost; ``size`` is the bytes of text that came of them, in UTF-8."""

    format: str
    program: str
    files: int
    size: int
    wall: float
    cpu: float


def rates(bench: Bench, folder: Path, files: int) -> Iterator[Rate]:
    """Make so many documents, and yield what reading them costs us in each format, and the peer in the first."""
    folder.mkdir()
    profile = (folder / "office").as_uri()
    bench.run(step("lookalike_extracting", "make", folder, files))
    sources = map(str, islice(sorted((folder / "docx").iterdir()), 0, None, _PDFS))
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir"]
    bench.run([*command, str(folder / "pdf"), *sources])
    for format_ in FORMATS:
        yield _rate(bench, folder / format_, "ours")
        if format_ == "docx":
            yield _rate(bench, folder / format_, "docx")


def _rate(bench: Bench, folder: Path, how: str) -> Rate:
    report, told = folder.parent / f"{folder.name}-{how}.json", []
    for _ in range(_ROUNDS):
        bench.run(step("lookalike_extracting", how, folder, report))
        told.append(json.loads(report.read_text(encoding="utf-8")))
    best = min(told, key=lambda one: float(one["wall"]))
    return Rate(folder.name, PEER if how == "docx" else "selfaudit", **best)


EXTRACTING = """
Reading documents: made-up records of 10 to 60 KB of text, with headings, tables and several fonts; the PDFs are a fifth
of them, made by LibreOffice. We read them as `similar` does, in worker processes that have to start, and keep their
texts in an empty cache; python-docx reads paragraphs and tables of the same files in one process. Each as in the faster
of two runs.
"""


def extracting(found: Sequence[Rate]) -> str:
    """Return the tables of what reading costs."""
    head = ("Format", "Program", "Files", "Text", "Seconds", "CPU", "Files/s", "MB/s")
    (peer,) = (one for one in found if one.program == PEER)
    own = next(one for one in found if one.format == peer.format)
    times = peer.wall / own.wall
    goal = (f"{peer.format}, {PEER}", f"{times:.1f} ×", f"≥ {FASTER:.0f} ×", yes_no(times >= FASTER))
    return EXTRACTING + table(head, map(_cost, found)) + table(("Goal", "Measured", "Wanted", "Reached"), [goal])


def _cost(one: Rate) -> Sequence[str]:
    size = one.size / 1e6
    return (
        one.format, one.program, f"{one.files}", f"{size:.1f} MB", duration(one.wall), duration(one.cpu),
        f"{one.files / one.wall:.0f}", f"{size / one.wall:.1f}",
    )  # fmt: skip


def make_documents(folder: str, files: str) -> None:
    """Write records as .docx, .xlsx, .html and .txt files."""
    root, rng = Path(folder), Random(12)
    for name in FORMATS:
        (root / name).mkdir()
    texts = (one.text for one in make(4 * int(files)) if _LEAST <= len(one.text.encode()) <= _MOST)
    for number, text in enumerate(islice(texts, int(files))):
        lines = [line for line in text.split("\n") if line]
        _word(root / "docx" / f"{number}.docx", lines, rng)
        _workbook(root / "xlsx" / f"{number}.xlsx", lines)
        body = "".join(f"<p>{line}</p>\n" for line in lines)
        page = f"<html><head><title>审核记录</title></head><body>{body}</body></html>"
        (root / "html" / f"{number}.html").write_text(page, encoding="utf-8")
        (root / "txt" / f"{number}.txt").write_text(text, encoding="utf-8")


def _word(path: Path, lines: Sequence[str], rng: Random) -> None:
    document: Any = Document()
    document.sections[0].header.paragraphs[0].text = "审核记录表"
    document.sections[0].footer.paragraphs[0].text = "某认证有限公司"
    rest = iter(lines)
    for number, line in enumerate(rest):
        if number % 9 == 0:
            document.add_heading(line[:30], 1 + number % 2)
        _runs(document.add_paragraph(style=rng.choice(("Normal", "List Bullet", "Body Text"))), line, rng)
        if number % 5 == 0 and (cells := list(islice(rest, 2 * _COLUMNS))):
            table = document.add_table(0, _COLUMNS, style="Table Grid")
            for start in range(0, len(cells), _COLUMNS):
                for cell, text in zip(table.add_row().cells, cells[start : start + _COLUMNS], strict=False):
                    _runs(cell.paragraphs[0], text, rng)
    document.save(path)


def _runs(paragraph: Any, line: str, rng: Random) -> None:
    """Write a line in several runs, as programs leave them where somebody went on typing."""
    while line:
        length = rng.randint(8, 60)
        run = paragraph.add_run(line[:length])
        run.font.size, run.font.name, run.bold = Pt(10.5), "Times New Roman", rng.random() < 0.1
        run.element.rPr.rFonts.set(qn("w:eastAsia"), rng.choice(_FONTS))
        line = line[length:]


def _workbook(path: Path, lines: Sequence[str]) -> None:
    rows = [tuple(lines[start : start + _COLUMNS]) for start in range(0, len(lines), _COLUMNS)]
    write_xlsx(path, [("审核记录", ("审核内容", "审核证据", "审核发现"), (40, 60, 60), rows)])


def ours(folder: str, report: str) -> None:
    """Read all documents of a folder as ``similar`` does; report how long it took, and how much text there was."""
    root, begun, before = Path(folder), time.perf_counter(), _cpu()
    with tempfile.TemporaryDirectory() as scratch, Texts.open(Path(scratch, "texts", "texts.db")) as texts:
        read = Reader(texts, Silent()).read([Place(root, root)])
        wall, cpu = time.perf_counter() - begun, _cpu() - before
        size = sum(len(texts.text(one.digest).encode()) for one in read)
    if wrong := [one.problem for one in read if one.problem]:
        raise RuntimeError(f"{len(wrong)} files were not read: {wrong[0]}")
    _report(report, len(read), size, wall, cpu)


def docx(folder: str, report: str) -> None:
    """Read the paragraphs and tables of all .docx files with python-docx, in the order of each document."""
    size, files, begun, before = 0, sorted(Path(folder).iterdir()), time.perf_counter(), _cpu()
    for file in files:
        size += len("\n".join(_texts(Document(str(file)))).encode())
    _report(report, len(files), size, time.perf_counter() - begun, _cpu() - before)


def _texts(document: Any) -> Iterator[str]:
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Table):
            for row in block.rows:
                yield from (cell.text for cell in row.cells)


def _cpu() -> float:
    """Return the seconds that all processors worked for this process and those of its children that ended."""
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def _report(report: str, files: int, size: int, wall: float, cpu: float) -> None:
    told = {"files": files, "size": size, "wall": wall, "cpu": cpu}
    Path(report).write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    {"make": make_documents, "ours": ours, "docx": docx}[sys.argv[1]](*sys.argv[2:])

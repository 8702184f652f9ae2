"""Makes PDF files of Word files with LibreOffice, where it is installed: few calls, each of which can be killed."""

import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path

from selfaudit.files.atomic import write_bytes
from selfaudit.word.office import keeper
from selfaudit.word.office.fonts import font_environment
from selfaudit.word.office.profile import make_profile

BATCH = 40
"""Documents of one call."""
START_SECONDS, DOCUMENT_SECONDS, LONG, BYTES_A_SECOND = 90, 15, 50_000, 1_000
"""What a call may take at most: a slow machine, a first start, and more for what is beyond so many bytes.

A row of a table takes LibreOffice about a hundredth of a second, and has about 40 bytes.
"""
_LOOK_SECONDS = 0.2
_END_SECONDS = 10
KEEPER = (sys.executable, "-I", keeper.__file__)
"""What runs LibreOffice for us; without the folder of the campaign among those from which modules are loaded."""
_NAMES = ("soffice", "libreoffice")
_ELSEWHERE = (
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
    Path(r"C:\Program Files\LibreOffice\program\soffice.exe"),
    Path(r"C:\Program Files (x86)\LibreOffice\program\soffice.exe"),
)
# a QR code stays black on white, module by module
_FILTER = (
    'pdf:writer_pdf_Export:{"UseLosslessCompression":{"type":"boolean","value":"true"},'
    '"ReduceImageResolution":{"type":"boolean","value":"false"}}'
)


def find_office() -> Path | None:
    """Return the LibreOffice of this machine, if it has one."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    return Path(found) if found else next((path for path in _ELSEWHERE if path.is_file()), None)


def make_pdfs(office: Path, documents: Sequence[Path], scratch: Path, step: Callable[[int], None]) -> list[Path]:
    """Write a PDF beside every Word file, counting them by ``step``; return the files of which none could be made.

    ``scratch`` is a folder for what is not yet complete, on the same file system.
    """
    failed: list[Path] = []
    with tempfile.TemporaryDirectory(dir=scratch, ignore_cleanup_errors=True) as folder:
        for start in range(0, len(documents), BATCH):
            failed += _convert(office, documents[start : start + BATCH], Path(folder), step)
    return failed


def _convert(office: Path, documents: Sequence[Path], scratch: Path, step: Callable[[int], None]) -> Iterator[Path]:
    """Convert copies under numbers, since documents of different folders may have the same name."""
    with tempfile.TemporaryDirectory(dir=scratch, ignore_cleanup_errors=True) as folder:
        copies = [shutil.copyfile(path, Path(folder) / f"{n}.docx") for n, path in enumerate(documents)]
        command = [*KEEPER, str(office), make_profile(scratch / "profile"), "--headless", "--norestore"]
        command += ["--convert-to", _FILTER, "--outdir", folder, *map(str, copies)]
        # LibreOffice is ended before its folder goes
        with closing(_counts(command, _seconds(copies), Path(folder), font_environment(scratch / "fonts"))) as counts:
            for made in counts:
                step(made)
        for document, copy in zip(documents, copies, strict=True):
            if _is_whole(made_of := copy.with_suffix(".pdf")):
                write_bytes(document.with_suffix(".pdf"), made_of.read_bytes(), scratch)
            else:
                yield document


def _is_whole(path: Path) -> bool:
    return path.is_file() and path.read_bytes().rstrip().endswith(b"%%EOF")


def _seconds(documents: Sequence[Path]) -> float:
    long = (max(path.stat().st_size - LONG, 0) / BYTES_A_SECOND for path in documents)
    return START_SECONDS + DOCUMENT_SECONDS * len(documents) + sum(long)


def _counts(command: Sequence[str], seconds: float, folder: Path, environment: Mapping[str, str]) -> Generator[int]:
    """Run LibreOffice, yielding how many files have been made since the last time."""
    last = time.monotonic() + seconds
    seen = 0
    process = subprocess.Popen(  # noqa: S603 - its own command
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )
    try:
        running = True
        while running:
            with suppress(subprocess.TimeoutExpired):
                process.wait(_LOOK_SECONDS)
            running = process.poll() is None and time.monotonic() < last
            now = sum(1 for _ in folder.glob("*.pdf"))
            yield now - seen
            seen = now
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Have the keeper end LibreOffice with all it started, by closing the pipe between us."""
    if process.stdin:
        process.stdin.close()
    try:
        process.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()

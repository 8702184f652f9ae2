"""What may be kept as evidence: judged by content, so that nothing is kept that could run."""

import io
import zipfile

from selfaudit.files.encodings import decode
from selfaudit.files.kinds import ZIP_MEMBER, Family, FileKind, kind_of

_SURE = {Family.PDF, Family.PICTURE, Family.VIDEO, Family.WORD, Family.SLIDES, Family.OFD, Family.DRAWING}
"""What is never a form, so that it is evidence even if it comes alone."""
_NEVER = {
    Family.PROGRAM, Family.SHORTCUT, Family.PAGE, Family.ARCHIVE, Family.ZIP, Family.LOCKED, Family.SEALED,
    Family.CIPHER,
}  # fmt: skip
"""What is no evidence even if a response names it: it could run, or nobody can open it."""
_NO_TEXT = ("file.html", "file.shortcut", "file.cipher", "file.empty")


def sure_kind(data: bytes) -> FileKind | None:
    """Return what a file is that is certainly no form; None if it may be one, or is damaged."""
    kind = kind_of(data)
    if kind is None or kind.family not in _SURE:
        return None
    return None if data.startswith(ZIP_MEMBER) and not zipfile.is_zipfile(io.BytesIO(data)) else kind


def kept_as(data: bytes) -> tuple[str, str] | None:
    """Return as which kind and with which ending a file is kept as evidence; None if it must not be.

    The kind is the name of a ``Family`` in lower case, or ``text``.
    """
    kind = kind_of(data)
    if not data.strip(b"\0 \r\n\t") or data.startswith(b"#!") or (kind and kind.family in _NEVER):
        return None
    if kind:
        return kind.family.name.lower(), kind.suffix
    if any(problem.code in _NO_TEXT for problem in decode(data, "").errors):
        return None
    # a text is kept as one, whatever it calls itself, so that no program starts it
    return ("unknown", "bin") if b"\0" in data else ("text", "txt")


def word_of(kind: str) -> str:
    """Return what people call a kind of ``kept_as``, as a message id; empty for one without a name."""
    return Family[kind.upper()].value if kind.upper() in Family.__members__ else ""

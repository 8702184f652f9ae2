"""Files without what is personal in them: texts, pages, and the Word files and workbooks that the program wrote."""

import html
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from selfaudit.files.zips import DAMAGE
from selfaudit.workflow.archive.redact.masking import Mask

TEXTS = frozenset({".yaml", ".yml", ".json", ".jsonl", ".csv", ".txt", ".md", ".ics"})
PAGES = frozenset({".html", ".htm", ".xml", ".rels"})
OFFICE = frozenset({".docx", ".xlsx"})
_LARGEST = 200 << 20
"""Bytes of the largest file that is looked into."""
_TEXT = re.compile(r">([^<]+)<")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_AUTHOR = re.compile(r"""\b(w:author|w:initials|w15:author|w15:userId)=(?:"[^"]*"|'[^']*')""")
_CREATOR = re.compile(r"(<(?:dc:creator|cp:lastModifiedBy)>)[^<]+")
_VALUE = re.compile(r""""[^"]*"|'[^']*'""")
_TAG = re.compile(r"<[^<>]*>")
_RUN = "w:r|w:t|w:rPr|a:r|a:t|a:rPr|r|t|rPr|b|i|u|em|strong|span|a|small|code|mark"
_BREAK = re.compile(rf"</(?!(?:{_RUN})>)[^<>]+>|<(?:w:br|w:tab|w:cr|br)\b[^<>]*>")
"""Where one text ends and another begins: wherever anything ends but a piece of a line."""
_NUMBER_CELL = re.compile(r"<v>([^<]+)</v>")


def masked(name: str, data: bytes, mask: Mask) -> bytes | None:
    """Return a file without what is personal; None if it is of a kind whose texts cannot be changed."""
    suffix = PurePosixPath(name).suffix.lower()
    try:
        if suffix in TEXTS:
            return mask.text(data.decode("utf-8")).encode()
        if suffix in PAGES:
            return _in_markup(data.decode("utf-8"), mask).encode()
        return _office(data, mask) if suffix in OFFICE else None
    except (*DAMAGE, UnicodeDecodeError):
        return None


def _in_markup(text: str, mask: Mask) -> str:
    text = _CREATOR.sub(r"\1", _COMMENT.sub("", text))
    text = _TEXT.sub(lambda found: f">{_in_text(found[1], mask)}<", text)
    tags = {tag: _in_tag(tag, mask) for tag in set(_TAG.findall(text))}
    return _TAG.sub(lambda tag: tags[tag[0]], text)


def _in_tag(tag: str, mask: Mask) -> str:
    """Return a tag without what is personal in its attributes, however its characters are written."""
    tag = _AUTHOR.sub(r'\1=""', tag)
    if mask.text(plain := html.unescape(tag)) == plain:
        return tag
    made = _VALUE.sub(lambda value: f'"{html.escape(mask.text(html.unescape(value[0][1:-1])))}"', tag)
    return made if mask.text(plain := html.unescape(made)) == plain else mask.text(made)


def _in_text(text: str, mask: Mask) -> str:
    plain = html.unescape(text)
    # what need not change stays as it is, such as a style
    return text if (made := mask.text(plain)) == plain else html.escape(made, quote=False)


def _office(data: bytes, mask: Mask) -> bytes | None:
    """Return an Office file with every text in it masked; what is in it but no text stays as it is."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        if sum(info.file_size for info in archive.infolist()) > _LARGEST:
            return None
        for info in archive.infolist():
            part = archive.read(info)
            if PurePosixPath(info.filename).suffix.lower() in PAGES:
                if any(mask.text(cell) != cell for cell in _NUMBER_CELL.findall(part.decode("utf-8"))):
                    # a number cannot become a text in its place
                    return None
                part = _in_markup(part.decode("utf-8"), mask).encode()
            elif PurePosixPath(info.filename).suffix.lower() in OFFICE:
                # the table behind a chart
                inner = _office(part, mask)
                if inner is None:
                    return None
                part = inner
            target.writestr(zipfile.ZipInfo(info.filename, info.date_time), part, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def readings(name: str, data: bytes) -> Iterator[tuple[str, str]]:
    """Yield every text in a file with the place it has in it: as it is, and without the marks between its words."""
    if len(data) <= _LARGEST and data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for info in archive.infolist():
                yield f"{name}/{info.filename}", info.filename
                yield from readings(f"{name}/{info.filename}", archive.read(info))
        return
    text = data.decode("utf-8", "replace")
    if PurePosixPath(name).suffix.lower() in PAGES:
        bare = html.unescape(_TAG.sub("", _BREAK.sub("\n", text)))
        yield name, bare
        # what is in attributes and scripts stands between the marks
        yield name, "\n".join(map(html.unescape, sorted({*_TAG.findall(text), *_COMMENT.findall(text)})))
        return
    yield name, text
    if "\\" in text:
        yield name, _unescaped(text)


_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


def _unescaped(text: str) -> str:
    """Return a text in which JSON or YAML has written characters as numbers, with those characters."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text).replace("\\n", "\n").replace('\\"', '"')

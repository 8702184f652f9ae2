"""What a template is made of: text, pictures and charts, and nothing that runs."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO

from docx.document import Document
from docx.image.image import Image
from docx.opc.part import Part

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Where, error
from selfaudit.files.kinds import BMP, GIF, JPEG, PNG, TIFF, WEBP, kind_of

ACTIVE = error(
    "template.active",
    N_("the template contains macros, controls or add-ins: {part}"),
    N_("Delete controls and add-ins, and save it in Word as “Word document (*.docx)”, which drops macros."),
)
EMBEDDED = error(
    "template.embedded",
    N_("the template contains something other than text, pictures and charts: {part}"),
    N_("Delete the embedded object or inserted file, or put in a picture or text in its place."),
)
_LARGE_PICTURE = error(
    "template.picture",
    N_("the picture {part} has {width} × {height} pixels, more than {most} million"),
    N_("Make it smaller: click on it, then Picture Format > Compress Pictures."),
)
_PICTURE = error(
    "template.picture-kind",
    N_("the picture {part} is of a kind that is not allowed, or loads something"),
    N_("Save it as PNG or JPEG and insert it again."),
)

MOST_PIXELS = 50_000_000
"""Pixels of a picture: a page of A3 at 300 dots per inch has 17 million."""

_OPEN, _OFFICE = "application/vnd.openxmlformats-officedocument.", "application/vnd.ms-office."
_WORD = f"{_OPEN}wordprocessingml."
_PARTS = (
    f"{_WORD}styles+xml", f"{_WORD}settings+xml", f"{_WORD}webSettings+xml", f"{_WORD}fontTable+xml",
    f"{_WORD}numbering+xml", f"{_WORD}footnotes+xml", f"{_WORD}endnotes+xml", f"{_WORD}header+xml",
    f"{_WORD}footer+xml", f"{_WORD}comments", f"{_WORD}people+xml", f"{_WORD}document.glossary+xml",
    f"{_WORD}printerSettings", "application/vnd.ms-word.stylesWithEffects+xml",
    "application/vnd.ms-word.people+xml", "application/vnd.ms-word.comments",
    "application/vnd.openxmlformats-package.core-properties+xml", f"{_OPEN}extended-properties+xml",
    f"{_OPEN}custom-properties+xml", f"{_OPEN}customXml", f"{_OPEN}theme", f"{_OPEN}drawingml.",
    f"{_OPEN}obfuscatedFont", f"{_OFFICE}drawingml.", f"{_OFFICE}chart", f"{_OFFICE}classificationlabels+xml",
    f"{_OFFICE}intelligence", "application/x-font", "application/inkml+xml", "application/xml", "image/",
)  # fmt: skip
"""How the content types begin of the parts that a template may have beside its main document."""
_WORKBOOK = f"{_OPEN}spreadsheetml.sheet"
ACTIVE_WORDS = ("vba", "macro", "activex", "control", "webextension", "taskpane", "keymap", "toolbar", "extensibility")
"""Words in content types and relations of what runs."""
_IN_WORKBOOK = ("vba", "macro", "activex", "externallink", "connections", "embeddings", "querytable", "customui")
"""Words in the names of members of a workbook behind a chart that it must do without."""
_PICTURES = (PNG, JPEG, GIF, BMP, TIFF, WEBP)
_DRAWINGS = (b"\x01\0\0\0", b"\x01\0\x09\0", b"\xd7\xcd\xc6\x9a", b"II\xbc")
"""How pictures begin that only Windows makes: EMF, WMF and HD Photo."""
_SVG = "image/svg+xml"
_ACTIVE_SVG = re.compile(
    rb"url\(\s*['\"]?(?!['\"]?\s*(?:#|data:image/))|@import|<script|<foreignObject|<!ENTITY|<\?xml-stylesheet",
    re.IGNORECASE,
)


def part_problems(document: Document) -> Iterator[Problem]:
    """Yield the parts that a template must not have."""
    for part in document.part.package.iter_parts():
        kind, name = part.content_type, part.partname.lstrip("/")
        if any(word in kind.lower() for word in ACTIVE_WORDS):
            yield ACTIVE(Where(), part=name)
        elif kind == _WORKBOOK:
            if active := _in_workbook(part.blob):
                yield ACTIVE(Where(), part=f"{name}: {active}")
        elif part is not document.part and not kind.startswith(_PARTS):
            yield EMBEDDED(Where(), part=name)
        elif kind.startswith("image/"):
            yield from _picture_problems(part, name)


def _in_workbook(data: bytes) -> str:
    """Return the name of what makes a workbook more than numbers; of a damaged one, that of the damage."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return "?"
    return next((name for name in names if any(word in name.lower() for word in _IN_WORKBOOK)), "")


def _picture_problems(part: Part, name: str) -> Iterator[Problem]:
    data = part.blob
    if part.content_type == _SVG:
        is_allowed = not _ACTIVE_SVG.search(data)
    else:
        is_allowed = kind_of(data) in _PICTURES or data.startswith(_DRAWINGS)
    if not is_allowed:
        yield _PICTURE(Where(), part=name)
        return
    try:
        image = Image.from_blob(data)
    except Exception:  # noqa: BLE001 - whatever a header that is no header does; drawings have no pixels
        return
    width, height = image.px_width, image.px_height
    if width * height > MOST_PIXELS:
        yield _LARGE_PICTURE(Where(), part=name, width=width, height=height, most=MOST_PIXELS // 1_000_000)

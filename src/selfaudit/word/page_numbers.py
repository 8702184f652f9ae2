"""The page numbers of a table of contents: open when a document is made, filled in once it has been laid out.

Word lays out pages when it opens a document, and asks before it does; nobody should have to. LibreOffice can lay them
out here: a reference to a page is worked out by it anywhere but in a table of contents. So it gets a copy whose table
is none to it, and its numbers go into the document.
"""

import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO

_BODY, _SETTINGS = "word/document.xml", "word/settings.xml"
_ENTRY = re.compile(rb'<w:hyperlink w:anchor="(_Toc9\d{4})" w:history="1">.*?(?=</w:hyperlink>)', re.DOTALL)
_CONTENTS = re.compile(rb"(<w:instrText[^>]*>\s*)TOC\b")
_REFRESH = re.compile(rb"<w:updateFields\b[^>]*/>")
_FIELD = (
    '<w:r><w:tab/></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGEREF'
    ' {anchor} \\h </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{number}</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
_NUMBERED = re.compile(re.escape(_FIELD).replace(r"\{anchor\}", r"_Toc9\d{4}").replace(r"\{number\}", "[^<]*").encode())

Parts = Mapping[str, bytes]
"""The files inside a Word file by name."""


def entry_count(document: bytes) -> int:
    """Return how many entries the table of contents has, 0 if there is none."""
    with zipfile.ZipFile(BytesIO(document)) as packed:
        return len(_ENTRY.findall(packed.read(_BODY))) if _BODY in packed.namelist() else 0


def to_lay_out(document: bytes) -> bytes:
    """Return a copy in which LibreOffice works out the page numbers of the contents."""

    def body(xml: bytes) -> bytes:
        return _ENTRY.sub(lambda found: found[0] + _field(found[1], "1"), _CONTENTS.sub(rb"\1XTOC", xml, count=1))

    return _rewritten(document, {_BODY: body})


def with_page_numbers(document: bytes, numbers: Sequence[str]) -> bytes:
    """Return the document with a number in every entry; Word has nothing to work out when it opens it."""
    left = iter(numbers)

    def body(xml: bytes) -> bytes:
        return _ENTRY.sub(lambda found: found[0] + _field(found[1], next(left)), xml)

    return _rewritten(document, {_BODY: body, _SETTINGS: lambda xml: _REFRESH.sub(b"", xml)})


def without_page_numbers(parts: Parts) -> dict[str, bytes]:
    """Return the parts of a Word file as if it had never been laid out, to see whether two say the same."""
    plain = dict(parts)
    for name, pattern in ((_BODY, _NUMBERED), (_SETTINGS, _REFRESH)):
        if name in plain:
            plain[name] = pattern.sub(b"", plain[name])
    return plain


def has_page_numbers(parts: Parts) -> bool:
    """Return whether the contents of a Word file have their page numbers."""
    return _NUMBERED.search(parts.get(_BODY, b"")) is not None


def _field(anchor: bytes, number: str) -> bytes:
    return _FIELD.format(anchor=anchor.decode(), number=number).encode()


def _rewritten(document: bytes, changes: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    done = BytesIO()
    with zipfile.ZipFile(BytesIO(document)) as packed, zipfile.ZipFile(done, "w", zipfile.ZIP_DEFLATED) as made:
        for member in packed.infolist():
            data = packed.read(member)
            made.writestr(member, changes[member.filename](data) if member.filename in changes else data)
    return done.getvalue()

"""Word files put together by hand, as no word processor would make them."""

import io
import zipfile
from collections.abc import Mapping

import docx

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN, _SETTINGS = "word/document.xml", "word/settings.xml"
_NAMES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "wp15": "http://schemas.microsoft.com/office/word/2012/wordprocessingDrawing",
    }.items()
)


def word_file(*paragraphs: str) -> bytes:
    """Return a Word file with some paragraphs, each a text or the XML of what is in it."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph("" if text.startswith("<") else text)
    stream = io.BytesIO()
    document.save(stream)
    data = stream.getvalue()
    for text in paragraphs:
        if text.startswith("<"):
            data = replaced(data, _MAIN, "<w:p/>", f"<w:p {_NAMES}>{text}</w:p>")
    return data


def with_relation(data: bytes, kind: str, target: str, *, mode: str = "External", source: str = _MAIN) -> bytes:
    """Return a Word file in which a part refers to something; ``kind`` is the last word of the relation's type."""
    kind = kind if ":" in kind else f"{RELATIONS}/{kind}"
    relation = f'<Relationship Id="rId99" Type="{kind}" Target="{target}" TargetMode="{mode}"/>'
    folder, _, file = source.rpartition("/")
    rels = f"{folder}/_rels/{file}.rels"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if rels in archive.namelist():
            return replaced(data, rels, "</Relationships>", f"{relation}</Relationships>")
    spaces = "http://schemas.openxmlformats.org/package/2006/relationships"
    return rewritten(data, {rels: f'<Relationships xmlns="{spaces}">{relation}</Relationships>'.encode()})


def with_part(  # noqa: PLR0913 - all that makes a part what it is
    data: bytes, name: str, content: bytes, content_type: str, relation: str, *, source: str = _MAIN
) -> bytes:
    """Return a Word file with one more part, to which its text or another part is related."""
    override = f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>'
    data = rewritten(replaced(data, "[Content_Types].xml", "</Types>", override), {name: content})
    return with_relation(data, relation, f"/{name}", mode="Internal", source=source)


def with_setting(data: bytes, xml: str) -> bytes:
    """Return a Word file with one more setting."""
    return replaced(data, _SETTINGS, "</w:settings>", f"{xml}</w:settings>")


def replaced(data: bytes, part: str, old: str, new: str) -> bytes:
    """Return a Word file with a text of a part replaced where it is first."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = archive.read(part).decode()
    assert old in text, part
    return rewritten(data, {part: text.replace(old, new, 1).encode()})


def rewritten(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Return a Word file with some parts in place of those of the same name, or beside the others."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *parts]):
            new.writestr(name, parts[name] if name in parts else old.read(name))
    return stream.getvalue()

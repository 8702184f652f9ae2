"""Spoils returned forms in the ways in which people and programs do."""

import io
import zipfile
from collections.abc import Callable, Mapping

from selfaudit.demo.texts import MailTexts
from selfaudit.model.passport import Passport

Spoil = Callable[[str, MailTexts], bytes]
"""Makes the bytes that come back from the text of a filled-in form."""

PHOTO = bytes.fromhex("ffd8ffe000104a46494600010100000100010000") + bytes(600) + bytes.fromhex("ffd9")
"""As much of a JPEG as it is recognised by."""
PROOF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
"""A PDF of one empty page."""
OTHER_CAMPAIGN = "QA22"


def _gbk(text: str, _: MailTexts) -> bytes:
    return text.encode("gb18030")


def _utf16(text: str, _: MailTexts) -> bytes:
    return b"\xff\xfe" + text.encode("utf-16-le")


def _bom(text: str, _: MailTexts) -> bytes:
    return b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()


def _wide_colon(text: str, _: MailTexts) -> bytes:
    return text.replace("answer: 符合", "answer：符合", 2).encode()


def _tab(text: str, _: MailTexts) -> bytes:
    return text.replace("        answer: 符合", "\t\t\t\tanswer: 符合", 1).encode()


def _cut_by_hash(text: str, mail: MailTexts) -> bytes:
    return text.replace("note: \n", f"note: {mail.cut_note}\n", 1).encode()


def _truncated(text: str, _: MailTexts) -> bytes:
    data = text.encode()
    end = len(data) * 3 // 5
    while data[end] & 0xC0 != 0x80:  # noqa: PLR2004 - in the middle of a character
        end += 1
    return data[:end]


def _foreign(text: str, _: MailTexts) -> bytes:
    printed = next(line for line in text.splitlines() if line.startswith("passport: ")).split()[1].strip('"')
    own = Passport.parse(printed)
    assert own is not None  # noqa: S101 - it was just issued
    return text.replace(printed, str(Passport(OTHER_CAMPAIGN, own.respondent, own.revision))).encode()


def _word(text: str, _: MailTexts) -> bytes:
    paragraphs = "".join(f"<w:p><w:r><w:t>{line.split('#')[0]}</w:t></w:r></w:p>" for line in text.splitlines()[:40])
    members = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "word/document.xml": "<w:document xmlns:w="
        f'"http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{paragraphs}</w:body></w:document>',
    }
    return _zip({name: member.encode() for name, member in members.items()})


def _vague_day(text: str, mail: MailTexts) -> bytes:
    return _relined(text, "filled_on", mail.vague_day)


def _vague_number(text: str, mail: MailTexts) -> bytes:
    return _relined(text, "  projects", mail.vague_number)


def _relined(text: str, name: str, value: str) -> bytes:
    lines = [f"{name}: {value}" if line.startswith(f"{name}: ") else line for line in text.split("\n")]
    return "\n".join(lines).encode()


SPOILED: dict[str, Spoil] = {
    "gbk": _gbk,
    "utf-16": _utf16,
    "bom": _bom,
    "wide-colon": _wide_colon,
    "tab": _tab,
    "cut-by-hash": _cut_by_hash,
    "truncated": _truncated,
    "foreign": _foreign,
    "word": _word,
    "vague-day": _vague_day,
    "vague-number": _vague_number,
}


def zip_of_windows(files: Mapping[str, bytes]) -> bytes:
    """Return a zip whose names are in the encoding of Chinese Windows, without telling so."""
    names = {name: name.encode("gb18030") for name in files}
    # zipfile would write them as UTF-8, so it gets stand-ins of the same length
    stand_ins = {name: f"~{number:0{len(coded) - 1}d}" for number, (name, coded) in enumerate(names.items())}
    data = _zip({stand_ins[name]: content for name, content in files.items()})
    for name, coded in names.items():
        data = data.replace(stand_ins[name].encode(), coded)
    return data


def _zip(members: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2023, 11, 7, 9, 0, 0)), data)
    return packed.getvalue()

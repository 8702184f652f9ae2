"""What comes back instead of a form is named and refused; usual encodings are read; nothing brings the process down."""

import io
import zipfile
from collections.abc import Callable

import pytest

from selfaudit.files.encodings import LARGEST, decode
from selfaudit.forms import yaml as yaml_form
from tests.forms.sample import COMPLETE, ENGLISH, FORM, line_of, read, said, text

ASK = "Ask for the issued form itself, filled in; the file name does not matter."
SAVE = "Open it in Excel or WPS and save it as a new .xlsx."
AGAIN = "Ask for it to be sent again."


def office(*members: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in members:
            archive.writestr(member, "<x/>" * 100)
    return packed.getvalue()


EMPTY = "It may have been cut off in transit, or not downloaded yet; if that is not it, ask for it to be sent again."
ENCRYPTED = (
    "If it opens only on the computer it comes from, company software has encrypted it: ask for it to be decrypted."
    " Otherwise ask for the issued form itself, filled in."
)


UNKNOWN_ZIP = (
    "this is an Office file or an archive, damaged or of an unknown kind Ask for it to be sent again, or for the issued"
    " form itself, filled in."
)


def old_office(stream: str) -> bytes:
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + stream.encode("utf-16-le") + bytes(600)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", f"the file is empty {EMPTY}"),
        (b"\xef\xbb\xbf \r\n", f"the file is empty {EMPTY}"),
        (office("[Content_Types].xml", "word/document.xml"), f"this is a Word file, not a form {ASK}"),
        (
            office("[Content_Types].xml", "xl/workbook.xml"),
            f"the workbook is damaged: Cannot detect file format {SAVE}",
        ),
        (office("mimetype", "content.xml"), UNKNOWN_ZIP),
        (old_office("WordDocument"), f"this is a Word file, not a form {ASK}"),
        (old_office("Workbook"), f"the workbook is damaged: Cannot detect file format {SAVE}"),
        (old_office("EncryptedPackage"), f"this is an Office file locked with a password, not a form {ASK}"),
        (old_office("Something"), f"this is an old Office file, not a form {ASK}"),
        (b"{\\rtf1\\ansi hello}", f"this is a Word file, not a form {ASK}"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", f"this is a PDF, not a form {ASK}"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(99), f"this is a photo or picture (JPEG), not a form {ASK}"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), f"this is a photo or picture (PNG), not a form {ASK}"),
        (b"\0\0\0\x18ftypheic" + bytes(99), f"this is a photo or picture (HEIC), not a form {ASK}"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", f"this is a photo or picture (WebP), not a form {ASK}"),
        (b"BM\x36\0\0\0\0\0\0\0\x36\0", f"this is a photo or picture (BMP), not a form {ASK}"),
        (b"\0\0\0\x18ftypmp42" + bytes(99), f"this is a video or audio file, not a form {ASK}"),
        (b"Rar!\x1a\x07\0", "this is an archive (RAR) Unpack it and put the files here."),
        (b"7z\xbc\xaf\x27\x1c", "this is an archive (7z) Unpack it and put the files here."),
        (b"L\0\0\0\x01\x14\x02\0" + bytes(60), f"this is a shortcut to a file, not the file itself {ASK}"),
        (b"<!DOCTYPE html>\n<html>", f"this is a web page or XML file, not a form {ASK}"),
        ("\ufeff\n<HTML>".encode("utf-16-le"), f"this is a web page or XML file, not a form {ASK}"),
        (b"<?xml version='1.0'?><a/>", f"this is a web page or XML file, not a form {ASK}"),
        (
            b"Received: from mail\r\n\r\n",
            "this is a whole e-mail, not the form attached to it Save the attachment here.",
        ),
        (bytes(range(256)) * 30, f"this is not a text, nor any other file that is known here {ENCRYPTED}"),
        (b"a\x01b\x02c\x03" * 20, f"this is not a text, nor any other file that is known here {ENCRYPTED}"),
    ],
)
def test_what_is_no_text_is_named_with_what_to_do(data: bytes, told: str) -> None:
    reading = read(data, "form.yaml")
    assert reading.content is None
    assert said(reading) == [f"form.yaml: {told}"]


def test_fifty_megabytes_are_refused_by_their_size_or_their_kind() -> None:
    assert said(read(b"a: b\n" * 10_000_000)) == [f"f.yaml: 47.7 MiB is too large for a form (at most 2 MiB) {ASK}"]
    assert said(read(b"\xff\xd8\xff" + bytes(LARGEST))) == [
        f"f.yaml: this is a photo or picture (JPEG), not a form {ASK}"
    ]


@pytest.mark.parametrize(
    ("encode", "told"),
    [
        (lambda t: t.encode(), []),
        (lambda t: t.encode("utf-8-sig"), ["f.yaml: read as UTF-8 with BOM"]),
        (lambda t: t.encode("utf-16"), ["f.yaml: read as UTF-16"]),
        (lambda t: t.encode("utf-16-le"), ["f.yaml: read as UTF-16"]),
        (lambda t: b"\xfe\xff" + t.encode("utf-16-be"), ["f.yaml: read as UTF-16"]),
        (lambda t: t.encode("utf-16-be"), ["f.yaml: read as UTF-16"]),
        (lambda t: t.encode("gbk", "replace"), ["f.yaml: read as GB18030"]),
        (lambda t: t.encode("gb18030"), ["f.yaml: read as GB18030"]),
        (lambda t: t.replace("\n", "\r\n").encode(), []),
        (lambda t: t.replace("\n", "\r").encode(), []),
    ],
    ids=["utf-8", "bom", "utf-16", "utf-16-le", "utf-16-be bom", "utf-16-be", "gbk", "gb18030", "crlf", "cr"],
)
def test_every_encoding_and_line_end_of_usual_editors_is_read_and_noted(
    encode: Callable[[str], bytes], told: list[str]
) -> None:
    reading = read(encode(text()))
    assert (reading.content, said(reading)) == (COMPLETE, told)


def test_an_english_form_with_one_chinese_name_in_gbk_is_not_misread() -> None:
    returned = yaml_form.write(ENGLISH).decode().replace("filled_by: ", "filled_by: 一")
    reading = read(returned.encode("gb18030"))
    assert reading.content is not None
    assert reading.content["filled_by"] == "一"


def test_a_file_cut_off_anywhere_is_refused() -> None:
    data = text().encode()
    for end in range(0, len(data) - len("declaration: 同意\n".encode()), 7):
        reading = read(data[:end])
        assert reading.content is None, end
        assert reading.errors, end


def test_a_file_cut_off_between_two_lines_is_told_to_lack_its_end() -> None:
    original = text()
    assert said(read(original[: original.index('  - id: "1.10"')])) == [
        (
            "f.yaml: the end of the form is missing: it has no line “declaration” "
            "Ask for it to be sent again; if the line was deleted, add it at the end: declaration:"
        ),
        "f.yaml:34:3: missing items count as not answered: 1.10, 2.1",
    ]


def test_a_file_cut_off_inside_a_character_is_told_so() -> None:
    data = text().encode()
    end = data.index("末次会议".encode()) + 4
    line = line_of(text(), "末次会议")
    assert said(read(data[:end])) == [
        f"f.yaml:{line}:32: the file was cut off: it ends in the middle of a character {AGAIN}"
    ]


def test_a_damaged_character_is_told_with_its_place_and_never_read_as_another() -> None:
    data = text().encode().replace("末次".encode(), b"\xe6\x9c\x41\xe6\xac\xa1", 1)
    assert said(read(data)) == [
        f"f.yaml:{line_of(text(), '末次')}:31: the file is damaged: these bytes are not a character in UTF-8 {AGAIN}"
    ]


def test_a_file_of_which_only_zeros_were_saved_at_the_end_is_told_so() -> None:
    told = f"the file was not saved completely: there are only zero bytes from here on {AGAIN}"
    assert said(read(text().encode() + bytes(4096))) == [f"f.yaml:{text().count(chr(10)) + 1}:1: {told}"]
    assert said(read(bytes(4096))) == [f"f.yaml:1:1: {told}"]


def test_control_characters_are_told_with_their_places_and_do_not_hide_other_mistakes() -> None:
    returned = text().replace("已抽查", "已\0抽\x0b查").replace("clues: ", "clues：无")
    line = line_of(text(), "已抽查")
    assert said(read(returned)) == [
        f"f.yaml:{line}:12: an invisible control character (U+0000) Delete it and retype what was there.",
        f"f.yaml:{line}:14: an invisible control character (U+000B) Delete it and retype what was there.",
        "f.yaml:115:6: full-width colon after “clues” Type an ordinary colon and a space: clues: …",
    ]


def test_a_control_character_written_as_an_escape_is_refused_as_well() -> None:
    reading = read(text().replace("note: 不收费", r'note: "不\u0007收费"'))
    assert said(reading) == ["f.yaml:55:11: “note” contains an invisible control character (U+0007) Remove it."]


def test_invisible_marks_and_line_breaks_inside_are_left_out_and_noted() -> None:
    reading = read(text().replace("已抽查 3", "\ufeff已抽查\u20283"))
    assert reading.content == COMPLETE
    line = line_of(text(), "已抽查")
    assert said(reading) == [
        f"f.yaml:{line}:11: an invisible mark (U+FEFF) inside the text was left out",
        f"f.yaml:{line}:15: an invisible line break (U+2028) was read as a space",
    ]


def test_characters_lost_when_the_file_was_saved_are_pointed_out() -> None:
    reading = read(text().replace("已抽查", "已\ufffd查"))
    assert reading.content is not None
    assert said(reading) == [
        (
            f"f.yaml:{line_of(text(), '已抽查')}:12: a character was lost when this file was saved earlier (�) "
            "Type it again; if there are many, save the original as UTF-8."
        )
    ]


BOMB = "a: &a [x,x,x,x,x,x,x,x]\n" + "".join(f"b{n}: &b{n} [{','.join([f'*b{n - 1}'] * 9)}]\n" for n in range(1, 30))
HOSTILE = {
    "brackets": "[" * 200_000,
    "braces": "{a: " * 100_000,
    "dashes": "- " * 30_000,
    "dashes behind a line separator": "\u2028" + "- " * 30_000,
    "dashes behind a carriage return": "# x\r" + "- " * 30_000,
    "question marks": "? " * 30_000,
    "deep": "".join(" " * n + "a:\n" for n in range(1900)),
    "bomb": BOMB,
    "many values": "a: [" + "a," * 1_000_000 + "a]",
    "many lines": "a: b\n" * 400_000,
    "many names": "".join(f"n{n}: x\n" for n in range(150_000)),
    "twice": "".join(f"n{n}:\n" for n in range(80_000)) * 2,
    "full-width colons": "a：b\n" * 190_000,
    "one long line": "a: " + "长" * 600_000,
    "one long word": "长" * 600_000,
    "quotation marks": '"' * 1_000_000,
    "open quotation marks": 'a: "x\n' * 190_000,
    "tabs": "\t" * 1_000_000,
    "blanks": " " * 1_000_000 + "a",
    "findings": f"passport: {FORM.passport}\nfindings:\n" + "- fact: x\n" * 190_000 + "declaration:\n",
    "items": f"passport: {FORM.passport}\nitems:\n" + "- {id: x, answer: y}\n" * 60_000 + "declaration:\n",
}


def test_a_bomb_of_aliases_is_told_line_by_line() -> None:
    data = "selfaudit: x\n" + BOMB
    assert decode(data.encode(), "f").errors == []
    told = said(read(data))
    assert told[0] == ('f.yaml:2:4: text cannot start with & Put it in quotation marks: a: "&a [x,x,x,x,x,x,x,x]"')


def test_nesting_that_would_crash_the_parser_is_told_with_its_line() -> None:
    told = "nested more than 50 levels deep Use the file as it was issued; nothing in it needs that many brackets."
    assert said(read(text() + HOSTILE["brackets"])) == [f"f.yaml:{text().count(chr(10)) + 1}:51: {told}"]
    assert said(read(HOSTILE["dashes"] + "\nselfaudit: x\n")) == [f"f.yaml:1:1: {told}"]


@pytest.mark.parametrize(
    "said",
    [
        "# 会议纪要\n\n- 时间：2023-11-05\n- 参加：全体\n",
        "会议记录\n时间: 上午\n    一、讨论: 无异议\n  二：通过\n",
        "各位好：\n\t请查收。",
    ],
)
def test_minutes_and_letters_are_no_form_and_nothing_is_said_of_their_spelling(said: str) -> None:
    assert [problem.code for problem in read(said, "纪要.md").errors] == ["form.not-a-form"]

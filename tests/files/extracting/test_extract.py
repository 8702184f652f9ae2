"""What a document says is read whatever its format, with where it stood; what is hostile costs itself only."""

import io
import zipfile

import pytest
import xlsxwriter
from docx import Document

from selfaudit.files.extracting import word
from selfaudit.files.extracting.extract import extract
from selfaudit.files.extracting.extracted import Extracted

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def packed(**parts: str) -> bytes:
    """A Word document of the parts that are read, ``document`` for ``word/document.xml``."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for name, part in parts.items():
            archive.writestr(f"word/{name}.xml", part)
    return stream.getvalue()


def body(inside: str, root: str = "document") -> str:
    return f'<?xml version="1.0"?><w:{root} {W} {MC}>{inside}</w:{root}>'


def said(data: bytes) -> str:
    made = extract(data, "case.docx")
    assert made.problem is None, made.problem.message
    return made.text


def refused(data: bytes) -> str:
    made = extract(data, "case")
    assert made.text == ""
    assert made.problem is not None
    return made.problem.code


def p(*texts: str) -> str:
    return "<w:p>" + "".join(f"<w:r><w:t>{text}</w:t></w:r>" for text in texts) + "</w:p>"


def test_tables_text_boxes_headers_and_notes_are_part_of_the_text() -> None:
    box = f"<w:p><w:r><w:t>外</w:t><w:txbxContent>{p('框')}</w:txbxContent></w:r><w:r><w:t>面</w:t></w:r></w:p>"
    table = f"<w:tbl><w:tr><w:tc>{p('甲')}</w:tc><w:tc>{p('乙')}</w:tc></w:tr></w:tbl>"
    notes, header = body(p("脚注"), "footnotes"), body(p("页眉"), "hdr")
    made = packed(document=body(p("现", "场") + table + box), header1=header, header2=header, footnotes=notes)
    assert said(made) == "现场\n甲\n乙\n外面\n框\n脚注\n页眉\n"


def test_what_was_deleted_or_moved_away_is_not_part_of_the_text() -> None:
    changed = (
        "<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins><w:r><w:t>新</w:t></w:r></w:ins>"
        "<w:moveFrom><w:r><w:t>原处</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>此处</w:t></w:r></w:moveTo></w:p>"
    )
    assert said(packed(document=body(changed))) == "新此处\n"


def test_a_text_box_written_twice_for_old_programs_is_read_once() -> None:
    choice, fallback = f"<mc:Choice>{p('框')}</mc:Choice>", f"<mc:Fallback>{p('框')}</mc:Fallback>"
    twice = f"<mc:AlternateContent>{choice}{fallback}</mc:AlternateContent>"
    assert said(packed(document=body(f"<w:p><w:r>{twice}</w:r></w:p>"))) == "\n框\n"


def test_a_document_as_word_writes_it_tells_headings_and_paragraphs() -> None:
    document, stream = Document(), io.BytesIO()
    document.add_heading("5.1 现场审核", 1)
    document.add_paragraph("查看了生产车间。")
    document.sections[0].footer.paragraphs[0].text = "第 1 页"
    document.save(stream)
    made = extract(stream.getvalue(), "case.docx")
    assert made.text == "5.1 现场审核\n查看了生产车间。\n第 1 页\n"
    assert made.place(made.text.index("查看"), str) == "5.1 现场审核, paragraph 2"
    assert made.place(made.text.index("第 1"), str) == "page footer"


def test_cells_of_a_workbook_are_told_by_sheet_and_cell() -> None:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("检查表")
        sheet.write(0, 0, "过程")
        sheet.write(2, 1, "查 12 份记录")
    made = extract(stream.getvalue(), "case.xlsx")
    assert made.text == "过程\t\n查 12 份记录\t\n"
    assert made.place(made.text.index("12"), str) == "检查表!B3"


def test_a_page_says_what_its_reader_sees() -> None:
    page = (
        "<!DOCTYPE html><html><head><title>t</title><style>p{}</style></head><body><h2>审核发现</h2>"
        "<p>温度<b>记录</b>齐全</p><script>x()</script><table><tr><td>甲</td><td>乙</td></tr></table></body></html>"
    )
    made = extract(page.encode("gb18030"), "case.html")
    assert made.text == "审核发现\n温度记录齐全\n甲\n乙\n"
    assert made.place(made.text.index("温度"), str) == "审核发现, paragraph 2"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_a_text_is_read_in_the_encoding_an_editor_left_it_in(encoding: str) -> None:
    made = extract("第一行\r\n第二行 # 标题\r\n".encode(encoding), "case.md")
    assert made.text.removeprefix("\ufeff") == "第一行\n第二行 # 标题\n"
    assert made.place(len(made.text) - 2, str) == "line 2"


def test_a_list_of_values_is_a_text_like_any_other() -> None:
    assert said(b"a,b,c\n1,2,3\n4,5,6\n") == "a,b,c\n1,2,3\n4,5,6\n"


def with_size(data: bytes, size: int) -> bytes:
    """The same zip, whose directory says that its last part has another size."""
    at = data.rindex(b"PK\x01\x02") + 24
    return data[:at] + size.to_bytes(4, "little") + data[at + 4 :]


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "'
    + "哈" * 1000
    + '">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 50}">' for a, b in zip("abcde", "bcdef", strict=True))
    + "]>"
)


def test_what_unpacks_to_too_much_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "LARGEST", 5_000)
    assert refused(packed(document=body(p("长" * 3_000)))) == "text.too-large"


def test_a_part_larger_than_it_says_is_not_unpacked_any_further() -> None:
    assert refused(with_size(packed(document=body(p("长" * 3_000))), 100)) == "text.damaged"


def test_a_document_that_was_not_copied_whole_is_told_as_that() -> None:
    made = extract(packed(document=body(p("现场")))[:-60], "case.docx")
    assert made.problem
    assert made.problem.message == "the file is damaged: its end is missing"


def test_entities_that_multiply_stay_what_they_are() -> None:
    made = extract(packed(document=LAUGHS + body(p("前&f;后")).partition("?>")[2]), "case.docx")
    assert len(made.text) < 20


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (packed(document=body("<w:sdt>" * 5_000)), "text.damaged"),
        (packed(document="<w:document>"), "text.damaged"),
        (packed(styles="<w:styles/>"), "text.damaged"),
        (packed(document=body("")), "text.none"),
        (b"\xd0\xcf\x11\xe0" + "WordDocument".encode("utf-16-le"), "text.old-format"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "text.locked"),
        (b"{\\rtf1 a}", "text.old-format"),
        (b"\xff\xd8\xff\xe0 photo", "text.foreign"),
        (b"%TSD-Header-###%" + bytes(40), "text.locked"),
        (bytes(range(1, 256)) * 20, "text.unknown"),
        (b"From: a@example.org\nTo: b@example.org\nSubject: x\n\nhello", "text.foreign"),
        (b"", "text.none"),
        (b" \n\n ", "text.none"),
        (("<p>" + "<div>" * 20_000 + "深").encode(), "text.none"),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_says_why(data: bytes, code: str) -> None:
    assert refused(data) == code


def test_a_document_cut_anywhere_raises_nothing() -> None:
    whole = packed(document=body(p("现场") * 50), styles="<w:styles/>")
    for at in range(0, len(whole), 7):
        assert isinstance(extract(whole[:at], "case.docx"), Extracted)
        assert isinstance(extract(whole[:at] + b"\0" + whole[at + 1 :], "case.docx"), Extracted)

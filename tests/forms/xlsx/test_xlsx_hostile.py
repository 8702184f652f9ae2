"""Workbooks that are damaged, foreign or made to do harm: one sentence each, and nothing else happens."""

import io
import random
import zipfile

import pytest
from openpyxl import Workbook

from selfaudit.base.problems import errors
from selfaudit.files.sheets import workbook
from selfaudit.files.sheets.bounds import DEFAULT
from selfaudit.forms.xlsx import form as xlsx_form
from tests.forms.sample import COMPLETE, FORM, read, said
from tests.forms.xlsx.edited import saved

WHOLE = xlsx_form.write(FORM, COMPLETE)
SHEET = "xl/worksheets/sheet2.xml"


def repacked(changes: dict[str, bytes], data: bytes = WHOLE) -> bytes:
    """Return the workbook with some of its parts replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *changes]):
            new.writestr(name, changes[name] if name in changes else old.read(name))
    return stream.getvalue()


def part(name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as archive:
        return archive.read(name)


def with_rows(rows: bytes) -> bytes:
    return repacked({SHEET: part(SHEET).replace(b"</sheetData>", rows + b"</sheetData>")})


def codes(data: bytes) -> list[str]:
    return [problem.code for problem in read(data, "f.xlsx").errors]


def test_another_workbook_is_told_to_be_no_form() -> None:
    book = Workbook()
    book.worksheets[0]["A1"] = "工资表"
    assert said(read(saved(book), "f.xlsx")) == [
        (
            "f.xlsx: this workbook is not a selfaudit form Ask for the issued form itself, filled in; the file"
            " name does not matter."
        )
    ]


def test_a_workbook_that_unpacks_to_too_much_is_refused_unread() -> None:
    assert codes(repacked({"xl/media/image1.bin": bytes(DEFAULT.unpacked)})) == ["workbook.too-large"]


def test_a_part_that_unpacks_to_more_than_the_directory_says_is_refused() -> None:
    data = bytearray(repacked({SHEET: part(SHEET) + bytes(50 * 1024 * 1024)}))
    entry = data.index(SHEET.encode(), data.index(b"PK\x01\x02")) - 46
    data[entry + 24 : entry + 28] = (1000).to_bytes(4, "little")
    assert codes(bytes(data)) == ["workbook.damaged"]


def test_a_workbook_of_very_many_parts_is_refused() -> None:
    assert codes(repacked({f"x/{n}": b"" for n in range(1001)})) == ["workbook.too-large"]


def test_a_cell_far_away_is_refused_with_its_name() -> None:
    reading = read(with_rows(b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'), "f.xlsx")
    assert [(problem.code, problem.args["cell"]) for problem in reading.errors] == [("workbook.too-far", "XFD1048576")]


FAR = b't="inlineStr"><is><t>x</t></is></c>'


@pytest.mark.parametrize(
    "row",
    [
        b'<row r="1048576"><c r="xfd1048576" ' + FAR + b"</row>",
        b"<row r='1048576'><c r = 'XFD1048576' " + FAR + b"</row>",
        b'<row r="1048576"><c x=">" r="XFD1048576" ' + FAR + b"</row>",
        b'<row r="1048576"><x:c r="XFD1048576" ' + FAR + b"</row>",
        b'<row r="1048575"/><row><c r="XFC1" ' + FAR + b'<c t="inlineStr"><is><t>x</t></is></c></row>',
        b'<row r="9"><c r="XFD9" ' + FAR + b'</row><row r="1048576"><c ' + FAR + b"</row>",
        b'<row r="9"><c r="XFE9" ' + FAR + b"</row>",
        b'<row r="9"><c r="A1048577" ' + FAR + b"</row>",
    ],
)
def test_a_cell_far_away_is_refused_however_it_is_written(row: bytes) -> None:
    assert codes(with_rows(row)) == ["workbook.too-far"]


@pytest.mark.parametrize("place", [b"Bopenxml15", b"A", b"15", b"A-1", b""])
def test_a_cell_without_a_place_of_a_cell_is_damage(place: bytes) -> None:
    assert codes(with_rows(b'<row r="100"><c r="' + place + b'" ' + FAR + b"</row>")) == ["workbook.damaged"]


def test_a_sheet_that_lies_elsewhere_is_looked_at_as_well() -> None:
    links = part("xl/_rels/workbook.xml.rels").replace(b"worksheets/sheet2.xml", b"else/where.bin")
    far = part(SHEET).replace(b"</sheetData>", b'<row r="9"><c r="XFD99999" ' + FAR + b"</row></sheetData>")
    assert codes(repacked({"xl/_rels/workbook.xml.rels": links, "xl/else/where.bin": far})) == ["workbook.too-far"]


def test_many_sheets_are_counted_together() -> None:
    link = b'<Relationship Id="x" Type="%s/worksheet" Target="worksheets/x.xml"/></Relationships>'
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    sheets = b"".join(b'<sheet name="S%d" sheetId="%d" r:id="x"/>' % (n, n) for n in range(100, 103))
    name, links, book = "xl/worksheets/x.xml", "xl/_rels/workbook.xml.rels", "xl/workbook.xml"
    large = b'<worksheet><sheetData><row r="1"><c r="A1" ' + FAR + b'<c r="CV20000" ' + FAR + b"</row></sheetData>"
    changes = {
        name: large + b"</worksheet>",
        links: part(links).replace(b"</Relationships>", link % kind),
        book: part(book).replace(b"</sheets>", sheets + b"</sheets>"),
    }
    assert codes(repacked(changes)) == ["workbook.too-far"]


def test_a_text_shared_by_very_many_cells_is_refused() -> None:
    texts = part("xl/sharedStrings.xml").replace(b"</sst>", b"<si><t>" + b"A" * 60_000 + b"</t></si></sst>")
    number = texts.count(b"<si>") - 1
    rows = b"".join(b'<row r="%d"><c r="L%d" t="s"><v>%d</v></c></row>' % (n, n, number) for n in range(100, 9_999))
    changes = {SHEET: part(SHEET).replace(b"</sheetData>", rows + b"</sheetData>"), "xl/sharedStrings.xml": texts}
    assert codes(repacked(changes)) == ["workbook.too-large"]


def opendocument(content: bytes) -> bytes:
    """Return an OpenDocument with a content."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", b"<office:spreadsheet>" + content + b"</office:spreadsheet>")
        archive.writestr("META-INF/manifest.xml", b"<manifest/>")
    return stream.getvalue()


CELL = (
    b'<table:table-cell table:number-columns-repeated="%d" office:value-type="string">'
    b"<text:p>x</text:p></table:table-cell>"
)
ROWS = b'<table:table-row table:number-rows-repeated="%d">'


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (ROWS % 30_000 + CELL % 1000 + b"</table:table-row>", "workbook.too-far"),
        (ROWS % 1_048_000 + b"<table:table-cell/></table:table-row>" + ROWS % 1 + CELL % 5 + b"</table:table-row>",
         "workbook.too-far"),
        ((ROWS % 999 + CELL % 999 + b"</table:table-row>") * 5, "workbook.too-far"),
        (ROWS % 1 + CELL % 5 + b"</table:table-row>" + ROWS % 1_048_000 + b"<table:table-cell/></table:table-row>",
         "workbook.not-a-form"),
        (b"<table:table-row " + b'x="' * 9, "workbook.damaged"),
    ],
)  # fmt: skip
def test_rows_that_are_repeated_too_often_are_refused(rows: bytes, told: str) -> None:
    assert codes(opendocument(b'<table:table table:name="a">' + rows + b"</table:table>")) == [told]


@pytest.mark.parametrize("tag", [b"<c ", b'<c t="', b"<row ", b"<c><f>"])
def test_very_many_tags_without_an_end_are_refused(tag: bytes) -> None:
    assert codes(with_rows(b'<row r="100000"/>' + tag * 100_000))


def test_very_many_comments_without_an_end_are_no_form() -> None:
    assert codes(opendocument(b"<office:annotation " * 100_000))


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_workbook_packed_in_another_way_is_refused(method: int) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as old, zipfile.ZipFile(stream, "w", method) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    assert codes(stream.getvalue()) == ["workbook.damaged"]


@pytest.mark.slow
def test_a_million_empty_formatted_rows_do_not_matter() -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d" s="1"/></row>' % (n, n) for n in range(100, 1_000_100))
    assert read(with_rows(rows), "f.xlsx").content == COMPLETE


def test_entities_that_grow_are_not_expanded() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol"}">' for n in range(10))
    texts = part("xl/sharedStrings.xml").decode()
    bomb = texts.replace("<sst", f"<!DOCTYPE sst [{entities}]><sst", 1).replace("已抽查", "&e9;", 1)
    assert bomb != texts
    told = said(read(repacked({"xl/sharedStrings.xml": bomb.encode()}), "f.xlsx"))
    assert all(len(sentence) < 1000 for sentence in told)


def test_however_a_workbook_is_cut_off_it_is_refused_in_one_sentence() -> None:
    for length in range(60, len(WHOLE) - 1, 997):
        assert len(codes(WHOLE[:length])) == 1


def test_however_a_workbook_is_damaged_there_is_content_or_an_error() -> None:
    rng = random.Random(1)
    for _ in range(150):
        damaged = bytearray(WHOLE)
        for _ in range(rng.choice([1, 5, 50])):
            damaged[rng.randrange(4, len(damaged))] = rng.randrange(256)
        reading = read(bytes(damaged), "f.xlsx")
        assert (reading.content is None) == bool(reading.errors)


def test_however_the_parts_of_a_workbook_are_damaged_there_is_content_or_an_error() -> None:
    rng = random.Random(2)
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/") and "theme" not in name]
    for _ in range(150):
        name = rng.choice(names)
        damaged = bytearray(part(name))
        for _ in range(rng.choice([1, 5, 50])):
            at = rng.randrange(len(damaged))
            damaged[at : at + rng.choice([0, 1, 3])] = rng.choice([b"<", b">", b'"', b"&", b"9", b"Z", b"\xff", b" r="])
        reading = read(repacked({name: bytes(damaged)}), "f.xlsx")
        assert (reading.content is None) == bool(reading.errors)


def test_a_workbook_whose_sheet_is_no_xml_is_damaged() -> None:
    assert codes(repacked({SHEET: b"<worksheet><sheetData><row><c t='zz'><v>1</v></c>"})) == ["workbook.damaged"]


@pytest.mark.parametrize("damage", [b"", b"\xff" * 100])
def test_a_part_with_another_checksum_is_damaged(damage: bytes) -> None:
    at = WHOLE.index(SHEET.encode()) + len(SHEET)
    data = WHOLE[:at] + (damage or bytes([WHOLE[at] ^ 1])) + WHOLE[at + max(1, len(damage)) :]
    assert codes(data)


def test_a_locked_part_is_told_to_be_locked() -> None:
    data = bytearray(WHOLE)
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    assert codes(bytes(data)) == ["workbook.locked"]


def test_a_word_file_with_a_workbook_in_it_is_a_word_file() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", "x")
        archive.writestr("word/document.xml", "x")
        archive.writestr("word/embeddings/book.xlsx", WHOLE)
    assert codes(stream.getvalue()) == ["file.word"]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_an_archive_with_a_form_in_it_is_no_excel_file(method: int) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        archive.writestr("张三.xlsx", WHOLE)
    assert codes(stream.getvalue()) == ["file.office"]


def test_every_mistake_of_a_workbook_is_an_error_of_its_own_kind() -> None:
    kinds = [workbook.DAMAGED, workbook.TOO_LARGE, workbook.TOO_FAR, xlsx_form.NOT_OURS, xlsx_form.NO_SHEET]
    assert len(errors(kind() for kind in kinds)) == len(kinds)

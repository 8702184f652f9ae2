"""A part is what it is used as, and is read wherever it is and whatever it is said to be."""

import pytest

from tests.support.judging import found, only, refused
from tests.support.templates import WORD, replaced, rewritten, with_part, with_relation, word_file

_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEADER = f"{_WORD_TYPE}.header+xml"
_LOADS = f'<w:hdr xmlns:w="{WORD}"><w:p><w:fldSimple w:instr="LINK a"/></w:p></w:hdr>'.encode()


@pytest.mark.parametrize("name", ["word/header9.xml", "customXml/header9.xml", "docProps/header9.bin"])
def test_a_header_is_read_wherever_it_is(name: str) -> None:
    problem = only(with_part(word_file("One"), name, _LOADS, _HEADER, "header"))
    assert (problem.code, problem.where.cell) == ("template.field-code", "header, paragraph 1")


def test_the_text_itself_is_read_wherever_it_is() -> None:
    data = word_file("One", '<w:fldSimple w:instr="LINK a"/>')
    assert only(with_relation(data, "customXml", "/word/document.xml", mode="Internal")).code == "template.field-code"


@pytest.mark.parametrize("said", ["application/x-font-ttf", f"{_WORD_TYPE}.printerSettings", "application/xml"])
def test_what_is_no_header_by_its_relation_is_read_whatever_it_is_said_to_be(said: str) -> None:
    assert only(with_part(word_file("One"), "word/a", _LOADS, said, "quiteNew")).code == "template.field-code"


@pytest.mark.parametrize(
    "said", [f"{_HEADER}; charset=utf-8", f"{_WORD_TYPE}.printerSettings", "application/x-font-ttf", "application/xml"]
)
def test_a_header_that_is_said_to_be_something_else_is_refused(said: str) -> None:
    assert str(only(with_part(word_file("One"), "word/header9.xml", _LOADS, said, "header"))) == (
        "the file is not put together as a Word document is: word/header9.xml is not what it is used as, or there are"
        " two of it Open it in Word or WPS and save it again as “Word document (*.docx)”."
    )


@pytest.mark.parametrize("part", ["settings", "styles", "numbering"])
def test_a_part_that_every_document_has_must_be_one_of_its_kind(part: str) -> None:
    data = replaced(word_file("One"), "[Content_Types].xml", f"{_WORD_TYPE}.{part}+xml", "application/xml")
    assert {problem.code for problem in refused(data)} == {"template.structure"}


def test_a_part_with_the_content_of_another_kind_is_refused() -> None:
    body = f'<w:body xmlns:w="{WORD}"/>'.encode()
    assert only(with_part(word_file("One"), "word/header9.xml", body, _HEADER, "header")).code == "template.structure"


def test_a_document_without_a_body_is_refused() -> None:
    data = rewritten(word_file(), {"word/document.xml": f'<w:document xmlns:w="{WORD}"/>'.encode()})
    assert "word/document.xml is not what it is used as" in only(data).message


@pytest.mark.parametrize("mode", ["Internal", "External"])
def test_a_document_has_its_settings_once_and_in_the_file(mode: str) -> None:
    data = with_relation(word_file("One"), "settings", "/word/settings.xml", mode=mode)
    assert "word/settings.xml is not what it is used as, or there are two of it" in only(data).message


def test_data_of_other_programs_may_be_anything() -> None:
    item = b'<a href="http://203.0.113.1/"><fldChar/></a>'
    assert found(with_part(word_file("One"), "customXml/item9.xml", item, "application/xml", "customXml")) == []

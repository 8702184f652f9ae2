"""A file that is no Word document, or a huge one, is told as what it is."""

import pytest

from tests.support.folders import zipped
from tests.support.judging import only
from tests.support.templates import replaced, rewritten, word_file

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def test_a_template_that_is_huge_when_unpacked_is_not_unpacked() -> None:
    problem = only(rewritten(word_file(), {"word/media/a.png": bytes(60_000_000)}))
    assert problem.code == "template.large"
    assert "61 MB" in problem.message
    assert only(rewritten(word_file(), {f"a{n}": b"" for n in range(1200)})).code == "template.large"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), "locked with a password"),
        (OLE + "WordDocument".encode("utf-16-le"), "a document of an old Word or of WPS (*.doc, *.wps)"),
        (OLE, "a document of an old Word or of WPS"),
        (b"{\\rtf1 x}", "a rich text (*.rtf)"),
        (b"%PDF-1.7", "a PDF"),
        (zipped({"xl/workbook.xml": "", "[Content_Types].xml": ""}), "not a Word document"),
        (zipped({"a.txt": "x"}), "an Office file or an archive"),
        (b"%TSD-Header-###%" + bytes(100), "a file that company software has encrypted"),
    ],
)
def test_a_file_of_another_kind_is_told_as_what_it_is(data: bytes, said: str) -> None:
    assert said in only(data).message


@pytest.mark.parametrize(
    ("main", "said"),
    [
        ("application/vnd.ms-word.document.macroEnabled.main+xml", "a Word document with macros (*.docm)"),
        ("application/vnd.ms-word.template.macroEnabledTemplate.main+xml", "a Word template with macros (*.dotm)"),
        (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
            "a Word template (*.dotx)",
        ),
    ],
)
def test_a_file_of_another_kind_that_was_only_renamed_is_told(main: str, said: str) -> None:
    own = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    problem = only(replaced(word_file("x"), "[Content_Types].xml", own, main))
    assert said in problem.message
    assert "save it as “Word document (*.docx)”" in problem.hint

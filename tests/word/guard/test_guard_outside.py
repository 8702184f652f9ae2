"""A template that loads anything from outside is refused, with the place."""

from io import BytesIO

import docx
import pytest

from tests.support.judging import found, made, only
from tests.support.templates import RELATIONS, with_part, with_relation, with_setting, word_file


@pytest.mark.parametrize(
    ("kind", "target", "said"),
    [
        ("image", "http://203.0.113.1/a.png", "a picture would be loaded"),
        ("image", "file:///C:/secret.png", "C:/secret.png"),
        ("image", "pictures/a.png", "a picture would be loaded"),
        ("oleObject", r"\\203.0.113.1\share\a.xlsx", "a linked object would be loaded"),
        ("subDocument", "chapter2.docx", "a subdocument would be loaded"),
        ("aFChunk", "http://203.0.113.1/a.html", "a document would be loaded"),
        ("video", "https://203.0.113.1/a.mp4", "a video would be loaded"),
        ("frame", "https://203.0.113.1/", "a web page would be loaded"),
        ("quiteNew", "https://203.0.113.1/", "something would be loaded"),
        ("hyperlink", "file:///C:/Windows/notepad.exe", "a link leads to something other"),
        ("hyperlink", r"\\203.0.113.1\share", "a link leads to something other"),
        ("hyperlink", "javascript:alert(1)", "a link leads to something other"),
        ("hyperlink", "ms-word:ofe|u|https://203.0.113.1/a.dotm", "a link leads to something other"),
        ("hyperlink", "other.docx", "a link leads to something other"),
    ],
)
@pytest.mark.parametrize("source", ["word/document.xml", "word/settings.xml"])
def test_whatever_is_loaded_from_outside_is_refused(kind: str, target: str, said: str, source: str) -> None:
    problem = only(with_relation(word_file("{{ title }}"), kind, target, source=source))
    assert said in problem.message
    assert source in str(problem)


def test_the_place_of_what_is_loaded_is_that_of_its_paragraph() -> None:
    link = f'<w:hyperlink xmlns:r="{RELATIONS}" r:id="rId99"><w:r><w:t>our files</w:t></w:r></w:hyperlink>'
    problem = only(with_relation(word_file("One", link), "hyperlink", "file:///S:/files"))
    assert str(problem).startswith("paragraph 2 “our files”: a link leads to something other than a web page")


@pytest.mark.parametrize(
    "target", ["https://www.example.org/a?b=c", "http://例子.cn", "mailto:a@example.org", "#_Toc1"]
)
def test_links_to_pages_and_mail_addresses_are_nothing_that_is_loaded(target: str) -> None:
    data = with_relation(word_file("{{ title }}"), "hyperlink", target)
    assert found(data) == []
    assert docx.Document(BytesIO(made(data))).paragraphs[0].text == "A title"


def test_an_attached_template_is_refused_with_the_way_to_detach_it() -> None:
    data = with_relation(word_file(), "attachedTemplate", "http://203.0.113.1/a.dotm", source="word/settings.xml")
    problem = only(data)
    assert problem.code == "template.attached"
    assert "http://203.0.113.1/a.dotm" in problem.message


def test_the_main_document_of_a_mail_merge_is_refused() -> None:
    merge = '<w:mailMerge><w:query w:val="SELECT * FROM a"/><w:connectString w:val="Provider=x"/></w:mailMerge>'
    assert only(with_setting(word_file(), merge)).code == "template.mail-merge"


@pytest.mark.parametrize(
    "xml",
    [
        '<w:r><w:pict><v:shape style="width:9pt;height:9pt"><v:imagedata src="http://203.0.113.1/a"/></v:shape></w:pict></w:r>',
        '<w:r><w:pict><v:rect><v:fill type="tile" src="\\\\203.0.113.1\\a"/></v:rect></w:pict></w:r>',
        '<w:r><w:pict><v:shape o:href="http://203.0.113.1/a"/></w:pict></w:r>',
        '<w:r><w:drawing><wp15:webVideoPr embeddedHtml="&lt;iframe src=&quot;x&quot;&gt;"/></w:drawing></w:r>',
    ],
)
def test_what_old_drawings_load_without_a_relation_is_refused(xml: str) -> None:
    problem = only(word_file("One", xml))
    assert problem.code == "template.outside"
    assert problem.where.cell == "paragraph 2"


@pytest.mark.parametrize("relation", ["image", "http://schemas.microsoft.com/office/2006/relationships/image"])
def test_a_drawing_in_svg_loads_nothing_from_outside(relation: str) -> None:
    spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    svg = f'<svg {spaces}><image xlink:href="{{}}"/></svg>'
    inside, outside = (svg.format(href).encode() for href in ("#a", "http://203.0.113.1/a.png"))
    assert found(with_part(word_file(), "word/media/a.svg", inside, "image/svg+xml", relation)) == []
    problem = only(with_part(word_file(), "word/media/a.svg", outside, "image/svg+xml", relation))
    assert (problem.code, problem.args["target"]) == ("template.outside", "http://203.0.113.1/a.png")


def test_a_harmless_link_is_not_used_to_load_a_picture() -> None:
    drawing = "http://schemas.openxmlformats.org/drawingml/2006/main"
    blip = f'<a:blip xmlns:a="{drawing}" xmlns:r="{RELATIONS}" r:link="rId99"/>'
    problem = only(
        with_relation(word_file("One", f"<w:r><w:drawing>{blip}</w:drawing></w:r>"), "hyperlink", "http://a.b/c")
    )
    assert str(problem) == (
        "paragraph 2: something would be loaded from outside the template: http://a.b/c "
        "Delete it, or put it into the document itself."
    )


def test_what_a_header_loads_is_told_with_its_name() -> None:
    document = docx.Document(BytesIO(word_file("{{ title }}")))
    document.sections[0].header.paragraphs[0].text = "Head"
    stream = BytesIO()
    document.save(stream)
    problem = only(with_relation(stream.getvalue(), "image", "http://203.0.113.1/a.png", source="word/header1.xml"))
    assert problem.where.cell == "word/header1.xml"


def test_another_picture_of_a_drawing_is_not_loaded_either() -> None:
    fill = '<v:fill o:althref="http://203.0.113.1/a.png" type="frame"/>'
    problem = only(word_file("One", f"<w:r><w:pict><v:rect>{fill}</v:rect></w:pict></w:r>"))
    assert str(problem).startswith(
        "paragraph 2: something would be loaded from outside the template: http://203.0.113.1"
    )

"""Scans as page images: upright, grey, of a sensible size, and whatever is wrong with a file is told."""

import io
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image, ImageDraw
from pillow_heif import register_heif_opener

from selfaudit.base.problems import Problem, Where
from selfaudit.scans.pages import (
    MOST_PAGES,
    WORKING_PIXELS,
    extract,
    is_blank,
    is_plain,
    no_scan,
    page_count,
    page_image,
    scan_suffix,
)

HERE = Where("scan")


def marked(size: tuple[int, int] = (200, 300), mode: str = "L") -> Image.Image:
    """A white page with a black corner, upper left."""
    image = Image.new("L", size, 255)
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 4, size[1] // 4), fill=0)
    return image.convert(mode)


def saved(folder: Path, name: str, image: Image.Image, **how: Any) -> Path:
    register_heif_opener(thumbnails=False)
    path = folder / name
    image.save(path, **how)
    return path


def page(path: Path, number: int = 1) -> Image.Image:
    image = page_image(path, number, HERE)
    assert not isinstance(image, Problem), image
    return image


def corner(image: Image.Image) -> tuple[bool, ...]:
    """Where the page is dark: upper left, upper right, lower right, lower left."""
    w, h = image.size
    spots = ((w // 8, h // 8), (w - w // 8, h // 8), (w - w // 8, h - h // 8), (w // 8, h - h // 8))
    return tuple(image.getpixel(spot) < 128 for spot in spots)  # type: ignore[operator]


UPRIGHT = (True, False, False, False)


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.tif", "a.webp", "a.heic", "a.pdf"])
def test_every_format_of_scanners_and_phones_is_read(tmp_path: Path, name: str) -> None:
    path = saved(tmp_path, name, marked(mode="RGB"))
    assert scan_suffix(path.read_bytes()) == name[2:]
    assert page_count(path, HERE) == 1
    image = page(path)
    assert (image.mode, corner(image)) == ("L", UPRIGHT)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_kind_of_colour_becomes_grey(tmp_path: Path, mode: str) -> None:
    image = marked()
    made = (
        image.convert("I").point(lambda value: value * 257).convert("I;16") if mode == "I;16" else image.convert(mode)
    )
    assert corner(page(saved(tmp_path, "a.png", made))) == UPRIGHT


def test_what_is_transparent_is_white(tmp_path: Path) -> None:
    image = Image.new("RGBA", (80, 80), (0, 0, 0, 0))
    assert page(saved(tmp_path, "a.png", image)).getextrema() == (255, 255)


def test_a_photo_taken_sideways_is_turned_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    path = saved(tmp_path, "a.jpg", marked().rotate(90, expand=True), exif=exif)
    image = page(path)
    assert (image.size, corner(image)) == ((200, 300), UPRIGHT)


def test_a_fax_gets_square_pixels(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.tif", marked((204, 140), "1"), dpi=(204, 98))
    assert page(path).size == (204, round(140 * 204 / 98))


def test_pages_of_a_tiff_are_counted_and_taken_apart(tmp_path: Path) -> None:
    frames = [Image.new("L", (40, 40 + n), 255) for n in range(3)]
    path = saved(tmp_path, "a.tif", frames[0], save_all=True, append_images=frames[1:])
    assert page_count(path, HERE) == 3
    part = tmp_path / "b.tif"
    part.write_bytes(extract(path, (1, 3)))
    assert [page(part, n).height for n in (1, 2)] == [40, 42]


def test_pages_of_a_pdf_are_counted_and_taken_apart(tmp_path: Path) -> None:
    pages = [Image.new("L", (100, 100 + 20 * n), 255) for n in range(4)]
    path = saved(tmp_path, "a.pdf", pages[0], save_all=True, append_images=pages[1:], resolution=200)
    assert page_count(path, HERE) == 4
    part = tmp_path / "b.pdf"
    part.write_bytes(extract(path, (2, 3)))
    assert [page(part, n).height for n in (1, 2)] == [page(path, n).height for n in (2, 3)]


def test_a_huge_page_of_a_pdf_is_drawn_small(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    document = pypdfium2.PdfDocument.new()
    document.new_page(14_400, 14_400)
    document.save(path)
    document.close()
    image = page(path)
    assert image.width * image.height <= WORKING_PIXELS + 10_000


def test_a_large_photo_is_reduced(tmp_path: Path) -> None:
    image = page(saved(tmp_path, "a.png", Image.new("1", (6000, 5000), 1)))
    assert image.width * image.height <= WORKING_PIXELS


def test_an_image_of_far_too_many_pixels_is_not_opened(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.png", Image.new("1", (10_000, 10_000), 1))
    assert path.stat().st_size < 100_000
    found = page_count(path, HERE)
    assert isinstance(found, Problem)
    assert (found.code, found.args) == ("scan.too-many-pixels", {"width": 10_000, "height": 10_000})


def test_a_pdf_of_far_too_many_pages_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    document = pypdfium2.PdfDocument.new()
    for _ in range(10_000):
        document.new_page(10, 10)
    document.save(path)
    document.close()
    found = page_count(path, HERE)
    assert isinstance(found, Problem)
    assert (found.code, found.args) == ("scan.too-many-pages", {"pages": 10_000, "limit": MOST_PAGES})


def test_damaged_files_are_told(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    marked().save(buffer, "PDF")
    damaged = {
        "a.pdf": b"%PDF-1.7\nnothing follows",
        "b.png": b"\x89PNG\r\n\x1a\n" + b"\x00" * 50,
        "c.heic": b"\x00\x00\x00\x18ftypheic" + b"\x00" * 100,
        "d.tif": b"II*\x00\x08\x00\x00\x00",
    }
    for name, data in damaged.items():
        path = tmp_path / name
        path.write_bytes(data)
        assert scan_suffix(data) == name[2:]
        found = page_count(path, HERE)
        assert isinstance(found, Problem)
        assert found.code == "scan.damaged"


def test_a_photo_that_was_cut_off_is_a_damaged_page(tmp_path: Path) -> None:
    path = saved(tmp_path, "a.jpg", Image.effect_noise((800, 800), 90))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    found = page_image(path, 1, HERE)
    assert isinstance(found, Problem)
    assert (found.code, found.args) == ("scan.page-damaged", {"page": 1})


def test_a_file_of_another_program_is_called_what_it_is() -> None:
    told = no_scan(b"PK\x03\x04" + bytes(26) + b"OFD.xml", HERE)
    assert told.message == "this is an OFD document, neither a PDF nor an image that can be read"
    assert no_scan(b"selfaudit", HERE).code == "scan.kind"


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04", b"GIF89a" + b"\x00" * 20, "签字表".encode()])
def test_anything_else_is_no_scan(data: bytes) -> None:
    assert scan_suffix(data) == ""


def test_the_empty_back_of_a_sheet_is_blank_and_one_with_a_signature_is_not() -> None:
    paper = Image.linear_gradient("L").resize((1654, 2339)).point(lambda value: 215 + value // 8)
    ImageDraw.Draw(paper).rectangle((0, 0, 1654, 30), fill=0)  # the shadow of the scanner's lid
    assert is_blank(paper)
    assert not is_plain(paper)
    draw = ImageDraw.Draw(paper)
    draw.line((700, 1500, 760, 1440, 800, 1520, 900, 1430), fill=60, width=3)
    assert not is_blank(paper)


@pytest.mark.parametrize("shade", [0, 255])
def test_one_shade_all_over_is_plain_and_the_darkness_of_what_was_not_decoded_is_no_paper(shade: int) -> None:
    image = Image.new("L", (1654, 2339), shade)
    assert is_plain(image)
    assert is_blank(image) == (shade == 255)


def damaged(folder: Path, image: Image.Image, old: bytes, new: bytes) -> Path:
    """A PDF of an image in which some bytes have been changed."""
    path = saved(folder, "a.pdf", image)
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new))
    return path


def told(path: Path) -> str:
    found = page_image(path, 1, HERE)
    assert page_count(path, HERE) == 1
    assert isinstance(found, Problem)
    return found.code


def test_a_page_of_a_pdf_whose_picture_cannot_be_decoded_is_damaged_and_not_blank(tmp_path: Path) -> None:
    assert told(damaged(tmp_path, marked(), b"\xff\xd8\xff", b"\x00\x00\x00")) == "scan.page-damaged"
    assert told(damaged(tmp_path, marked(), b"/DCTDecode", b"/DCTDecodf")) == "scan.page-damaged"
    assert told(damaged(tmp_path, marked(mode="1"), b"/CCITTFaxDecode", b"/CCITTFaxDecodf")) == "scan.page-damaged"


def test_a_page_of_a_pdf_that_says_no_more_what_is_on_it_is_damaged(tmp_path: Path) -> None:
    noise = Image.effect_noise((300, 300), 90)
    assert told(damaged(tmp_path, noise, b"/image Do", b"/emagi Do")) == "scan.page-damaged"


def test_a_page_of_a_pdf_with_a_white_picture_or_without_anything_is_blank(tmp_path: Path) -> None:
    assert is_blank(page(saved(tmp_path, "a.pdf", Image.new("L", (800, 1100), 255))))
    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    document.save(tmp_path / "b.pdf")
    document.close()
    assert is_blank(page(tmp_path / "b.pdf"))


APPEARANCE = b"/Rect[100 100 200 200]/AP<</N 5 0 R>>"
FORM = b"/AcroForm<</Fields[4 0 R]/SigFlags 3>>"


def sealed(folder: Path, what: bytes, form: bytes = b"", page: bytes = b"") -> Path:
    """Return a PDF of two pages, with a stamp, signature or field on the first that is drawn as a black square."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % form,
        b"<</Type/Pages/Kids[3 0 R 6 0 R]/Count 2>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]/Annots[4 0 R]%s>>" % page,
        b"<</Type/Annot/P 3 0 R%s%s>>" % (what, APPEARANCE),
        b"<</Type/XObject/Subtype/Form/BBox[0 0 100 100]/Length 18>>stream\n0 0 100 100 re f  \nendstream",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]>>",
    ]
    data, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 7\n0000000000 65535 f \n%strailer\n<</Size 7/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    path = folder / "sealed.pdf"
    path.write_bytes(data + end % (table, len(data)))
    return path


def darkness(image: Image.Image) -> int:
    """Return how much of a page is black, in percent."""
    counts = image.histogram()
    return round(100 * sum(counts[:128]) / sum(counts))


@pytest.mark.parametrize(
    ("what", "form", "page_is"),
    [
        (b"/Subtype/Widget/FT/Sig/T(seal)/F 132", FORM, b""),
        (b"/Subtype/Widget/FT/Sig/T(seal)/F 132", FORM, b"/Rotate 90"),
        (b"/Subtype/Widget/FT/Sig/F 132", FORM, b""),
        (b"/Subtype/Widget/FT/Sig/T(seal)/F 132", b"", b""),
        (b"/Subtype/Stamp/F 4", b"", b""),
        (b"/Subtype/Stamp", b"/AcroForm<</Fields[]>>", b""),
        (b"/Subtype/Ink/F 4/InkList[[100 100 200 200]]", b"", b"/Rotate 270"),
        (b"/Subtype/FreeText/F 4/DA(/Helv 12 Tf)", b"", b""),
    ],
)
def test_a_seal_stamp_or_signature_is_on_the_picture_and_stays_on_the_page_that_is_filed(
    tmp_path: Path, what: bytes, form: bytes, page_is: bytes
) -> None:
    path = sealed(tmp_path, what, form, page_is)
    assert darkness(page(path)) == 8
    filed = tmp_path / "filed.pdf"
    filed.write_bytes(extract(path, (1,)))
    assert page_count(filed, HERE) == 1
    assert darkness(page(filed)) == 8


def test_what_a_pdf_hides_is_on_no_picture(tmp_path: Path) -> None:
    assert is_blank(page(sealed(tmp_path, b"/Subtype/Stamp/F 2"), 2))

"""Scans as grey page images, one page at a time: PDF and the image formats that scanners and phones write.

Everything read here came from outside; it is read in a process that may die of it.
"""

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Term, Where, error
from selfaudit.files.kinds import HEIC, JPEG, PDF, PNG, TIFF, WEBP, kind_of_scan
from selfaudit.model.kept import PAGE_DAMAGED

if TYPE_CHECKING:
    from PIL.Image import Image

NOT_A_SCAN = error(
    "scan.kind",
    N_("this is neither a PDF nor an image"),
    N_("Scan the signed sheet to PDF, or take a photo of it (JPEG, PNG, TIFF, WebP, HEIC)."),
)
OTHER_KIND = error(
    "scan.other-kind",
    N_("this is {what}, neither a PDF nor an image that can be read"),
    N_("Print it to PDF, or ask for it as a PDF or photo (JPEG, PNG, TIFF, WebP, HEIC)."),
)
LOCKED = error("scan.locked", N_("the PDF is locked with a password"), N_("Print it to a new PDF without a password."))
DAMAGED = error("scan.damaged", N_("the file is damaged"), N_("Ask for it to be sent again, or scan it again."))
TOO_MANY_PAGES = error(
    "scan.too-many-pages", N_("{pages} pages are too many (at most {limit})"), N_("Split it into several files.")
)
TOO_MANY_PIXELS = error(
    "scan.too-many-pixels", N_("{width} × {height} pixels are too many"), N_("Scan at 200 to 300 dpi.")
)

RESOLUTION = 200
"""Dots per inch at which a page of a PDF is looked at."""
MOST_PAGES = 1_000
MOST_PIXELS = 80_000_000
"""Pixels of the largest image that is opened; A4 at 600 dpi has 35 million."""
WORKING_PIXELS = 16_000_000
"""Pixels to which larger images are reduced; A4 at 300 dpi has nine million."""
_UNDRAWN = 4_096
"""Bytes from which a page without anything on it hides something; an empty one has a few hundred."""
PASSWORD_NEEDED = 4
"""PDFium's number for a document that wants a password."""
_MOST_FLAT = 4.5
"""How many times longer than wide the pixels of a real scan are at most."""
_DECODERS = {JPEG: "JPEG", PNG: "PNG", TIFF: "TIFF", WEBP: "WEBP", HEIC: "HEIF"}
"""What the image library calls the formats that are read."""
_DECODER_OF = {f".{kind.suffix}": decoder for kind, decoder in _DECODERS.items()}


def scan_suffix(data: bytes) -> str:
    """Return the ending that fits a scan, such as ``pdf``; empty for anything else."""
    kind = kind_of_scan(data)
    return kind.suffix if kind and (kind is PDF or kind in _DECODERS) else ""


def no_scan(data: bytes, where: Where) -> Problem:
    """Return what a file is that is no scan."""
    kind = kind_of_scan(data)
    return OTHER_KIND(where, what=Term(kind.family)) if kind else NOT_A_SCAN(where)


def page_count(path: Path, where: Where) -> int | Problem:
    """Return how many pages a scan has, or why it cannot be read at all."""
    pages = _pdf_pages(path, where) if path.suffix == ".pdf" else _image_pages(path, where)
    if isinstance(pages, int) and pages > MOST_PAGES:
        return TOO_MANY_PAGES(where, pages=pages, limit=MOST_PAGES)
    return pages


def page_image(path: Path, number: int, where: Where) -> "Image | Problem":
    """Return a page, counted from 1, upright and in shades of grey."""
    try:
        return _pdf_image(path, number) if path.suffix == ".pdf" else _image(path, number)
    except Exception:  # noqa: BLE001 - decoders raise whatever they like when a file is damaged
        return PAGE_DAMAGED(where, page=number)


def _pdf_pages(path: Path, where: Where) -> int | Problem:
    import pypdfium2  # noqa: PLC0415 - only the reading process needs it

    try:
        with pypdfium2.PdfDocument(path) as document:
            return len(document) or DAMAGED(where)
    except pypdfium2.PdfiumError as exc:
        return LOCKED(where) if exc.err_code == PASSWORD_NEEDED else DAMAGED(where)


def _pdf_image(path: Path, number: int) -> "Image":
    import pypdfium2  # noqa: PLC0415 - as above

    with pypdfium2.PdfDocument(path) as document:
        page = _flat(document, number)
        width, height = page.get_size()
        scale = min(RESOLUTION / 72, (WORKING_PIXELS / (width * height)) ** 0.5)
        image: Image = page.render(scale=scale, grayscale=True).to_pil().convert("L")
        if is_blank(image) and not _is_empty(path, number, page):
            raise ValueError(number)
        return image


def _flat(document: Any, number: int) -> Any:
    """Return a page on which stamps, seals, signatures and fields are part of the page, as viewers show them.

    Otherwise fields would stay behind where a page is taken out, and those without a name or form would not be drawn.
    """
    from pypdfium2.raw import FLAT_NORMALDISPLAY, FPDFPage_Flatten  # noqa: PLC0415 - as above

    document.init_forms()
    FPDFPage_Flatten(document[number - 1], FLAT_NORMALDISPLAY)
    return document[number - 1]


def _is_empty(path: Path, number: int, page: Any) -> bool:
    """Return whether a page that looks empty is: nothing on it failed to be drawn; that may raise as well."""
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE  # noqa: PLC0415 - as above

    pictures = list(page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE]))
    for picture in pictures:
        # what cannot be decoded is drawn as nothing, but raises here
        picture.get_bitmap()
    return bool(pictures) or (
        not page.get_textpage().get_text_range().strip() and len(extract(path, (number,))) < _UNDRAWN
    )


def _image_pages(path: Path, where: Where) -> int | Problem:
    try:
        with _opened(path) as image:
            width, height = image.size
            # phones hide second pictures in their files; only a TIFF has pages
            pages = getattr(image, "n_frames", 1) if path.suffix == ".tif" else 1
    except Exception:  # noqa: BLE001 - as in page_image
        return DAMAGED(where)
    return TOO_MANY_PIXELS(where, width=width, height=height) if width * height > MOST_PIXELS else pages


def _image(path: Path, number: int) -> "Image":
    from PIL import ImageOps  # noqa: PLC0415 - as above

    with _opened(path) as image:
        if path.suffix == ".tif":
            image.seek(number - 1)
        width, height = image.size
        if width * height > MOST_PIXELS:
            raise ValueError(image.size)
        across, down = map(float, image.info.get("dpi", (1, 1)))
        grey = _reduced(_grey(image))
        return ImageOps.exif_transpose(_square(grey, across, down))


def _opened(path: Path) -> "Image":
    from PIL import Image  # noqa: PLC0415 - as above

    # the size is checked against our own limit
    Image.MAX_IMAGE_PIXELS = None
    if path.suffix == ".heic":
        from pillow_heif import register_heif_opener  # noqa: PLC0415 - as above

        register_heif_opener(thumbnails=False)
    return Image.open(path, formats=[_DECODER_OF[path.suffix]])


def _grey(image: "Image") -> "Image":
    """Return an image of any kind in shades of grey, its transparent parts white."""
    from PIL import Image  # noqa: PLC0415 - as above

    if image.mode.startswith("I;16"):
        return image.point(lambda value: value * (1 / 256)).convert("L")
    if "A" in image.mode or "transparency" in image.info:
        image = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("L")
    return image.convert("L")


def _square(image: "Image", across: float, down: float) -> "Image":
    """Return an image with square pixels; a fax has half as many lines as it should."""
    believable = across > 0 and down > 0 and 1 / _MOST_FLAT < across / down < _MOST_FLAT
    if not believable or 0.9 < across / down < 1.1:  # noqa: PLR2004 - as good as square
        return image
    finer = max(across, down)
    return image.resize((round(image.width * finer / across), round(image.height * finer / down)))


def _reduced(image: "Image") -> "Image":
    pixels = image.width * image.height
    if pixels <= WORKING_PIXELS:
        return image
    share = (WORKING_PIXELS / pixels) ** 0.5
    return image.resize((max(1, int(image.width * share)), max(1, int(image.height * share))))


def is_blank(image: "Image") -> bool:
    """Detect the empty back of a sheet: hardly a spot on it is darker than the light paper, the edges not counted."""
    counts = _inside(image).histogram()
    half, below = sum(counts) / 2, 0
    paper = 0
    while below + counts[paper] < half:
        below += counts[paper]
        paper += 1
    return paper >= _LIGHT and sum(counts[: max(0, paper - _CONTRAST)]) < _SPOTS


def is_plain(image: "Image") -> bool:
    """Recognise a page that is one shade all over, as no sheet of paper is: cleaned by the scanner, or damaged."""
    shades = [shade for shade, count in enumerate(_inside(image).histogram()) if count]
    return shades[-1] - shades[0] <= _SAME


def _inside(image: "Image") -> "Image":
    """Return a page without its edges, eight by eight pixels averaged."""
    width, height = image.size
    return image.crop((width // 25, height // 25, width - width // 25, height - height // 25)).reduce(8)


_LIGHT = 128
"""The darkest shade of paper; what is darker was not lit, or not decoded."""
_SAME = 4
"""Shades that compression adds to a page of one shade."""
_CONTRAST = 24
"""Shades by which ink is darker than paper, averaged over eight by eight pixels."""
_SPOTS = 8
"""Spots that are dust."""


def file_pages(path: Path) -> int:
    """Return how many pages a PDF or picture has, 0 if it is neither or cannot be read."""
    if f".{scan_suffix(path.read_bytes())}" != path.suffix:
        return 0
    pages = page_count(path, Where(path.name))
    return pages if isinstance(pages, int) else 0


def as_pdf(path: Path) -> bytes:
    """Return a PDF as it is, and a picture as a PDF with its pages, upright and as wide as A4."""
    if path.suffix == ".pdf":
        return path.read_bytes()
    from PIL import ImageOps  # noqa: PLC0415 - as above

    buffer, count = io.BytesIO(), file_pages(path)
    with _opened(path) as image:
        frames = []
        for number in range(count):
            if count > 1:
                image.seek(number)
            frames.append(ImageOps.exif_transpose(image.convert("RGB")))
    frames[0].save(buffer, "PDF", save_all=True, append_images=frames[1:], resolution=frames[0].width / _A4_INCHES)
    return buffer.getvalue()


_A4_INCHES = 8.27
"""How wide a sheet is."""


def extract(path: Path, numbers: tuple[int, ...]) -> bytes:
    """Return some pages of a scan as a file of the same kind."""
    buffer = io.BytesIO()
    if path.suffix == ".pdf":
        import pypdfium2  # noqa: PLC0415 - as above

        with pypdfium2.PdfDocument(path) as document, pypdfium2.PdfDocument.new() as part:
            for number in numbers:
                _flat(document, number)
            part.import_pages(document, [number - 1 for number in numbers])
            part.save(buffer)
    else:
        with _opened(path) as image:
            frames = []
            for number in numbers:
                image.seek(number - 1)
                frames.append(image.copy())
            frames[0].save(buffer, "TIFF", save_all=True, append_images=frames[1:], compression="tiff_lzw")
    return buffer.getvalue()

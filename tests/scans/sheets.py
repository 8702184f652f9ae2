"""Signature sheets, and what scanners, phones and fax machines do to them."""

import io
import json
import random
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pypdfium2
import segno
from PIL import Image, ImageChops, ImageDraw, ImageFilter
from pillow_heif import register_heif_opener

from selfaudit.base.canonical import ALPHABET
from selfaudit.model.passport import Passport
from selfaudit.model.progress.paper import PaperCode, content_code
from tests.support.campaign import Campaign
from tests.support.program import Ran

A4 = (210, 297)
"""Millimetres of the drawn sheet."""
CODE_SIZE = 32
WHITE = 255

Spoil = Callable[[Image.Image, random.Random], Image.Image]


def _turned(degrees: float) -> Spoil:
    return lambda image, _: image.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=WHITE)


def _noise(image: Image.Image, rng: random.Random) -> Image.Image:
    return Image.blend(image, _random_greys(image.size, rng), 0.35)


def _random_greys(size: tuple[int, int], rng: random.Random) -> Image.Image:
    return Image.frombytes("L", size, rng.randbytes(size[0] * size[1]))


def _blurred(image: Image.Image, _rng: random.Random) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(image.width / 700))


def _uneven(image: Image.Image, _rng: random.Random) -> Image.Image:
    """A lamp on one side: the other is nearly dark."""
    light = Image.linear_gradient("L").rotate(60, Image.Resampling.BICUBIC).crop((45, 45, 211, 211))
    return ImageChops.multiply(image, light.resize(image.size).point(lambda value: 50 + value * 0.8))


def _jpeg(image: Image.Image, _rng: random.Random) -> Image.Image:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=40)
    return Image.open(buffer).convert("L")


def _fax(image: Image.Image, rng: random.Random) -> Image.Image:
    """Black and white with half as many lines as columns, and speckles."""
    wide, high = round(image.width * 1728 / image.width), round(image.height * 1728 / image.width / 2)
    small = image.resize((wide, high))
    return Image.blend(small, _random_greys(small.size, rng), 0.15).point(lambda value: WHITE if value > 128 else 0)


def _askew(image: Image.Image, rng: random.Random) -> Image.Image:
    """A photo taken from the side: the page is a trapezium on a grey table."""
    wide, high = image.size
    table = Image.new("L", (wide + wide // 5, high + high // 5), 150)
    table.paste(image, (wide // 10, high // 10))
    near, far = rng.uniform(0.02, 0.06), rng.uniform(0.10, 0.16)
    across, down = table.width, table.height
    corners = (
        -near * across, -far * down, far * across, down * (1 + near), across * (1 - near), down, across * (1 + far), 0,
    )  # fmt: skip
    return table.transform(table.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=150)


def _struck(image: Image.Image, rng: random.Random) -> Image.Image:
    """Somebody's pen went over the code."""
    spoilt = image.copy()
    draw = ImageDraw.Draw(spoilt)
    for _ in range(3):
        ends = [(rng.uniform(0.7, 0.95) * image.width, rng.uniform(0.03, 0.22) * image.width) for _ in range(2)]
        draw.line(ends, fill=60, width=max(1, image.width // 500))
    return spoilt


def _poor_photo(image: Image.Image, rng: random.Random) -> Image.Image:
    """From the side, in poor light, out of focus, compressed by the messenger."""
    photo = _uneven(_askew(image, rng), rng)
    return _jpeg(photo.filter(ImageFilter.GaussianBlur(photo.width / 550)), rng)


def _half(image: Image.Image, _rng: random.Random) -> Image.Image:
    return image.resize((image.width // 2, image.height // 2))


def _cropped(image: Image.Image, _rng: random.Random) -> Image.Image:
    """The scanner's glass was too small: a strip of one centimetre is lost on every side."""
    strip = image.width // 21
    return image.crop((strip, strip, image.width - strip, image.height - strip))


SPOILS: Mapping[str, Spoil] = {
    "plain scan": lambda image, _: image,
    "rotated 90°": _turned(90),
    "rotated 180°": _turned(180),
    "rotated 3°": _turned(3),
    "rotated −7°": _turned(-7),
    "noise": _noise,
    "blurred": _blurred,
    "uneven light": _uneven,
    "JPEG, quality 40": _jpeg,
    "fax, 204 × 98 dpi": _fax,
    "photo from the side": _askew,
    "half the resolution": _half,
    "margins cropped": _cropped,
    "pen strokes over the code": _struck,
    "photo, everything wrong": _poor_photo,
}
"""What happens to a sheet on its way back."""


def random_code(rng: random.Random) -> PaperCode:
    """Return the code of a sheet that nobody has printed."""
    respondent, revision, content = ("".join(rng.choices(ALPHABET, k=size)) for size in (8, 4, 8))
    return PaperCode(str(Passport("FC23", respondent, revision)), content)


def drawn_sheet(code: PaperCode | str, resolution: int) -> Image.Image:
    """Return a page of text with a code in its corner, as it would be printed and scanned."""
    dots = resolution / 25.4
    page = Image.new("L", (round(A4[0] * dots), round(A4[1] * dots)), WHITE)
    draw = ImageDraw.Draw(page)
    qr = segno.make(str(code), error="m", micro=False, boost_error=False)
    buffer = io.BytesIO()
    qr.save(buffer, kind="png", scale=10, border=4)
    side = round(CODE_SIZE * dots)
    page.paste(Image.open(buffer).convert("L").resize((side, side)), (page.width - side - round(20 * dots), side // 3))
    for line in range(30):
        draw.text((20 * dots, (50 + 8 * line) * dots), f"{line} " + str(code) * 2, fill=0, font_size=3.5 * dots)
    return page


def code_of(campaign: Campaign, name: str) -> PaperCode:
    """Return the code that would be printed now on the sheet of a respondent."""
    shown = campaign.rows(
        "SELECT r.data, p.passport, s.digest FROM respondents r JOIN shown s ON s.respondent = r.key"
        " LEFT JOIN carried c ON c.respondent = r.key AND c.digest = s.digest"
        " JOIN responses p ON p.respondent = r.key AND p.digest = coalesce(c.response, s.digest)"
    )
    ((passport, digest),) = [(passport, digest) for data, passport, digest in shown if json.loads(data)["name"] == name]
    return PaperCode(passport, content_code(digest))


def signed(campaign: Campaign, name: str) -> Image.Image:
    """Return the sheet of a respondent as it comes from the scanner."""
    return drawn_sheet(code_of(campaign, name), 100)


def torn(campaign: Campaign, name: str, resolution: int = 50) -> Image.Image:
    """Return the sheet of a respondent with the corner of the code torn off.

    It is small, because a page is looked at in every way before nothing is found on it.
    """
    page = drawn_sheet(code_of(campaign, name), resolution)
    ImageDraw.Draw(page).rectangle((page.width // 2, 0, page.width, page.height // 6), fill=WHITE)
    return page


def scanned(path: Path, *pages: Image.Image, **how: Any) -> Path:
    """Write pages as a PDF, a TIFF or, one page, as any other image; the ending tells which."""
    register_heif_opener(thumbnails=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    if len(pages) > 1:
        how |= {"save_all": True, "append_images": pages[1:]}
    if path.suffix == ".pdf":
        how["resolution"] = 100
    pages[0].save(path, **how)
    return path


def pages_of(path: Path) -> list[Image.Image]:
    """Return the pages of a PDF as they come from the scanner."""
    with pypdfium2.PdfDocument(path) as document:
        return [page.render(scale=100 / 72, grayscale=True).to_pil() for page in document]


def results(ran: Ran) -> list[tuple[str, list[int], str]]:
    """Return what ``paper match`` says became of which pages, and whose they are."""
    return [(entry["outcome"], entry["pages"], entry["respondent"]) for entry in ran.data["results"]]


def paper_states(campaign: Campaign) -> dict[str, str]:
    """Return where the paper of everybody stands who has any."""
    rows = campaign.rows("SELECT DISTINCT r.data FROM papers p JOIN respondents r ON r.key = p.respondent")
    names = [json.loads(data)["name"] for (data,) in rows]
    return {name: campaign.run("status", "--of", name, "--json").data["paper"] for name in names}

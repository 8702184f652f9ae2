"""Finds the code of a signature sheet on a page image."""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from PIL.Image import Image

Code = TypeVar("Code", bound=Hashable)

LARGEST = 32_000_000
"""Pixels of the largest image that is looked at; enlarging stops here."""


@dataclass(frozen=True, slots=True)
class Found(Generic[Code]):
    """The different codes of a page, and whether another QR code is on it."""

    codes: tuple[Code, ...] = ()
    foreign: bool = False


def find_codes(image: "Image", parse: Callable[[str], Code | None], *, quick: bool = False) -> Found[Code]:
    """Return the codes on a page that ``parse`` knows; a ``quick`` look takes the page only as it is.

    The first way of looking that shows one, and shows nothing it cannot read, decides.
    A code is never guessed: its error correction, and the check digits that ``parse`` looks at, must all agree.
    """
    import zxingcpp  # noqa: PLC0415 - only the reading process needs it

    only = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    codes: dict[Code, None] = {}
    foreign = False
    for variant in (image,) if quick else _variants(image):
        doubtful = False
        for symbol in zxingcpp.read_barcodes(variant, formats=only, return_errors=True):
            code = parse(symbol.text) if symbol.valid else None
            if code:
                codes[code] = None
            foreign |= symbol.valid and code is None
            doubtful |= not symbol.valid
        if codes and not doubtful:
            break
    return Found(tuple(codes), foreign)


def _variants(image: "Image") -> Iterator["Image"]:
    """Yield the page as it is, and in every way in which a poor one can be read after all."""
    from PIL import ImageFilter  # noqa: PLC0415 - as above

    yield image
    if image.width * image.height * 4 <= LARGEST:
        # out of focus
        yield _scaled(image.filter(ImageFilter.UnsharpMask(3, 250, 0)), 2, 2)
    for factor in (2.0, 1.5, 0.5):
        if image.width * image.height * factor**2 <= LARGEST:
            yield _scaled(image, factor, factor)
    yield _black_and_white(image)
    yield image.filter(ImageFilter.GaussianBlur(1.5))
    if image.width * image.height * 2 <= LARGEST:
        # a fax that does not say that it has half as many lines as it should
        yield _scaled(image, 1, 2)


def _scaled(image: "Image", across: float, down: float) -> "Image":
    return image.resize((max(1, round(image.width * across)), max(1, round(image.height * down))))


def _black_and_white(image: "Image") -> "Image":
    """Return what is darker than its surroundings black and the rest white, so that shadows do not matter."""
    from PIL import ImageChops, ImageFilter  # noqa: PLC0415 - as above

    around = image.filter(ImageFilter.BoxBlur(25))
    return ImageChops.subtract(image, around, offset=128).point(lambda value: 255 if value > 118 else 0)  # noqa: PLR2004 - ten shades below the mean

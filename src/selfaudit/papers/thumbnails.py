"""One self-contained page with a picture of every scanned page that is filed under nobody yet."""

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from selfaudit.base.i18n import _, console_language
from selfaudit.base.problems import Problem

if TYPE_CHECKING:
    from PIL.Image import Image

SIZE = (700, 990)
QUALITY = 55


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A page to look at: the file in which it came, its number, why it is open, what to type, and its picture."""

    file: str
    number: int
    reason: Problem
    command: str
    picture: bytes

    @property
    def address(self) -> str:
        """The picture as an address that needs no other file."""
        return f"data:image/jpeg;base64,{base64.b64encode(self.picture).decode()}"


def thumbnail(image: "Image") -> bytes:
    """Return a small picture of a page, large enough to read the name on it."""
    small = image.copy()
    small.thumbnail(SIZE)
    buffer = io.BytesIO()
    small.save(buffer, "JPEG", quality=QUALITY)
    return buffer.getvalue()


def open_pages_page(title: str, pages: Sequence[OpenPage]) -> str:
    """Return the page, in the language of the console."""
    from jinja2 import StrictUndefined  # noqa: PLC0415 - rarely needed
    from jinja2.sandbox import SandboxedEnvironment  # noqa: PLC0415 - rarely needed

    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    source = files("selfaudit.papers").joinpath("unreadable.html").read_text(encoding="utf-8")
    lang = console_language().replace("_", "-")
    return environment.from_string(source).render(title=title, pages=pages, _=_, lang=lang)

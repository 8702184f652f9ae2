"""Small pictures of pages, for a person to look at."""

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

SIZE = (700, 990)
QUALITY = 55


def thumbnail(image: "Image") -> bytes:
    """Return a small picture of a page, large enough to read the name on it."""
    small = image.copy()
    small.thumbnail(SIZE)
    buffer = io.BytesIO()
    small.save(buffer, "JPEG", quality=QUALITY)
    return buffer.getvalue()

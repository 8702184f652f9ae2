"""What a form format is: one module that writes forms and reads what came back, declared as one ``Format``."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from selfaudit.forms.reading.reader import Draft
from selfaudit.model.form.form import Form, Questions


class Write(Protocol):
    """Writes a form, empty or filled in with a canonical content."""

    def __call__(self, form: Form, content: Mapping[str, Any] | None = None) -> bytes:
        """Return the whole file."""


@dataclass(frozen=True, slots=True)
class Format:
    """One format: its name on the command line, the ending of its files, and what it can do.

    ``recognises`` looks at the bytes of a returned file, never at its name; ``read`` makes the draft of one. ``how`` is
    a message id that says how to fill the file in and send it back. ``shared`` are the parts, in order,
    that all issued files with the same questions have in common, from the first byte to the last: a zip of them packs
    these once. What is ``compressed`` already is not worth packing at all.
    """

    name: str
    suffix: str
    write: Write
    recognises: Callable[[bytes], bool]
    read: Callable[[bytes, str], Draft]
    how: str
    shared: Callable[[Questions], Sequence[bytes]] | None = None
    compressed: bool = False

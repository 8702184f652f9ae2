"""What a text may lead to: web pages and mail addresses on which somebody clicks, and places in the document."""

import re

_HARMLESS = re.compile(r"(?:https?://[^\s\\]|mailto:|#)[^\s\\]*", re.IGNORECASE)


def is_harmless(target: str) -> bool:
    """Return whether a link does no more than name a web page, a mail address or a place in the document.

    Nothing of that is loaded when the document is opened, and readers see where they go.
    """
    return _HARMLESS.fullmatch(target) is not None

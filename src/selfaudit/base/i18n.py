"""Languages: the console speaks the locale's language, documents the campaign's.

Message ids are English. ``_`` translates into the console's language when the text is shown, ``N_`` only marks a
text for extraction, ``translator(language)`` serves documents, whose language the campaign sets.
"""

import gettext
import locale
import os
from collections.abc import Callable, Mapping
from functools import lru_cache

from selfaudit.base.resources import package_dir

LANGUAGES = ("zh_CN", "en")
LANGUAGE_VARIABLE = "SELFAUDIT_LANG"

_console = "en"


def N_(text: str) -> str:  # noqa: N802 - the name that gettext tools look for
    """Mark ``text`` for extraction without translating it now."""
    return text


@lru_cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("selfaudit", str(package_dir() / "locales"), [language], fallback=True)


def translator(language: str) -> Callable[[str], str]:
    """Return the translating function of one language, for documents."""
    return _catalogue(language).gettext


def _(text: str) -> str:
    """Translate into the language of the console."""
    return _catalogue(_console).gettext(text)


def ngettext(one: str, many: str, count: int, language: str = "") -> str:
    """Translate a text that depends on a count into the language of a document, by default that of the console."""
    return _catalogue(language or _console).ngettext(one, many, count)


def titled(title: str, word: str) -> str:
    """Return a title, in the language of the console, with the word that is typed for it: ``Ended on (ended_on)``.

    The title is a message id or as the plan has it; one that is the word itself stands alone.
    """
    shown = _(title)
    return shown if shown == word else _("{title} ({name})").format(title=shown, name=word)


def console_language() -> str:
    """Return the language the console speaks."""
    return _console


def set_console_language(language: str) -> None:
    """Set the language of the console; an unknown one falls back to English."""
    global _console  # noqa: PLW0603 - the console has one language per process, as the locale has
    _console = match_language(language) or "en"


def match_language(name: str) -> str | None:
    """Return the supported language that a locale name such as ``zh_CN.UTF-8`` or ``en-GB`` asks for."""
    head = name.replace("-", "_").split(".", maxsplit=1)[0].split("_", maxsplit=1)[0].lower()
    return {"zh": "zh_CN", "en": "en"}.get(head)


def detect_language(environ: Mapping[str, str] = os.environ) -> str:
    """Return the console's language: the override first, then what gettext tools read, then the system's locale."""
    for name in (LANGUAGE_VARIABLE, "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environ.get(name, "")
        if found := match_language(value):
            return found
        if name == "LC_ALL" and value:
            break
    return match_language(locale.getlocale()[0] or "") or "en"

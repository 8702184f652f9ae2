"""Keys of signals, and ids of checks, as people copy and retype them."""

from collections.abc import Iterable
from difflib import get_close_matches

from selfaudit.base.text import retyped
from selfaudit.model.data.check import DataCheck

BETWEEN = "/"
"""Between the parts of a key."""
AGAIN = " #"
"""Before the number of a row that has the same key as another."""
_INSIDE = {BETWEEN: "／", AGAIN: " ＃"}
_MOST_COMPARED = 2000


def part_of_key(text: str) -> str:
    """Return a text as it stands in a key, where nothing in it looks like what stands between parts or after them."""
    for meaning, plain in _INSIDE.items():
        text = text.replace(meaning, plain)
    return text


def split_key(check: DataCheck, key: str) -> dict[str, str]:
    """Return the parts of a key by their columns, as ``part_of_key`` made them."""
    return dict(zip(check.key, key.partition(AGAIN)[0].split(BETWEEN), strict=False))


def meant(typed: str, known: Iterable[str]) -> str | None:
    """Return the key or id that was typed, in whatever case and width, with any dash; None for none, or several."""
    same = [one for one in known if retyped(one) == retyped(typed)]
    exact = [one for one in same if one == typed.strip()] or same
    return exact[0] if len(exact) == 1 else None


def nearest(typed: str, known: Iterable[str], most: int = 3) -> list[str]:
    """Return those that are most like what somebody typed: such as contain it, then such as are spelt alike."""
    by_form = {retyped(one): one for one in known}
    sought = retyped(typed)
    within = [form for form in by_form if sought and sought in form]
    alike = get_close_matches(sought, list(by_form)[:_MOST_COMPARED], most, 0)
    return [by_form[form] for form in dict.fromkeys([*within[:most], *alike])][:most]

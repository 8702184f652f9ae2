"""Code lists: which codes a text of an export means, and how several values in one cell are told apart."""

import re
from collections.abc import Iterator, Mapping

from selfaudit.base.text import loose
from selfaudit.model.data.register import Code

_OPENS, _CLOSES = "([{（［｛【〔《", ")]}）］｝】〕》"
_STRONG = "；;、,，\n\r|"
_WEAK = re.compile(r"[/／+＋&＆和及与 ]+")


def parts(text: str, signs: str = _STRONG + "/／") -> Iterator[str]:
    """Yield the values in a cell: signs between them count outside of brackets only; ``03.01.02`` is one value."""
    depth, start = 0, 0
    for at, sign in enumerate(text):
        if sign in _OPENS:
            depth += 1
        elif sign in _CLOSES:
            depth = max(0, depth - 1)
        elif depth == 0 and sign in signs:
            if part := text[start:at].strip():
                yield part
            start = at + 1
    if part := text[start:].strip():
        yield part


class CodeList:
    """One list of codes with everything by which each is known, compared without width, case and spaces."""

    def __init__(self, codes: Mapping[str, Code]) -> None:
        """Prepare the comparison."""
        self._whole: dict[str, str] = {}
        self._prefixes: list[tuple[str, str]] = []
        self._contained: list[tuple[str, str]] = []
        for id_, code in codes.items():
            for text in (id_, code.title, *code.aliases):
                self._whole.setdefault(loose(text), id_)
            self._prefixes += [(loose(text), id_) for text in code.prefixes]
            self._contained += [(loose(text), id_) for text in code.contains]
        self._prefixes.sort(key=lambda one: -len(one[0]))
        self._letters = {text for text in self._whole if len(text) == 1 and text.isascii() and text.isalpha()}

    def find(self, text: str) -> tuple[list[str], bool]:
        """Return the codes that a text means, none if a part of it is not known, and whether a zero was added."""
        if (whole := self._whole.get(loose(text))) is not None:
            return [whole], False
        codes, padded = dict[str, None](), False
        for part in parts(text, _STRONG):
            found, more = self._part(part)
            if not found:
                return [], False
            codes |= dict.fromkeys(found)
            padded = padded or more
        return list(codes), padded

    def _part(self, text: str) -> tuple[list[str], bool]:
        if found := self._one(text):
            return [found[0]], found[1]
        several = [self._one(part) for part in _WEAK.split(text.strip()) if part]
        if len(several) > 1 and all(several):
            return [one[0] for one in several if one], any(one[1] for one in several if one)
        plain = loose(text)
        if contained := [id_ for part, id_ in self._contained if part in plain]:
            return contained, False
        if plain and set(plain) <= self._letters:
            return [self._whole[letter] for letter in plain], False
        return [], False

    def _one(self, text: str) -> tuple[str, bool] | None:
        """Return the one code that a text means as a whole, and whether a leading zero was added."""
        plain = loose(text).removesuffix(".0")
        if not plain:
            return None
        if (id_ := self._whole.get(plain)) is not None:
            return id_, False
        if plain.isdecimal() and (id_ := self._whole.get(f"0{plain}")) is not None:
            return id_, True
        for begin, id_ in self._prefixes:
            if plain.startswith(begin):
                return id_, False
        if plain.isdecimal():
            for begin, id_ in self._prefixes:
                if f"0{plain}".startswith(begin):
                    return id_, True
        found = {id_: part for part, id_ in self._contained if part in plain}
        return (next(iter(found)), False) if len(found) == 1 else None

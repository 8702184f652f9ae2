"""Sample contexts, to try a template without a campaign."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from selfaudit.word.lint.shapes import Field, Shape, fields_of
from selfaudit.word.values import ChartData, Figure, QrCode

_CHART = ChartData("Chart", ("A", "B"), (("1", (1, 2)), ("2", (3, 4))))
_DEPTH = 8


def sample(context_class: type, *, filled: bool = True) -> Any:
    """Return a context with something in every field, or with nothing wherever its annotations allow that.

    A text says which field it stands for, such as ``respondent.name``.
    """
    return _record(context_class, "", filled=filled, depth=_DEPTH)


def _record(record: type, path: str, *, filled: bool, depth: int) -> Any:
    made = {
        name: _value(field.shape, f"{path}.{name}" if path else name, filled=filled, depth=depth - 1)
        for name, field in fields_of(record).items()
    }
    return record(**made)


def _entries(shape: Shape, path: str, depth: int) -> Iterator[Any]:
    """Yield what is in a list: one entry, or one for every word of the field that says of which kind an entry is."""
    entry = _value(shape, path, filled=True, depth=depth)
    kinds = {name: field.shape.words for name, field in _fields(shape).items() if field.shape.words}
    if not kinds:
        yield entry
    for name, words in kinds.items():
        yield from (replace(entry, **{name: word}) for word in words)


def _fields(shape: Shape) -> dict[str, Field]:
    return fields_of(shape.record) if shape.record else {}


def _value(shape: Shape, path: str, *, filled: bool, depth: int) -> Any:
    if shape.kind == "list":
        if filled and shape.item_or_any.words:
            # a sample word would let a template skip every block
            return shape.item_or_any.words
        return tuple(_entries(shape.item_or_any, path, depth)) if filled and depth else ()
    if shape.kind == "chart":
        return _CHART if filled else ChartData("", (), ())
    if shape.kind == "picture":
        return QrCode("SAMPLE" if filled else "")
    if shape.record is Figure:
        return Figure(path, int(filled), path, ())
    if shape.record is not None:
        return _record(shape.record, path, filled=filled, depth=depth)
    return {"number": int(filled), "flag": filled}.get(shape.kind, path if filled else "")

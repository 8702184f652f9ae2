"""What the annotations of a context say about its fields: the ground of ``template vars`` and of the template lint."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from selfaudit.word.values import ChartData, Figure, QrCode

Kind = Literal["text", "number", "flag", "list", "record", "chart", "picture", "any"]

_SIMPLE: dict[Any, Kind] = {str: "text", int: "number", float: "number", bool: "flag"}
_SPECIAL: dict[Any, Kind] = {Figure: "number", ChartData: "chart", QrCode: "picture"}
_UNPRINTED = {(Figure, "sources")}
"""Fields that are not there when a document is printed."""
_SEQUENCES = (list, tuple, Sequence)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a value is: ``record`` is its dataclass, if it is one, ``item`` the shape of a list's elements.

    ``words`` are the only texts that it can be, where its annotation names them.
    """

    kind: Kind
    record: type | None = None
    item: "Shape | None" = None
    words: tuple[str, ...] = ()

    @property
    def item_or_any(self) -> "Shape":
        """The shape of a list's elements, or anything if that is not known."""
        return self.item or ANY


ANY = Shape("any")
TEXT = Shape("text")
NUMBER = Shape("number")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a dataclass of the context."""

    shape: Shape
    doc: str


@lru_cache
def fields_of(record: type) -> dict[str, Field]:
    """Return the fields of a dataclass."""
    hints = get_type_hints(record, include_extras=True)
    names = [field.name for field in fields(record)] if is_dataclass(record) else []
    return {name: _field(hints[name]) for name in names if (record, name) not in _UNPRINTED}


def _field(hint: Any) -> Field:
    if get_origin(hint) is not Annotated:
        return Field(shape_of(hint), "")
    bare, *notes = get_args(hint)
    return Field(shape_of(bare), next((note for note in notes if isinstance(note, str)), ""))


def shape_of(hint: Any) -> Shape:
    """Return the shape that an annotation promises; what may be None has the shape that it has otherwise."""
    origin, arguments = get_origin(hint), [a for a in get_args(hint) if a not in {NoneType, Ellipsis}]
    if origin in {Union, UnionType}:
        return shape_of(arguments[0]) if len(arguments) == 1 else ANY
    if origin is Literal:
        return Shape("text", words=tuple(arguments))
    if origin in _SEQUENCES:
        return Shape("list", item=shape_of(arguments[0]) if len(set(arguments)) == 1 else ANY)
    if is_dataclass(hint) and isinstance(hint, type):
        return Shape(_SPECIAL.get(hint, "record"), record=hint)
    return Shape(_SIMPLE.get(hint, "any"))

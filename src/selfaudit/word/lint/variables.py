"""What a template can print, for ``template vars``."""

from collections.abc import Iterator
from dataclasses import dataclass

from selfaudit.base.i18n import N_, _
from selfaudit.word.lint.shapes import Shape, fields_of

_KINDS = {
    "text": N_("text"),
    "number": N_("number"),
    "flag": N_("yes or no"),
    "list": N_("list"),
    "record": N_("group"),
    "chart": N_("chart"),
    "picture": N_("picture"),
    "any": N_("anything"),
}


@dataclass(frozen=True, slots=True)
class Variable:
    """A name that a template can use; ``[]`` in it stands for one element of a list, the variable of a loop."""

    name: str
    type: str
    doc: str


def variables(context_class: type) -> list[Variable]:
    """Return every name of a context; a list of rows shown before is not shown row by row again."""
    return list(_walk(context_class, "", {context_class: ""}))


def _walk(record: type, path: str, seen: dict[type, str]) -> Iterator[Variable]:
    for name, field in fields_of(record).items():
        full = f"{path}{name}"
        inner = field.shape.item_or_any if field.shape.kind == "list" else field.shape
        below = f"{full}[]." if field.shape.kind == "list" else f"{full}."
        yield Variable(full, _type(field.shape, seen), _(field.doc) if field.doc else "")
        if inner.kind == "record" and inner.record is not None and inner.record not in seen:
            seen[inner.record] = below
            yield from _walk(inner.record, below, seen)


def _type(shape: Shape, seen: dict[type, str]) -> str:
    inner = shape.item_or_any if shape.kind == "list" else shape
    known = seen.get(inner.record) if inner.record is not None else None
    text = _(_KINDS[shape.kind])
    return _("{kind}, as {name}").format(kind=text, name=f"{known}…") if known else text

"""Makes a model of data with mistakes in them, so that the mistakes between files are found in the same run.

What does not fit is kept as it was written where it is free text, so that names still lead where they led. Such a
model serves for nothing else.
"""

import difflib
import re
import types
from datetime import date
from typing import Annotated, Any, Literal, TypeVar, Union, cast, get_args, get_origin

from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from selfaudit.model.base import Model

M = TypeVar("M", bound=Model)

NO_DAY = date(2000, 1, 1)
"""Stands for a day that is not one."""

_SEPARATOR = re.compile(r"[，,、]\s*")


def salvage(model: type[M], data: Any) -> M | None:
    """Return a model of whatever fits; None if the data are no mapping."""
    if not isinstance(data, dict):
        return None
    data = _with_meant_names(model, data)
    fields = model.model_fields.items()
    values = {name: _field(info, data.get(info.alias or name)) for name, info in fields}
    return cast("M", model.model_construct(**values))


def _with_meant_names(model: type[Model], data: dict[str, Any]) -> dict[str, Any]:
    """Return the data with misspelt names as they were meant."""
    known = [info.alias or name for name, info in model.model_fields.items()]
    free = [name for name in known if name not in data]
    meant = {key: difflib.get_close_matches(key, free, 1) for key in data if key not in known}
    return {(meant[key][0] if meant.get(key) else key): value for key, value in data.items()}


def _field(info: FieldInfo, raw: Any) -> Any:
    if raw in (None, "") and not info.is_required():
        return info.get_default(call_default_factory=True)
    kind = Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
    return _value(kind, raw)


def _value(kind: Any, raw: Any) -> Any:
    try:
        return TypeAdapter(kind).validate_python(raw)
    except ValidationError:
        pass
    while get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    if get_origin(kind) is tuple:
        entries = _SEPARATOR.split(raw.strip("[] ")) if isinstance(raw, str) else raw
        made = [_value(get_args(kind)[0], entry) for entry in (entries if isinstance(entries, list) else [])]
        return tuple(entry for entry in made if entry is not None)
    if get_origin(kind) in (Union, types.UnionType):
        return _value(get_args(kind)[0], raw)
    if isinstance(kind, type) and issubclass(kind, Model):
        inner: type[Model] = kind
        return salvage(inner, raw if isinstance(raw, dict) else {})
    if get_origin(kind) is dict or kind is dict:
        return {key: value for key, value in raw.items() if isinstance(value, str)} if isinstance(raw, dict) else {}
    if get_origin(kind) is Literal:
        return get_args(kind)[0]
    if kind in (date, int):
        return NO_DAY if kind is date else 0
    return False if kind is bool else raw if isinstance(raw, str) else ""

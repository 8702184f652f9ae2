"""The base of every model that is read from YAML, where all scalars arrive as text."""

import re
from datetime import date
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, model_validator


class Model(BaseModel):
    """Frozen; refuses unknown keys, empty ones too; an empty text of a known key counts as not given."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, populate_by_name=True)

    @model_validator(mode="before")
    @classmethod
    def _drop_empty(cls, data: Any) -> Any:
        if isinstance(data, dict):
            known = _names(cls)
            return {
                key: value for key, value in data.items() if (value != "" and value is not None) or key not in known
            }
        return data


@cache
def _names(model: type[BaseModel]) -> frozenset[str]:
    """Return the names that a model knows, as fields and as written in files."""
    return frozenset(model.model_fields) | {f.alias for f in model.model_fields.values() if f.alias}


def _iso_date(value: Any) -> Any:
    # pydantic would also take 1700000000 for a date
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        msg = "date"
        raise ValueError(msg)
    return value


Day = Annotated[date, BeforeValidator(_iso_date)]
"""A calendar day, written ``2023-11-07``."""

ID_PATTERN = r"^[a-z][a-z0-9_-]{0,39}$"
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
"""A name inside a kit: lower-case letters, digits, ``-`` and ``_``."""

ItemId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,19}$")]
"""The number of an item; a text for ever, so that ``1.10`` is not ``1.1``."""

LONGEST_TEXT = 20_000
"""Characters of the longest text that anybody may write in one place."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_TEXT)]
"""A text that must not be empty."""

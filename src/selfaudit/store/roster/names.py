"""How the sheets of a roster refer to each other: by id or by name."""

from collections.abc import Iterable, Mapping
from typing import Any

from selfaudit.base.names import name_key
from selfaudit.base.text import narrow


class Names:
    """Finds an entry by its id or, failing that, by its name."""

    def __init__(self, entries: Iterable[Mapping[str, Any]]) -> None:
        """Take the rows of one sheet, as far as they could be read."""
        self._ids: dict[str, str] = {}
        self._names: dict[str, set[str]] = {}
        for entry in entries:
            key = entry.get("id", "")
            self._ids.setdefault(key.casefold(), key)
            self._names.setdefault(name_key(entry.get("name", "")), set()).add(key)

    def find(self, text: str) -> list[str]:
        """Return the ids that may be meant; an entry whose id could not be read has an empty one."""
        if found := self._ids.get(narrow(text).casefold()):
            return [found]
        return sorted(self._names.get(name_key(text), ()))

    def reference(self, entry: Mapping[str, Any]) -> str:
        """Return the name of an entry if it is enough to find it, else its id."""
        return str(entry["name"] if self.find(entry["name"]) == [entry["id"]] else entry["id"])

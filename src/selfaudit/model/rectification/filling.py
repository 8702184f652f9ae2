"""What is missing in a response, and what of that the register of findings says by now."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from selfaudit.base.problems import Problem
from selfaudit.model.kept import FINDING_OPEN, NO_SEVERITY
from selfaudit.model.rectification.rectification import Rectification

Finding = Mapping[str, Any]


def still_missing(
    gaps: Iterable[Problem],
    findings: Iterable[Finding],
    words: Mapping[str, str],
    handled: Callable[[Finding], Rectification],
) -> Iterator[Problem]:
    """Yield gaps of a response as far as nobody has filled them in the register, or the finding counts no more.

    ``findings`` are those of the response and ``handled`` says how the register handles one. ``words`` has the key of
    a field by the word with which gaps name it.
    """
    known = _Known({one["number"]: one for one in findings}, handled)
    for gap in gaps:
        if gap.code == FINDING_OPEN.code:
            fields = [word for word in gap.args["fields"] if not known.says(gap.args["no"], words.get(word, ""))]
            if fields:
                yield replace(gap, args={**gap.args, "fields": fields})
        # which finding had the value that cannot be read is not kept
        elif not known.all_say(words.get(gap.args.get("key", ""), "severity" if gap.code == NO_SEVERITY.code else "")):
            yield gap


class _Known:
    """What is known of the findings of a response, each looked up once."""

    def __init__(self, findings: Mapping[int, Finding], handled: Callable[[Finding], Rectification]) -> None:
        self._findings, self._handled = findings, handled
        self._looked_up: dict[int, Rectification] = {}

    def says(self, number: int, field: str) -> bool:
        """Return whether a finding has a field by now, or needs none any more."""
        finding = self._findings.get(number)
        if finding is None or not field:
            return False
        if number not in self._looked_up:
            self._looked_up[number] = self._handled(finding)
        handled = self._looked_up[number]
        return bool(handled.withdrawn or handled.merged or handled.over(finding).get(field))

    def all_say(self, field: str) -> bool:
        """Return the same of all of them."""
        return bool(field and self._findings) and all(self.says(number, field) for number in self._findings)

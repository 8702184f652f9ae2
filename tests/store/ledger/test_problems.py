"""Problems in the ledger: without language, and known whatever has been imported."""

import json
import subprocess
import sys

import pytest

from selfaudit.base import i18n
from selfaudit.base.problems import Term, Where
from selfaudit.model.kept import FINDING_OPEN, KEPT, MORE, NO_DATE
from selfaudit.store.ledger.ledger import NOTHING_ISSUED
from selfaudit.store.ledger.problems import packed, recorded, unpacked

GAPS = [
    FINDING_OPEN(no=1, place="2.5 a", fields=[Term("cause"), "原因"]),
    NO_DATE(Where("a.yaml", 3, 7), key=Term("date of filling in"), value="昨天"),
    MORE(Where("a.xlsx", cell="人员!B3"), count=3),
]

RESTORE = """
import sys
from selfaudit.store.ledger.problems import unpacked
for problem in unpacked(sys.argv[1]):
    print(problem.severity, problem.message)
"""


def test_the_ledger_keeps_a_problem_without_its_language(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = packed(GAPS)
    for language in ("en", "zh_CN"):
        monkeypatch.setattr(i18n, "_console", language)
        restored = unpacked(kept)
        assert [gap.message for gap in restored] == [gap.message for gap in GAPS]
        assert [gap.where.place for gap in restored] == [gap.where.place for gap in GAPS]


def test_what_is_kept_is_known_whatever_has_been_imported() -> None:
    kept = packed(kind(None, **dict.fromkeys(SLOTS, "x")) for kind in KEPT.values())
    done = subprocess.run([sys.executable, "-c", RESTORE, kept], capture_output=True, check=True, encoding="utf-8")
    told = done.stdout.splitlines()
    assert [line.split()[0] for line in told] == [str(kind.severity) for kind in KEPT.values()]
    assert not [code for code in KEPT if code in done.stdout]


SLOTS = (
    *(
        "places",
        "place",
        "value",
        "words",
        "meant",
        "no",
        "nth",
        "fields",
        "titles",
        "known",
        "id",
        "key",
        "word",
        "count",
    ),
    *("by", "reviewer", "file", "why"),
    *("page", "codes", "code", "seconds"),
)


def test_a_kind_that_would_not_be_known_is_not_kept() -> None:
    with pytest.raises(ValueError, match=r"ledger\.nothing-issued"):
        packed([NOTHING_ISSUED()])
    assert json.loads(recorded([NOTHING_ISSUED()])) == [["ledger.nothing-issued", 0, 0, {}, ""]]


def test_a_row_of_the_first_version_and_a_kind_of_another_one_are_still_shown() -> None:
    old, other = unpacked('[["form.no-date", 3, 7, {"key": "k", "value": "v"}], ["form.gone", 0, 0, {}, ""]]', "a.yaml")
    assert (str(old.where), old.kind) == ("a.yaml:3:7", NO_DATE)
    assert other.message == "form.gone"

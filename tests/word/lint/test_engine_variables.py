"""``template vars`` and the made-up contexts are read off the dataclasses."""

from dataclasses import fields

import pytest

from selfaudit.reports.context.final import FinalReport, PersonReport, UnitReport
from selfaudit.reports.context.outline import ChapterInfo
from selfaudit.reports.context.paper import PaperSheet
from selfaudit.word.lint.sample import sample
from selfaudit.word.lint.variables import variables
from selfaudit.word.values import Figure

REPORTS = (PersonReport, UnitReport, FinalReport, PaperSheet)


def test_every_name_is_listed_with_type_and_meaning() -> None:
    known = {v.name: v for v in variables(FinalReport)}
    assert known["title"].type == "text"
    assert known["draft"].type == "yes or no"
    assert known["conduct.answered"].type == "number"
    assert known["charts.answers_by_area"].type == "chart"
    assert known["findings.areas"].type == "list"
    assert known["findings.areas[].title"].doc == "title of the area"
    assert known["chapters[].holds"].type == "list"


def test_rows_that_were_listed_before_are_referred_to() -> None:
    known = {v.name: v for v in variables(FinalReport)}
    assert "findings.areas[].rows[].fact" in known
    assert "measures.rows[].fact" not in known
    assert "findings.areas[].rows[].…" in known["measures.rows"].type


@pytest.mark.parametrize("report", REPORTS)
def test_every_field_has_a_meaning(report: type) -> None:
    assert all(v.doc for v in variables(report))


@pytest.mark.parametrize("report", REPORTS)
def test_a_made_up_context_is_full_or_empty_everywhere(report: type) -> None:
    full, empty = sample(report), sample(report, filled=False)
    assert all(getattr(full, field.name) for field in fields(report))
    assert not any(getattr(empty, f.name) for f in fields(report) if f.type in {str, bool})
    assert isinstance(full.campaign.title, str)


def test_a_made_up_chapter_holds_every_block() -> None:
    assert "measures" in sample(ChapterInfo).holds
    assert sample(Figure).id == "id"

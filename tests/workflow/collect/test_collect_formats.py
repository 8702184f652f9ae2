"""Whatever format somebody returns his form in, it says the same; the last one counts."""

import io
import itertools
from typing import Any

import openpyxl
import pytest

from selfaudit.forms.formats import FORMATS
from selfaudit.model.form.form import Form
from selfaudit.store.ledger.forms import Forms
from selfaudit.store.ledger.ledger import Ledger
from tests.support.campaign import Campaign

pytestmark = pytest.mark.slow

CONTENT: dict[str, Any] = {
    "filled_by": "张三",
    "filled_on": "2023-11-05",
    "coverage": {"projects": 3},
    "items": [
        {
            "id": "2.1",
            "parts": [{"id": "a", "answer": "problem"}, {"id": "b", "answer": "conform", "note": "=1+1\n#3"}],
        },
        {"id": "2.2", "answer": "not_applicable", "note": "没有发生"},
        {"id": "2.3", "answer": "conform"},
    ],
    "findings": [
        {
            "number": 2,
            "item": "2.1",
            "part": "a",
            "fact": "@缺席",
            "cause": "-",
            "disposition": {"certificate": "保持"},
            "due": "2023-12-01",
        }
    ],
    "clues": "+86",
    "declaration": True,
}


def form_of(campaign: Campaign, name: str = "张三") -> Form:
    with Ledger.open(campaign.root / "campaign.db", writable=False) as ledger:
        held = Forms(ledger)
        forms = [held.get(passport) for passport in held.passports()]
    return next(form for form in forms if form and form.respondent.name == name)


def returned(campaign: Campaign, name: str, **changes: Any) -> bytes:
    return FORMATS[name].write(form_of(campaign), {**CONTENT, **changes})


@pytest.mark.parametrize("order", list(itertools.permutations(FORMATS)), ids="-".join)
def test_the_same_answers_in_another_format_change_nothing(campaign: Campaign, order: tuple[str, ...]) -> None:
    outcomes = []
    for name in order:
        campaign.receive(f"{name}.bin", returned(campaign, name))
        outcomes.append(campaign.run("collect").out.partition("\nNext: ")[0])
    assert outcomes[0].endswith("new 1; corrected 0; older, kept as history 0; conflict 0; unchanged 0; rejected 0")
    for n, said in enumerate(outcomes[1:], 1):
        assert said == f"new 0; corrected 0; older, kept as history 0; conflict 0; unchanged {n + 1}; rejected 0"
    assert len(campaign.events("张三")) == 1


def test_a_correction_may_come_in_another_format(campaign: Campaign) -> None:
    campaign.receive("a.yaml", returned(campaign, "yaml"))
    campaign.receive("b.xlsx", returned(campaign, "xlsx", filled_on="2023-11-06", clues="又想起一件事"))
    campaign.run("collect")
    assert campaign.merged()["张三"]["clues"] == "又想起一件事"
    assert len(campaign.events("张三")) == 2


def test_a_mistake_in_a_workbook_is_told_with_sheet_and_cell(campaign: Campaign) -> None:
    book = openpyxl.load_workbook(io.BytesIO(returned(campaign, "xlsx")))
    (cell,) = (cell for row in book["覆盖与声明"].iter_rows() for cell in row if cell.value == "3")
    cell.value = "约3"
    book.save(campaign.root / "inbox" / "张三.xlsx")
    ran = campaign.run("collect")
    assert ran.code == 1
    assert f"    覆盖与声明!{cell.coordinate}: 覆盖项目数: “约3” is not a single number" in ran.out
    status = campaign.run("status", "--json").data
    (waiting,) = status["incomplete"]
    assert waiting["gaps"][0]["where"] == f"覆盖与声明!{cell.coordinate}"


@pytest.mark.parametrize("name", FORMATS)
def test_the_form_that_was_sent_out_is_refused_with_what_to_do(campaign: Campaign, name: str) -> None:
    campaign.receive(f"张三.{name}", FORMATS[name].write(form_of(campaign)))
    ran = campaign.run("collect")
    assert ran.code == 1
    assert "this is the blank form; nothing has been filled in" in ran.out
    assert "send the saved file" in ran.out

"""The annex of look-alikes says what repeats what, what was decided, what was changed, and what nobody compared."""

from dataclasses import replace

import docx
from docx.oxml.ns import qn

from selfaudit.base.resources import shipped
from selfaudit.model.casefiles.comparison import NotCompared
from selfaudit.reports.build.final import final_report
from selfaudit.reports.build.similar import LISTED, LONGEST, lookalikes
from selfaudit.reports.context.sheet import Sheet
from selfaudit.reports.document import Request
from selfaudit.reports.evidence import Evidence
from selfaudit.reports.similar import share
from tests.reports.content_kit import make_setting
from tests.support.lookalikes import alike, pair


def _made(**changes: object) -> Sheet:
    return lookalikes(Request(make_setting(alike=replace(alike(), **changes)), ()))  # type: ignore[arg-type]


def _texts(made: Sheet, title: str) -> list[str]:
    found = next(one for one in made.blocks if one.title == title)
    return [cell for row in found.rows for cell in (row.c1, row.c2, row.c3, row.c4, row.c5, row.c6, row.c7, row.c8)]


def test_the_pairs_most_alike_come_first_with_what_was_decided_on_them() -> None:
    first, second = (row for one in _made().blocks if one.title == "Pairs" for row in one.rows)
    assert (first.c1, first.c2) == ("1", "2022/乙巳/审核记录.docx\n2023/乙巳/审核记录.docx")
    assert first.c4 == "same organisation, in two periods\nsame auditor: 李某"
    assert first.c5 == "41 % of the first\n99 % of the second\nlongest passage: 118 characters"
    assert first.c6 == "已说明\n两份均为同一现场，李四，2023-11-02"
    assert (second.c4, second.c6) == ("different organisations\nsame auditor: 李某", "待判定")


def test_passages_stand_side_by_side_with_what_was_changed_in_brackets() -> None:
    rows = _texts(_made(), "Passages of pair 2")
    assert rows[1:3] == ["110 characters\nin these 2 only", "第5段"]
    assert rows[3].startswith("查【2022年】内审报告1份，内审员【张某】对生产部")
    assert rows[4].startswith("查【2023年】内审报告1份，内审员【李某】对生产部")


def test_what_was_not_compared_and_what_was_taken_for_template_is_told() -> None:
    made = _made()
    assert _texts(made, "Not compared")[:2] == ["2023/丙午/扫描件.pdf", "只有图像，没有文字"]
    assert "in about 40 records, such as a, b" in next(b.text for b in made.blocks if "Taken" in b.title)
    facts = {fact.title: fact.text for fact in made.facts}
    assert facts["Left out"] == "alike but not counted, as both files are of one audit: 4 pairs"
    assert facts["Too few records to recognise template text"] == "能源管理体系"
    assert "at least 30 %" in facts["How it was found"]


def test_a_record_with_too_little_text_counts_as_not_compared_and_one_read_in_part_as_compared() -> None:
    kept = alike().made
    bare, part = (
        NotCompared(id=record.id, code="x", why="y", in_part=in_part)
        for record, in_part in zip(kept.records, (False, True), strict=False)
    )
    made = _made(made=kept.model_copy(update={"not_compared": (*kept.not_compared, bare, part)}))
    facts = {fact.title: fact.text for fact in made.facts}
    assert (facts["Records compared"], facts["Not compared"]) == ("2", "2")


def test_long_passages_and_long_lists_are_shortened_and_say_so() -> None:
    it, kept = pair(20), alike().made
    found = kept.found.model_copy(update={"pairs": kept.found.pairs[:1] * (LISTED + 1)})
    long = replace(it, passages=[replace(it.passages[0], length_a=1100, length_b=1100)])
    made = _made(shown=(long,), made=kept.model_copy(update={"found": found}))
    assert (
        next(one.text for one in made.blocks if one.title == "Pairs")
        == f"The {LISTED} most alike of {LISTED + 1} pairs."
    )
    text = next(row.c4 for one in made.blocks if one.title.startswith("Passages") for row in one.rows)
    shown, left = text.split("… ")
    assert left == "(100 more characters)"
    assert LONGEST - 60 < len(shown.replace("【", "").replace("】", "")) <= LONGEST


def test_rows_of_passages_may_go_over_to_the_next_page_and_those_that_are_signed_stay_whole() -> None:
    document = docx.Document(str(shipped("templates") / "list-zh" / "document.docx"))
    rows = {row.cells[-1].text: row for table in document.tables for row in table.rows}
    whole = {name: row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for name, row in rows.items()}
    assert {name: whole[f"{{{{ row.{name} }}}}"] for name in ("c5", "c6")} == {"c5": False, "c6": True}


def test_the_longest_passages_are_numbered_from_one_on() -> None:
    it = pair(4)
    short = [replace(one, length_a=3, length_b=3) for one in it.passages[:2]]
    made = _made(shown=(replace(it, passages=[*short, *it.passages[2:]]),))
    (block,) = (one for one in made.blocks if one.title.startswith("Passages"))
    assert [row.c1 for row in block.rows] == ["1", "2", "3", "4", "5"]


def test_the_final_report_has_an_annex_of_look_alikes_if_there_are_any() -> None:
    made = final_report(Evidence(make_setting(alike=alike()), []))
    first = made.annex_lookalikes[0]
    assert first.shares == "41 % of the first\n99 % of the second\nlongest passage: 118 characters"
    assert "Case files that repeat each other" in [annex.title for annex in made.annexes]
    told = made.findings.lookalikes
    assert told
    numbers = (told.compared, told.left, told.pairs, told.decided, told.rings)
    assert [figure.value for figure in numbers] == [3, 1, 2, 1, 1]
    assert [(ring.source, ring.count, ring.organisations) for ring in told.in_rings] == [
        ("2023/乙巳/审核记录.docx", "3", "2")
    ]
    assert [one.kind for chapter in made.chapters for one in chapter.sections].count("lookalikes") == 1
    none = final_report(Evidence(make_setting(), []))
    assert none.findings.lookalikes is None
    assert "lookalikes" not in [annex.kind for annex in none.annexes]


def test_without_a_comparison_there_is_nothing_to_print() -> None:
    assert lookalikes(Request(make_setting(), ())).blocks == ()


def test_a_share_is_never_the_whole_or_nothing_unless_it_is() -> None:
    assert [share(one) for one in (0.0, 0.0001, 0.305, 0.9999, 1.0)] == ["0 %", "1 %", "30 %", "99 %", "100 %"]

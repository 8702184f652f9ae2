"""What is said of a review: each kind of files by itself, nothing projected that was not drawn, and what is missing."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from selfaudit.model.data.outcome import Outcome, Signal
from selfaudit.model.form.answers import Answer
from selfaudit.model.form.building import FormBuilder, reviews
from selfaudit.model.form.form import Respondent
from selfaudit.model.held.against import CheckRun
from selfaudit.model.kit.kit import Checklist
from selfaudit.model.sampling.frozen import Frozen
from selfaudit.model.sampling.plan import SamplePlan
from selfaudit.model.sampling.population import CaseFile
from selfaudit.model.sampling.reviewed import Review, ReviewedFile
from selfaudit.model.sampling.reviewing import Part, Reviewer, Reviewing
from selfaudit.model.sampling.state import SampleState
from selfaudit.reports.build.final import final_report
from selfaudit.reports.build.reviewed import review_report
from selfaudit.reports.build.samples import high_risk_list, sample_list
from selfaudit.reports.document import Request
from selfaudit.reports.evidence import Evidence
from selfaudit.reports.results import Results, results_of
from selfaudit.reports.results_told import remarks, tables
from selfaudit.reports.samples import Listed, Told, row_of
from tests.model.held.test_against import kit as held_against
from tests.reports.content_kit import BODY, make_kit, make_setting, reviewed
from tests.reports.content_kit import PLAN as CONTENT_PLAN

PLAN = SamplePlan.model_validate(
    {
        "format": "selfaudit/sample/1",
        "id": "case-files",
        "title": "Case files",
        "called": "file",
        "file": {"title": "Number"},
        "population": {"why": "all", "needs": {"audits": ["project"]}, "sql": "SELECT project AS file FROM audits"},
        "columns": [{"id": "branch", "title": "Branch"}],
        "factors": [
            {"id": "risk", "title": "Risk", "points": "1", "why": "w"},
            {"id": "complaint", "title": "Complaint", "points": "0", "mandatory": "true", "why": "w"},
        ],
        "bands": [
            {"id": "high", "title": "High", "at_least": "5", "take": "all"},
            {"id": "normal", "title": "Normal", "share": "5", "least": "5"},
        ],
        "extension": {"problems": "2", "next": "5"},
    }
)
FILES = [CaseFile("M1", {}, {"complaint": 1}), CaseFile("H1", {}, {"risk": 9}), CaseFile("H2", {}, {"risk": 9})] + [
    CaseFile(f"N{n:03}", {}, {}) for n in range(100)
]
CRITERIA = {"F1": "Decision", "F2": "Scope"}
READS = {"id": "reads", "title": "Readers", "answers": "file", "sample": "case-files", "units": ["Technical"]}
P, C, NA = Answer.PROBLEM, Answer.CONFORM, Answer.NOT_APPLICABLE
SAME = "undefined: both gave the same answer for every file"


def _review(answers: str | None, name: str = "Li", withdrawn: str = "") -> Review:
    who = Respondent(key=name, answers="file", name=name, unit="t", unit_name="T", roles=(), reviewer=name)
    said = dict(zip(CRITERIA, (Answer({"p": P, "c": C, "n": NA}[one]) for one in answers or "cc"), strict=True))
    return Review(who, answers is not None, (), said if answers else {}, frozenset(withdrawn.split()))


def _results(said: Mapping[str, tuple[Review, ...]], **state: object) -> Results:
    made = SampleState.model_validate(
        {
            "id": "case-files",
            "plan": "a",
            "population": "b",
            "given": "5eed",
            "given_by": "Li",
            "files": 103,
            "drawn": "x",
        }
        | state
    )
    one = Frozen(made, 1, PLAN, FILES)
    listed = Listed(one, [row_of(stratum) for stratum in one.strata()], None)
    files = [ReviewedFile("case-files", file, file, "", reviews) for file, reviews in said.items()]
    return results_of(listed, files, [], CRITERIA)


def _normal(count: int = 5) -> list[str]:
    return [ranked.file.id for ranked in _results({}).strata[-1].row.stratum.files[:count]]


def _reviewed(*problems: str, out: tuple[str, ...] = (), **state: object) -> Results:
    drawn = ["M1", "H1", "H2", *_normal()]
    return _results(
        {one: (_review(None if one in out else "pc" if one in problems else "cc"),) for one in drawn}, **state
    )


def _told(found: Results) -> dict[str, str]:
    return {row[0]: row[-1] for row in tables(found, str)[0].rows}


def test_what_was_picked_or_reviewed_whole_is_counted_and_what_was_drawn_is_projected() -> None:
    assert _told(_reviewed("M1", "H1", _normal()[0])) == {
        "reviewed in any case": "1 of 1 with a problem; they do not represent other files, so no rate is projected",
        "reviewed whole": "1 of 2 with a problem (all were reviewed, so there is no sampling error)",
        "drawn at random": "1 of 5 with a problem; 95 % limits: 1 to 70 of 100 files (1.0%–70.0%), estimate: 20",
    }


def test_what_is_not_reviewed_is_told_with_the_worst_case_and_leaves_no_estimate() -> None:
    one, other, *_ = _normal()
    found = _reviewed(one, out=(other, "H2"))
    assert _told(found)["reviewed whole"].endswith("; at worst 1 of 2")
    assert _told(found)["drawn at random"] == (
        "1 of 4 with a problem; 95 % limits: 1 to 84 of 100 files (1.0%–84.0%); at worst 2 of 5"
    )
    assert sorted(found.open) == sorted([other, "H2"])
    assert found.to_act_on
    assert [text[:7] for text in remarks(found, str)] == ["Limits ", "Files n"]


def test_a_lost_file_is_counted_as_the_worst_case_and_the_next_one_is_not_yet_reviewed() -> None:
    first = _normal()[0]
    more = [{"stratum": "normal", "files": 1, "why": "replaced", "file": first}]
    found = _reviewed(first, more=more, lost={first: "burnt"})
    tally = found.strata[-1].tally
    assert (tally.drawn, tally.problems, tally.lost, tally.open, tally.worst) == (6, 0, 1, 1, 2)


def test_a_criterion_that_does_not_apply_is_told_with_how_often_and_has_no_rate_if_it_never_does() -> None:
    said = ["nn", "nc", "np", "nc", "nc"]
    drawn = {file: (_review(one),) for file, one in zip(_normal(), said, strict=True)}
    found = _results({**drawn, "H1": (_review("nc"),)})
    never, partly = (row[1:] for row in tables(found, str)[1].rows)
    assert never == ("0 / 0", "not applicable to any of 1", "not applicable to any of 5", "")
    assert partly[:3] == ("0 / 0", "0 / 1", "1 / 4 (not applicable to 1)")
    assert partly[3].startswith("95 % limits: 1 to 70 of 100 files")
    assert any(text.startswith("Limits by criterion refer to all files") for text in remarks(found, str))
    (review,) = final_report(Evidence(make_setting(results=[found]), [])).findings.reviews
    assert review.criteria[0].projected == "not applicable to any of 5"
    data = found.as_data()["results"][1]
    assert ("limits" not in data, data["kinds"]["random"]["not_applicable"]) == (True, 5)
    # one of two reviewers is enough for it to apply
    both = _results({file: (_review("cc"), _review("nn", "Wang")) for file in _normal()})
    assert tables(both, str)[1].rows[0][3] == "0 / 5"


def test_more_is_asked_for_by_the_rule_of_the_plan_and_the_rate_then_leans_low() -> None:
    one, other, *_ = _normal()
    assert [of.extend for of in _reviewed(one).strata] == [0, 0, 0]
    assert [of.extend for of in _reviewed(one, other).strata] == [0, 0, 2]
    wider = _reviewed(one, other, more=[{"stratum": "normal", "files": 5, "why": "extended"}])
    assert wider.strata[-1].extend == 0
    assert any("leans low" in text for text in remarks(wider, str))


def test_one_of_two_reviewers_is_enough_for_a_problem_but_not_for_none() -> None:
    first, second, third, *_ = _normal()
    found = _results(
        {
            first: (_review("pc"), _review(None, "Wang")),
            second: (_review("cc"), _review(None, "Wang")),
            third: (_review("pc", withdrawn="F1"),),
        }
    )
    tally = found.strata[-1].tally
    assert (tally.problems, tally.clear, tally.open) == (1, 1, 3)


def test_agreement_is_told_by_criterion_and_in_words_where_it_is_not_defined() -> None:
    said = {"M1": ("pc", "pc"), "H1": ("cc", "pc"), "H2": ("cn", "cn")}
    found = _results({file: (_review(one), _review(other, "Wang")) for file, (one, other) in said.items()})
    (table,) = (one for one in tables(found, str) if one.sheet == "Agreement")
    assert table.rows == [
        ("any problem in the file", "3", "2", "0.40"),
        ("F1 Decision", "3", "2", "0.40"),
        ("F2 Scope", "3", "3", "1.00"),
    ]
    same = _results({file: (_review("cc"), _review("cc", "Wang")) for file in ("H1", "H2")})
    (table,) = (one for one in tables(same, str) if one.sheet == "Agreement")
    assert [row[-1] for row in table.rows] == [SAME] * 3


def test_the_report_says_how_files_were_drawn_what_was_found_and_what_is_missing() -> None:
    one, other, *_ = _normal()
    found = _reviewed(one, out=(other,), lost={"H2": "burnt"})
    found = replace(found, listed=replace(found.listed, anew=["a list was missing"]))
    made = review_report(Request(make_setting(results=[found]), ()))
    facts = {fact.title: fact.text for fact in made.facts}
    assert facts["Source of the seed"] == "[the seed was given by Li alone]"
    assert facts["Frozen again after a draw was begun"] == "a list was missing"
    assert facts["Progress of the review"] == (
        "Case files: files drawn: 8, of which lost: 1; reviewed: 6, of which by two reviewers: 0; not reviewed yet: 1."
    )
    sections = {block.title: block for block in made.blocks}
    assert [row.c4 for row in sections["Results by stratum"].rows] == [
        "not projected",
        "not projected; Lost: 1",
        "1–84; Not reviewed yet: 1",
    ]
    by_criterion = sections["Files with a problem by criterion, of those to which it applies"].rows
    assert by_criterion[0].c2 == (
        "reviewed in any case: 0 / 1; reviewed whole: 0 / 1; drawn at random: 1 / 4;"
        " 95 % limits: 1 to 84 of 100 files (1.0%–84.0%)"
    )
    assert [row.c2 for row in sections["Replaced"].rows] == ["burnt"]
    assert sections["Declaration"].text == "All this is true."


def test_the_final_report_has_a_section_on_the_review_and_none_without_a_spot_check() -> None:
    made = final_report(Evidence(make_setting(results=[_reviewed("H1")]), []))
    (review,) = made.findings.reviews
    assert [row.kind for row in review.kinds] == ["reviewed in any case", "reviewed whole", "drawn at random"]
    assert review.criteria[0].counted == "reviewed in any case: 0 / 1\nreviewed whole: 1 / 2"
    kinds = [section.kind for chapter in made.chapters for section in chapter.sections]
    assert "file_reviews" in kinds
    without = final_report(Evidence(make_setting(), []))
    assert "file_reviews" not in [section.kind for chapter in without.chapters for section in chapter.sections]


def test_the_report_on_the_review_says_as_the_final_report_does_where_data_speak_against_a_review() -> None:
    outcomes = {"C08": Outcome(check="C08", state="ran", judged=9, signals=1)}
    signals = [Signal(check="C08", key="H1", severity="severe", facts={}, derivation=("1",), digest="d")]
    run = CheckRun(outcomes=outcomes, signals=signals, files={("C08", "H1"): ["case-files/H1"]})
    setting = make_setting(held_against(subject="file"), data=run, results=[_reviewed()])
    said = [reviewed("Eva", "conform", "H1", sample="case-files")]
    told = "Files whose reviews say “conform” where the data say otherwise: 1; they count as they were reviewed. "
    here, there = (f"{told}What was decided on them is told {where}" for where in ("with the", "in the final report"))
    (review,) = final_report(Evidence(setting, said)).findings.reviews
    assert any(text.startswith(here) for text in review.remarks)
    assert there in review_report(Request(setting, said)).blocks[0].text
    assert told not in review_report(Request(setting, ())).blocks[0].text


def test_the_final_report_has_an_annex_of_who_was_excluded_from_which_file_as_the_report_on_the_review_has() -> None:
    found = _reviewed()
    people = {
        "l": Reviewer(name="Li", fields=("QMS",)),
        "w": Reviewer(name="Wang", fields=("QMS",)),
        "z": Reviewer(name="Zhao"),
    }
    led: dict[str, tuple[Part, ...]] = {"l": (Part(did="leader"),), "w": (Part(did="leader"),)}
    now = Reviewing(
        seed="5eed",
        people=people,
        wanted={"M1": ("QMS",), "H1": (), "H2": ()},
        excluded={"M1": led},
        unknown={"H2": ("decided",)},
    )
    setting = make_setting(results=[replace(found, listed=replace(found.listed, reviewing=now))])
    made = final_report(Evidence(setting, []))
    assert [(row.sample, row.file, row.excluded, row.missing) for row in made.annex_exclusions] == [
        ("Case files", "M1", "leader: Li, Wang\nnot competent in QMS: Zhao", ""),
        ("Case files", "H1", "", ""),
        ("Case files", "H2", "", "decided"),
    ]
    assert "Excluded from review" in [annex.title for annex in made.annexes]
    sections = {block.title: block.rows for block in review_report(Request(setting, ())).blocks}
    assert [row.c2 for row in sections["Excluded from review"]] == [row.excluded for row in made.annex_exclusions]
    assert [(row.c1, row.c2) for row in sections["Independence not verified"]] == [("H2", "decided")]
    without = final_report(Evidence(make_setting(), []))
    assert "exclusions" not in [annex.kind for annex in without.annexes]


def test_what_is_given_out_when_its_items_were_due_already_has_until_the_deadline() -> None:
    kit = make_kit({"roles": [*CONTENT_PLAN["roles"], READS]})
    conduct = kit.checklists["conduct.yaml"].model_dump(by_alias=True)
    conduct["items"][1]["roles"] = ["reads"]
    kit.checklists["conduct.yaml"] = Checklist.model_validate(conduct)
    people = {"l": Reviewer(name="Li")}
    first = Reviewing(seed="5eed", people=people, wanted={"M1": (), "H1": (), "H2": ()}, given={"M1": "l"})
    more = first.given_on(date(2023, 11, 3)).model_copy(update={"given": {"M1": "l", "H1": "l"}})
    late = more.given_on(date(2023, 11, 13)).model_copy(update={"given": {"M1": "l", "H1": "l", "H2": "l"}})
    now = late.given_on(date(2023, 11, 20))
    days = ["2023-11-07", "2023-11-15", "2023-11-20"]
    asked = reviews(kit, BODY, {"case-files": now}, ())
    assert [FormBuilder(kit).questions(one).due.isoformat() for one in asked] == days
    drawn = replace(_results({}).listed, reviewing=now)
    rows = sample_list(Request(make_setting(kit, samples=[drawn]), ())).blocks[1].rows
    printed = ["7 November 2023", "15 November 2023", "20 November 2023"]
    assert [row.c8 for row in rows[:4]] == [*printed, printed[0]], "nobody has the last one yet"


def test_first_readers_stand_once_in_the_high_risk_list_however_their_names_are_joined() -> None:
    one = _results({}).listed.one
    for between in ("、", ", ", "; "):
        files = [CaseFile("H1", {"branch": f"Li{between}Wang"}, {"risk": 9})]
        risky = replace(one, plan=PLAN.model_copy(update={"reader": "branch"}), files=files)
        said = {"H1": Told("no problem found", "Li: agrees\nWang: agrees")}
        listed = Listed(risky, [row_of(stratum) for stratum in risky.strata()], None, said)
        (line,) = high_risk_list(Request(make_setting(samples=[listed]), ())).blocks[0].rows
        assert line.c7 == "Li: agrees\nWang: agrees"

"""Whoever has population, plan and seed draws the same files, and extending a draw keeps what was drawn."""

from hashlib import sha256
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfaudit.base.problems import UserError
from selfaudit.model.sampling.drawing import Added, by_file, draw, key_of, lines, points
from selfaudit.model.sampling.plan import SamplePlan
from selfaudit.model.sampling.population import CaseFile, canonical, digest, file_id, parse
from selfaudit.model.sampling.seeds import commitment, seed, ticket

PLAN = SamplePlan.model_validate(
    {
        "format": "selfaudit/sample/1",
        "id": "case-files",
        "title": "Case files",
        "called": "file",
        "file": {"title": "Number"},
        "population": {"why": "all", "needs": {"audits": ["project"]}, "sql": "SELECT project AS file FROM audits"},
        "columns": [{"id": "branch", "title": "Branch"}, {"id": "standard", "title": "Standard"}],
        "strata": ["branch"],
        "factors": [
            {"id": "complaints", "title": "Complaints", "points": "5", "most": "10", "why": "w"},
            {"id": "penalty", "title": "Penalty", "points": "0", "mandatory": "true", "why": "w"},
        ],
        "bands": [
            {"id": "high", "title": "High", "at_least": "5", "share": "50", "least": "2"},
            {"id": "normal", "title": "Normal", "share": "10", "least": "1"},
        ],
        "extension": {"next": "5"},
    }
)
FILES = st.lists(
    st.builds(
        lambda n, branch, complaints, penalty: CaseFile(
            f"P{n}", {"branch": branch, "standard": "QMS"}, {"complaints": complaints, "penalty": penalty}
        ),
        st.integers(0, 10**6),
        st.sampled_from(["East", "West", ""]),
        st.integers(0, 3),
        st.sampled_from([0, 0, 0, 1]),
    ),
    unique_by=lambda one: one.id,
    max_size=60,
)


@given(FILES, st.randoms(use_true_random=False))
def test_the_order_of_the_files_changes_nothing(files: list[CaseFile], random: Random) -> None:
    shuffled = random.sample(files, len(files))
    assert canonical(PLAN, shuffled) == canonical(PLAN, files)
    assert lines(draw(PLAN, shuffled, "5eed")) == lines(draw(PLAN, files, "5eed"))


@given(FILES)
def test_a_population_is_read_back_as_it_was_frozen(files: list[CaseFile]) -> None:
    text = canonical(PLAN, files)
    assert parse(PLAN, text, "population.tsv") == sorted(files, key=lambda one: one.id)
    assert canonical(PLAN, parse(PLAN, text, "population.tsv")) == text


@given(FILES, st.lists(st.integers(1, 5), max_size=4))
def test_extending_keeps_what_was_drawn_and_takes_the_next_tickets(files: list[CaseFile], steps: list[int]) -> None:
    added = [Added("normal/East", n) for n in steps]
    for n in range(len(added)):
        before = {s.key.text: [one.file.id for one in s.drawn] for s in draw(PLAN, files, "5eed", added[:n])}
        after = draw(PLAN, files, "5eed", added[: n + 1])
        for stratum in after:
            ids = [one.file.id for one in stratum.drawn]
            assert ids[: len(before[stratum.key.text])] == before[stratum.key.text]
            assert [one.ticket for one in stratum.files] == sorted(one.ticket for one in stratum.files)
            more = added[n].files if stratum.key.text == "normal/East" else 0
            assert len(ids) == min(len(stratum.files), len(before[stratum.key.text]) + more)


@given(FILES)
def test_every_file_is_in_one_stratum_and_those_of_mandatory_factors_are_all_drawn(files: list[CaseFile]) -> None:
    strata = draw(PLAN, files, "5eed")
    assert sorted(one.file.id for s in strata for one in s.files) == sorted(one.id for one in files)
    drawn = {one.file.id for s in strata for one in s.drawn}
    assert {one.id for one in files if one.factors["penalty"]} <= drawn


def test_points_are_counted_up_to_the_most_of_a_factor_and_decide_the_band() -> None:
    file = CaseFile("A", {"branch": "East"}, {"complaints": 3})
    assert points(PLAN, file) == {"complaints": 10, "penalty": 0}
    assert key_of(PLAN, file).text == "high/East"
    assert key_of(PLAN, CaseFile("A", {}, {})).text == "normal/-"
    assert key_of(PLAN, CaseFile("A", {"branch": "East"}, {"penalty": 1})).text == "picked"


def test_the_sample_can_be_checked_by_hand_with_nothing_but_sha256() -> None:
    files = [CaseFile(f"P{n}", {"branch": "East"}, {}) for n in range(40)]
    by_hand = sorted(sha256(b"5eed\x1f" + one.id.encode()).hexdigest() for one in files)[:4]
    (stratum,) = draw(PLAN, files, "5eed")
    assert [one.ticket for one in stratum.drawn] == by_hand
    assert by_file([stratum])["P7"][1].ticket == ticket("5eed", "P7")


def test_numbers_that_differ_only_in_width_case_or_spaces_are_one_file() -> None:
    assert file_id("ｑ－ 12 3a") == "Q-123A"
    with pytest.raises(UserError, match="P1"):
        canonical(PLAN, [CaseFile("P1", {}, {}), CaseFile("P1", {"branch": "East"}, {})])


def test_what_would_break_a_line_of_the_population_becomes_a_space() -> None:
    file = CaseFile("P1", {"branch": " East\tof\r\nthe\u2028river "}, {"complaints": 0, "penalty": None})
    assert canonical(PLAN, [file]).splitlines()[1] == "P1\tEast of the river\t\t0\t"


@pytest.mark.parametrize("change", [("\t0\t0", "\t0\t-1"), ("P1\t", "P1"), ("file\t", "files\t"), ("0\n", "0")])
def test_a_population_that_was_changed_by_hand_is_refused_at_its_line(change: tuple[str, str]) -> None:
    text = canonical(PLAN, [CaseFile("P1", {"branch": "East"}, {"complaints": 0, "penalty": 0})]).replace(*change)
    with pytest.raises(UserError, match=r"population.tsv:\d"):
        parse(PLAN, text, "population.tsv")


def test_the_seed_needs_every_text_and_the_population_and_not_their_order() -> None:
    population = digest("file\n")
    one = seed(population, {"Wang": "a" * 12, "Li": "b" * 12})
    assert one == seed(population, {"Li": "b" * 12, "Wang": "a" * 12})
    assert one != seed(population, {"Wang": "a" * 12})
    assert one != seed(digest("other\n"), {"Li": "b" * 12, "Wang": "a" * 12})
    # the same text of two people does not show in what they hand in first
    assert commitment(population, "Wang", "a" * 12) != commitment(population, "Li", "a" * 12)

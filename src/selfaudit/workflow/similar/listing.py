"""What is alike as rows: for the terminal, for a workbook, and as plain data."""

from pathlib import Path
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.base.mask import mask
from selfaudit.files.sheets.writing import Row, write_xlsx
from selfaudit.model.base import LONGEST_TEXT
from selfaudit.model.casefiles.comparison import Comparison, same_auditors, same_organisation, same_team
from selfaudit.model.casefiles.found import Pair
from selfaudit.reports.similar import Alike, in_common, share
from selfaudit.reports.wording import Wording
from selfaudit.store.workspace import Workspace
from selfaudit.workflow.common.state.lookalikes import as_decided
from selfaudit.workflow.common.writing.output import output_path

PAIR = (
    N_("A"), N_("B"), N_("Of A in B"), N_("Of B in A"), N_("Longest passage"), N_("Passages"), N_("In common"),
    N_("State"),
)  # fmt: skip
RING = (N_("Source"), N_("Members"), N_("How many"))
LEARNED = (N_("Standard"), N_("Records, about"), N_("Text"), N_("Such as"))
_FULL = (
    *PAIR[:2], N_("Case of A"), N_("Case of B"), N_("Organisation of A"), N_("Organisation of B"), N_("Standard of A"),
    N_("Standard of B"), N_("Period of A"), N_("Period of B"), *PAIR[2:], N_("What was decided"),
    N_("Source of the ring"),
)  # fmt: skip
_WIDTHS = (40, 40, 16, 16, 24, 24, 16, 16, 12, 12, 10, 10, 10, 10, 40, 16, 40, 40)
_KNOWN = (N_("File"), N_("Case"), N_("Organisation"), N_("Standard"), N_("Audited"), N_("Auditors"))
_LEFT_OUT = (N_("File"), N_("Why"), N_("Case"), N_("Organisation"), N_("Standard"))


def pair_rows(found: Alike, wording: Wording) -> list[Row]:
    """Return a row for each pair, the most alike first."""
    return [_row(found, pair, wording) for pair in found.made.found.ranked]


def _row(found: Alike, pair: Pair, wording: Wording) -> Row:
    common, state = wording.clauses(in_common(*found.made.both(pair), wording)), found.judged(pair).state
    return (pair.a, pair.b, share(pair.of_a), share(pair.of_b), pair.longest, pair.passages, common, state)


def ring_rows(made: Comparison, wording: Wording) -> list[Row]:
    """Return a row for each ring, the largest first."""
    return [(one.source, wording.join(one.members), len(one.members) + 1) for one in made.found.ranked_rings]


def learned_rows(made: Comparison, wording: Wording, most: int) -> list[Row]:
    """Return a row for each text that was taken for template and stands in no blank form: ``most`` characters of it."""
    return [
        (one.standard or "—", one.records, mask(one.text)[:most], wording.join(one.examples))
        for one in made.found.learned
    ]


def write_workbook(workspace: Workspace, made: Comparison, output: Path) -> Path:
    """Write every pair and ring, what could not be compared, and what is known of each record; return where."""
    path = output_path(workspace, output, output.with_suffix(".xlsx"))
    wording = Wording(workspace.plan().language)
    tr, found = wording.tr, as_decided(workspace, made, wording.tr)
    full = []
    for pair in made.found.ranked:
        row, (a, b) = _row(found, pair, wording), made.both(pair)
        sides = [getattr(one, name) for name in ("case", "organisation", "standard", "period") for one in (a, b)]
        full.append((*row[:2], *sides, *row[2:], found.judged(pair).told, made.sources.get(pair.a, "")))
    left = [(one.id, one.why, one.case, one.organisation, one.standard) for one in made.not_compared]
    known = [
        (one.id, one.case, one.organisation, one.standard, one.period, wording.join(one.auditors))
        for one in made.records
    ]
    sheets: list[Any] = [
        (tr(N_("Pairs")), [tr(title) for title in _FULL], _WIDTHS, full),
        (tr(N_("Rings")), [tr(title) for title in RING], (40, 100, 10), ring_rows(made, wording)),
        (tr(N_("Not compared")), [tr(title) for title in _LEFT_OUT], (50, 60, 16, 24, 24), left),
        (
            tr(N_("Taken for template")),
            [tr(title) for title in LEARNED],
            (24, 12, 100, 60),
            learned_rows(made, wording, LONGEST_TEXT),
        ),
        (tr(N_("Every record")), [tr(title) for title in _KNOWN], (50, 16, 40, 24, 12, 24), known),
    ]
    write_xlsx(path, sheets)
    return path


def as_data(made: Comparison) -> dict[str, Any]:
    """Return all of it as plain data, for ``--json``."""
    pairs = []
    for pair in made.found.ranked:
        a, b = made.both(pair)
        told = {"same_organisation": same_organisation(a, b), "same_auditors": list(same_auditors(a, b))}
        pairs.append({**pair.model_dump(mode="json"), **told, "same_team": same_team(a, b)})
    data = made.model_dump(mode="json", exclude={"state", "format", "found"})
    found = made.found.model_dump(mode="json", exclude={"pairs"})
    return {**data, "pairs": pairs, **found}

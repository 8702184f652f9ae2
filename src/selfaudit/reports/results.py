"""What the review of a spot check shows: each kind of files by itself, what is missing beside it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.model.progress.confirming import Confirmation
from selfaudit.model.sampling.agreement import Agreement, agreement
from selfaudit.model.sampling.results import Kind, Projected, Tally, kind_of, projected, summed, tally, to_extend
from selfaudit.model.sampling.reviewed import ReviewedFile
from selfaudit.reports.samples import Listed, Row

Say = Callable[[str], str]
KINDS: dict[Kind, str] = {
    "picked": N_("reviewed in any case"),
    "whole": N_("reviewed whole"),
    "random": N_("drawn at random"),
}


@dataclass(frozen=True, slots=True)
class Figures:
    """How many files have a problem, by any criterion (``id`` is empty) or by one, for each kind of files.

    ``inapplicable`` are files without a problem to which the criterion does not apply. If it applies to none of those
    reviewed of random strata, nothing is projected.
    """

    id: str
    title: str
    of: Mapping[Kind, Tally]
    inapplicable: Mapping[Kind, int]
    projected: Projected | None

    def told(self, kind: Kind, say: Say) -> str:
        """Return how many files of a kind have a problem, of how many to which the criterion applies."""
        made, none = self.of[kind], self.inapplicable[kind]
        if none and none == made.reviewed:
            return say(N_("not applicable to any of {n}")).format(n=none)
        told = f"{made.problems} / {made.reviewed - none}"
        return say(N_("{told} (not applicable to {n})")).format(told=told, n=none) if none else told


@dataclass(frozen=True, slots=True)
class OfStratum:
    """A stratum with what was found in it; ``extend`` is how many files with a problem ask for more of it."""

    row: Row
    kind: Kind
    tally: Tally
    projected: Projected | None
    extend: int


@dataclass(frozen=True)
class Results:
    """A spot check with its reviews, what first readers say to them, and the title of each criterion by id."""

    listed: Listed
    files: Mapping[str, ReviewedFile]
    confirmed: Sequence[Confirmation]
    criteria: Mapping[str, str]

    @cached_property
    def strata(self) -> list[OfStratum]:
        """Every stratum with what was found in it."""
        return [self._of(row) for row in self.listed.rows]

    @cached_property
    def figures(self) -> list[Figures]:
        """What was found by any criterion, then by each of them."""
        several = [self._figures("", "", [*self.criteria], set())]
        for id_, title in self.criteria.items():
            none = {file for file, one in self.files.items() if one.inapplicable(id_)}
            several.append(self._figures(id_, title, [id_], none))
        return several

    @cached_property
    def agreements(self) -> dict[str, Agreement]:
        """How far two reviewers agree, by criterion; empty for whether there is any problem in the file.

        Answers to different criteria are not put together: that some apply to no file would look like agreement.
        """
        twice = [one.reviews for one in self.files.values() if len(one.reviews) > 1 and one.done]
        found = [(str(a.finds(self.criteria)), str(b.finds(self.criteria))) for a, b in twice]
        pairs = {id_: [(a.answers[id_], b.answers[id_]) for a, b in twice] for id_ in self.criteria}
        return {"": agreement(found), **{id_: agreement(several) for id_, several in pairs.items()}}

    @property
    def twice(self) -> int:
        """How many files two reviewers have reviewed."""
        return sum(len(one.reviews) > 1 and one.done for one in self.files.values())

    @property
    def open(self) -> list[str]:
        """Files that are not reviewed yet."""
        lost = self.listed.one.state.lost
        drawn = [ranked.file.id for ranked in self.listed.drawn if ranked.file.id not in lost]
        return [file for file in drawn if file not in self.files or not self.files[file].done]

    @property
    def extended(self) -> bool:
        """Whether more files were drawn for problems."""
        return any(one.why == "extended" for one in self.listed.one.state.more)

    @property
    def to_act_on(self) -> bool:
        """Whether something is open: a review, a confirmation, or a stratum of which more is to be drawn."""
        unsettled = any(one.state != "agree" for one in self.confirmed)
        return bool(self.open) or unsettled or any(one.extend for one in self.strata)

    def _verdicts(self, criteria: Sequence[str]) -> dict[str, bool | None]:
        return {file: one.verdict(criteria) for file, one in self.files.items()}

    def _of(self, row: Row) -> OfStratum:
        state, kind, verdicts = self.listed.one.state, kind_of(row.stratum), self._any
        made = tally(row.stratum, verdicts, state.lost)
        shown = projected([made]) if kind == "random" else None
        more = to_extend(self.listed.one.plan.extension, row.stratum, state.more, verdicts)
        return OfStratum(row, kind, made, shown, more)

    @cached_property
    def _any(self) -> dict[str, bool | None]:
        return self._verdicts([*self.criteria])

    def _figures(self, id_: str, title: str, criteria: Sequence[str], none: set[str]) -> Figures:
        verdicts, lost = self._verdicts(criteria), self.listed.one.state.lost
        made, inapplicable = [], Counter[Kind]()
        for row in self.listed.rows:
            kind = kind_of(row.stratum)
            made.append((kind, tally(row.stratum, verdicts, lost)))
            inapplicable[kind] += sum(ranked.file.id in none for ranked in row.stratum.drawn)
        drawn = [one for kind, one in made if kind == "random"]
        kinds = {kind: summed(one for of, one in made if of == kind) for kind in KINDS}
        applies = not inapplicable["random"] or inapplicable["random"] < kinds["random"].reviewed
        shown = projected(drawn) if drawn and applies else None
        return Figures(id_, title, {kind: one for kind, one in kinds.items() if one.files}, inapplicable, shown)

    def as_data(self) -> dict[str, Any]:
        """Return it for scripts."""
        return {
            "sample": self.listed.one.state.id,
            "drawn": len(self.listed.drawn),
            "open": self.open,
            "lost": dict(self.listed.one.state.lost),
            "reviewed_twice": self.twice,
            "confirmations": Counter(one.state for one in self.confirmed),
            "extended": self.extended,
            "strata": [
                {"stratum": one.row.stratum.key.text, "kind": one.kind, **one.tally.as_data(), "extend": one.extend}
                | ({"limits": one.projected.as_data()} if one.projected else {})
                for one in self.strata
            ],
            "results": [
                {
                    "criterion": one.id,
                    "kinds": {
                        kind: made.as_data() | {"not_applicable": one.inapplicable[kind]}
                        for kind, made in one.of.items()
                    },
                }
                | ({"limits": one.projected.as_data()} if one.projected else {})
                for one in self.figures
            ],
            "agreement": {
                id_: {"files": one.files, "same": one.same, "kappa": one.kappa} for id_, one in self.agreements.items()
            },
        }


def results_of(
    listed: Listed, files: Sequence[ReviewedFile], confirmed: Sequence[Confirmation], criteria: Mapping[str, str]
) -> Results:
    """Return what the reviews of one spot check show; ``files`` and ``confirmed`` may also be of others."""
    id_, lost = listed.one.state.id, listed.one.state.lost
    drawn = {ranked.file.id for ranked in listed.drawn} - lost.keys()
    own = {one.file: one for one in files if one.sample == id_ and one.file in drawn}
    return Results(listed, own, [one for one in confirmed if one.sample == id_ and one.file in own], criteria)

"""What records say, as the pages of an archive show it: in words, without what the program keeps for itself."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from selfaudit.base.i18n import N_
from selfaudit.files.bags.writing import PAYLOAD
from selfaudit.model.data.figure import FIGURE
from selfaudit.model.data.named import NAMED
from selfaudit.model.data.outcome import CHECK, REASONS, STATES
from selfaudit.model.data.verdict import CODES, VERDICT
from selfaudit.model.data.verdict import STATES as VERDICTS
from selfaudit.model.disposition.disposition import FIELDS
from selfaudit.model.finding import FINDING_FIELDS
from selfaudit.model.form.confirming import OPINION
from selfaudit.model.form.rounds import ROUNDS
from selfaudit.model.rectification.fields import REGISTER_FIELDS
from selfaudit.model.sampling.reviewing import REVIEWERS
from selfaudit.reports.setting import Setting

TITLES = {
    "evidence": N_("Evidence filed"),
    "disposition": N_("Dispositions"),
    "notice": N_("Notices"),
    "deliverable": N_("Deliverables"),
    "corrections": N_("Forms for corrections"),
    "confirmations": N_("Forms for confirmations"),
    "register": N_("Data of the body"),
    "mapping": N_("Headers of files, as people said what they mean"),
    CHECK: N_("Outcomes of data checks"),
    VERDICT: N_("Verdicts on signals"),
    FIGURE: N_("Figures from the registers"),
    NAMED: N_("What registers say of numbers in answers"),
    REVIEWERS: N_("Who reviews the files of spot checks"),
}
"""What the registers are called, in the order of the pages."""
_WITHDRAWN = {"withdrawn_on": N_("Withdrawn on"), "withdrawn_why": N_("Withdrawn because")}
SHOWN: Mapping[str, Mapping[str, str]] = {
    "finding": {
        "closed": N_("Closed"),
        "reopened": N_("Reopened"),
        "withdrawn": N_("Withdrawn"),
        "merged": N_("Merged"),
        "merged_into": N_("Merged into"),
        "origin": N_("Where it comes from"),
        "entered": N_("Entered by hand"),
        "evidence": N_("evidence"),
    },
    "sample": {
        "source": N_("List"),
        "files": N_("Files"),
        "population": N_("SHA-256 of the population"),
        "public": N_("Public value named"),
        "value": N_("Public value"),
        "given": N_("Seed given"),
        "given_by": N_("Given by"),
        "drawn": N_("SHA-256 of what is drawn"),
    },
    REVIEWERS: {
        "given": N_("Reviewers"),
        "second": N_("Second reviewers"),
        "by_hand": N_("Chosen by hand"),
        "lacking": N_("Independence not verified for want of"),
    },
    "evidence": {
        "name": N_("Name"),
        "file": N_("File"),
        "came": N_("Came from"),
        "bindings": N_("Belongs to"),
        "dismissed": N_("Set aside"),
    },
    "disposition": {
        **{field.key: field.title for field in FIELDS},
        "approved_by": N_("Approved by"),
        "approved_on": N_("Approved on"),
        **_WITHDRAWN,
    },
    "notice": {
        "title": N_("Kind of notice"),
        "to": N_("Sent to"),
        "on": N_("Date"),
        "says": N_("Dispositions"),
        "made_by": N_("Made by"),
        "file": N_("File"),
        "delivered_on": N_("Delivered on"),
        "delivered_how": N_("Delivered how"),
        "receipt": N_("Receipt"),
        **_WITHDRAWN,
    },
    "deliverable": {
        "files": N_("File"),
        "signed_by": N_("Signed by"),
        "omitted": N_("There is none, because"),
    },
    "corrections": {
        "respondent": N_("Owner"),
        "files": N_("File"),
        "gaps": N_("Points missing in what came back"),
    },
    "confirmations": {
        "respondent": N_("First reader"),
        "files": N_("File"),
        "said": N_("What they say"),
        "gaps": N_("Points missing in what came back"),
        "signed": N_("Signed sheet"),
    },
    "register": {
        "rows": N_("Rows"),
        "files": N_("Made of"),
        "file": N_("File"),
    },
    "mapping": {
        "register_": N_("Register"),
        "columns": N_("Columns"),
    },
    CHECK: {
        "state": N_("Outcome"),
        "reason": N_("Not run because"),
        "detail": N_("Detail"),
        "missing": N_("Data missing"),
        "signals": N_("Signals"),
        "judged": N_("Rows judged"),
        "unknown": N_("Rows that cannot be judged"),
        "lacking": N_("Lacking"),
        "as_of": N_("Judged as of"),
        "file": N_("File"),
    },
    VERDICT: {
        "said": N_("Verdict"),
        "code": N_("Why it is none"),
        "reason": N_("Reason"),
        "by": N_("Decided by"),
        "on": N_("Decided on"),
        "until": N_("Holds until"),
        "seconded": N_("Agreed by"),
        "facts": N_("Facts"),
        "severity": N_("Severity"),
        "finding": N_("Finding"),
    },
    NAMED: {
        "title": N_("Register"),
        "found": N_("Numbers with their status"),
    },
    FIGURE: {
        "values": N_("Figures"),
        "unknown": N_("Rows that cannot be counted"),
        "reason": N_("Not known because"),
        "missing": N_("Data missing"),
        "sql": "SQL",
    },
}
"""What the fields of each kind of record are called, in the order in which they are shown; the others are not."""
_FILES = ("file", "files", "receipt")
_COUNTS = ("rows", "signals", "judged", "unknown")
"""What is told also where there are none of it: that a check signalled nothing is not that nothing is known."""
_BY_NAME = ("disposition", "columns", "facts", "lacking", "found", "given", "second", "by_hand")
"""What has a text or number by name."""
_IN_SHORT = (
    "id", "file", "respondent", "place", "finding", "class_title", "target", "action", "by", "on", "reason",
)  # fmt: skip
"""What is told of an entry of a list, such as a disposition of which a notice tells."""


class Teller:
    """Makes titles and texts of the data of records; ``names`` are those of respondents, by key."""

    def __init__(self, setting: Setting, names: Mapping[str, str]) -> None:
        """Take what the kit calls what people choose from."""
        plan, wording = setting.kit.plan, setting.wording
        self._names, self._wording = names, wording
        actions = [action for one in plan.dispositions for action in one.actions]
        self._deliverables = {one.id: one.title for one in plan.deliverables}
        self._classes = {one.id: one.title for one in plan.dispositions}
        self._chosen: dict[str, Mapping[str, str]] = {
            "severity": {one.id: one.title for one in plan.severities},
            "kind": self._classes,
            "action": {action.key: action.title for action in actions},
            "state": {state: wording.tr(word) for state, word in STATES.items()},
            "reason": {reason: wording.tr(word) for reason, word in REASONS.items()},
            "code": {code: wording.tr(word) for code, word in CODES.items()},
            "said": {said: wording.tr(VERDICTS[said]) for said in ("confirmed", "explained")},
            "reason_code": {reason.id: reason.title for action in actions for reason in action.reasons},
        }
        fields = (*FINDING_FIELDS, *plan.fields, *REGISTER_FIELDS)
        self._finding = {**{field.key: field.title for field in fields}, **SHOWN["finding"]}

    def record(self, kind: str, data: Mapping[str, Any]) -> dict[str, str]:
        """Return what a record of a register says."""
        if data.get("state") == "not_run":
            data = {key: value for key, value in data.items() if key not in _COUNTS}
        if kind == NAMED:
            data = {**data, "found": _found(data, self._wording.tr)}
        if kind == "confirmations":
            data = {**data, "said": [*self._opinions(data.get("content", {}))]}
        if kind == REVIEWERS:
            called = {id_: one["name"] for id_, one in data.get("people", {}).items()}
            own = {key: data.get(key, {}) for key in ("given", "second")}
            data = {**data, **{key: {file: called[id_] for file, id_ in ids.items()} for key, ids in own.items()}}
        return self._said(SHOWN.get(kind, {}), data)

    def _opinions(self, content: Mapping[str, Any]) -> Iterator[str]:
        """Yield what a first reader says of each file."""
        for one in content.get("findings", ()):
            said = (self._wording.tr(OPINION[one["opinion"]]) if "opinion" in one else "", one.get("reason", ""))
            yield self._wording.pair(one["file"], self._wording.clauses(filter(None, said)))

    def finding(self, data: Mapping[str, Any]) -> dict[str, str]:
        """Return what was reported of a finding, or what the register says of it."""
        return self._said(self._finding, {**data, **(data.get("said") or {})})

    def heading(self, kind: str, id_: str, data: Mapping[str, Any]) -> str:
        """Return what a record is called: by its id if that is a number that people use."""
        if kind in ROUNDS:
            return self._text("respondent", data["respondent"])
        if kind == "deliverable":
            of, _, whose = id_.partition("/")
            name = next((self._names[key] for key in (f"unit:{whose}", f"person:{whose}") if key in self._names), whose)
            return self._wording.aside(self._deliverables.get(of, of), name)
        return str(data.get("name") or id_) if kind == "evidence" else id_

    def _said(self, titles: Mapping[str, str], data: Mapping[str, Any]) -> dict[str, str]:
        tr = self._wording.tr
        told = {tr(title): self._text(key, data.get(key)) for key, title in titles.items()}
        return {title: text for title, text in told.items() if text}

    def _text(self, key: str, value: Any) -> str:
        if value == 0 and key in _COUNTS:
            return "0"
        if not value:
            return ""
        if isinstance(value, list):
            return "\n".join(self._text(key, one) for one in value)
        if isinstance(value, dict):
            return self._together(key, value)
        if value is True:
            return self._wording.tr(N_("yes"))
        text = str(value)
        if key in _FILES:
            return f"{PAYLOAD}{text}"
        return self._chosen.get(key, self._names).get(text, text)

    def _together(self, key: str, value: Mapping[str, Any]) -> str:
        """Return an entry that has several fields itself."""
        wording, classes = self._wording, self._classes
        if key in _BY_NAME:
            said = ((classes.get(one, one), text) for one, text in value.items() if text)
            return wording.clauses(wording.aside(name, str(text)) for name, text in said)
        if key == "values":
            number = wording.tr(N_("not known")) if value["value"] is None else str(value["value"])
            return wording.pair(value["label"], number) if value["label"] else number
        if key == "respondent":
            return self._names.get(value["key"], value["name"])
        told = " ".join(self._in_short(value))
        return told or str(value.get("name", ""))

    def _in_short(self, entry: Mapping[str, Any]) -> Iterator[str]:
        return (self._text(name, entry[name]) for name in _IN_SHORT if entry.get(name))


def _found(data: Mapping[str, Any], say: Callable[[str], str]) -> dict[str, str]:
    """Return what a register says of every number, in words."""
    words = {None: say(N_("not in the register")), "": say(N_("not known"))} | data["ended"]
    holds = next(iter(data["holds"]), "")
    return {number: words.get(status, holds) for number, status in data["found"].items()}


def place(kind: str) -> int:
    """Return where the page of a register stands."""
    return [*TITLES, kind].index(kind)

"""The list of signals as a workbook: what is looked at, and what is filled in and read back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from selfaudit.base.i18n import LANGUAGES, N_, translator
from selfaudit.files.sheets.writing import Look, Row
from selfaudit.model.data.check import CheckId, DataCheck
from selfaudit.model.data.kit import DataKit
from selfaudit.model.data.outcome import told
from selfaudit.model.data.titles import titles
from selfaudit.model.data.verdict import CODES, STATES, Standing
from selfaudit.model.kit.plan import Plan
from selfaudit.workflow.common.state.signals import Ran

CHECK, KEY, VERSION = "check", "key", "version"
SAID, CODE, REASON, UNTIL, SECONDED, ITEM, ABOUT = "said", "code", "reason", "until", "seconded", "item", "about"
_SHOWN = {
    CHECK: (N_("Data check"), 7),
    "title": (N_("What it asks"), 16),
    KEY: (N_("Signal"), 14),
    VERSION: (N_("Version"), 9),
    "severity": (N_("Severity"), 8),
    "unit": (N_("Unit"), 10),
    "facts": (N_("Facts"), 26),
    "derivation": (N_("How it was computed"), 26),
    "tell": (N_("When it is none, and how to tell"), 24),
    "state": (N_("State"), 14),
}
FILLED = {
    SAID: (N_("Verdict"), 10),
    CODE: (N_("Why it is none"), 12),
    REASON: (N_("Reason"), 22),
    UNTIL: (N_("Holds until"), 11),
    SECONDED: (N_("Agreed by"), 10),
    ITEM: (N_("Item"), 8),
    ABOUT: (N_("About whom"), 10),
}
"""The columns that are read back."""
_TITLES = {**_SHOWN, **FILLED}
_UNASKED = ((N_("Data check"), 8), (N_("What it asks"), 40), (N_("Outcome"), 50), (N_("Data missing"), 60))
_MARK = 6


def mark_of(one: Standing) -> str:
    """Return what tells a signal with its verdict from the same signal with other facts or another verdict."""
    return f"{one.version}·{one.signal.digest[:_MARK]}"


def names() -> dict[str, set[str]]:
    """Return what each column may be called, in any language, by key."""
    return {key: {translator(one)(title) for one in LANGUAGES} for key, (title, _) in _TITLES.items()}


@dataclass(frozen=True, slots=True)
class Book:
    """The columns for a plan and its checks."""

    plan: Plan
    checks: dict[CheckId, DataCheck]

    def _say(self, text: str) -> str:
        return translator(self.plan.language)(text)

    @property
    def look(self) -> Look:
        """How the sheet looks: verdicts and reasons are offered, what is only shown is grey."""
        keys = list(_TITLES)
        verdicts = [self._say(STATES[said]) for said in ("confirmed", "explained")]
        offered = {keys.index(SAID): verdicts, keys.index(CODE): [self._say(word) for word in CODES.values()]}
        grey = frozenset(n for n, key in enumerate(keys) if key in _SHOWN and key not in (CHECK, KEY))
        return Look(f"{self.plan.title}  {self._say(N_('Signals'))}", offered, grey)

    def sheet(self, found: Iterable[Standing]) -> tuple[str, list[str], list[int], Iterable[Row]]:
        """Return the sheet of some signals, the most severe first, for ``write_xlsx``."""
        header = [self._say(title) for title, _ in _TITLES.values()]
        rank = {severity.id: n for n, severity in enumerate(self.plan.severities)}
        weighty = sorted(found, key=lambda one: rank.get(one.signal.severity, len(rank)))
        return self._say(N_("Signals")), header, [width for _, width in _TITLES.values()], map(self._row, weighty)

    def unasked(self, outcomes: Mapping[CheckId, Ran], kit: DataKit) -> tuple[str, list[str], list[int], list[Row]]:
        """Return the sheet of the checks of which the list does not say everything, as they did not run or in part."""
        header = [self._say(title) for title, _ in _UNASKED]
        rows: list[Row] = []
        for check in self.checks.values():
            ran = outcomes.get(check.id)
            if check.status != "withdrawn" and (said := self._unasked(ran)):
                missing = titles(kit, ran.outcome.missing) if ran else ()
                rows.append((check.id, check.title, said, "\n".join(missing)))
        return self._say(N_("Not run, or in part")), header, [width for _, width in _UNASKED], rows

    def _unasked(self, ran: Ran | None) -> str:
        if ran is None:
            return self._say(N_("never run"))
        one = ran.outcome
        if one.state != "ran":
            return told(one, self._say)
        text = self._say(N_("{signals} signals of {judged}; only the {kept} most severe can be listed"))
        return text.format(signals=one.signals, judged=one.judged, kept=one.kept) if one.kept < one.signals else ""

    def _row(self, one: Standing) -> Row:
        signal, check = one.signal, self.checks.get(one.signal.check)
        severities = {severity.id: severity.title for severity in self.plan.severities}
        colon = self._say(N_("{title}: {text}"))
        titles = [title for title in check.shown.values() if title in signal.facts] if check else [*signal.facts]
        shown = {
            CHECK: signal.check,
            "title": check.title if check else "",
            KEY: signal.key,
            VERSION: mark_of(one),
            "severity": severities.get(signal.severity, signal.severity),
            "unit": signal.unit,
            "facts": "\n".join(colon.format(title=title, text=signal.facts[title]) for title in titles),
            "derivation": "\n".join(signal.derivation),
            "tell": "\n".join(f"{each.when} → {each.tell}" for each in (check.false_positives if check else ())),
            "state": self._state(one),
        }
        return [{**shown, **self.filled(one)}[key] for key in _TITLES]

    def _state(self, one: Standing) -> str:
        """Return what holds, with what was said before where that has to be decided again."""
        told = [self._say(STATES[one.state])]
        if one.exception:
            told.append(one.exception.reason)
        elif one.open and one.verdict and one.verdict.said:
            told += [self._say(STATES[one.verdict.said]), one.verdict.reason, f"{one.verdict.by} {one.verdict.on}"]
        return "\n".join(told)

    def filled(self, one: Standing) -> dict[str, str]:
        """Return the cells that are read back: those of the verdict that holds."""
        verdict = one.verdict if one.state in ("confirmed", "explained") else None
        if verdict is None or not verdict.said:
            return dict.fromkeys(FILLED, "")
        return {
            SAID: self._say(STATES[verdict.said]),
            CODE: self._say(CODES[verdict.code]) if verdict.code else "",
            REASON: verdict.reason,
            UNTIL: str(verdict.until or ""),
            SECONDED: verdict.seconded,
            ITEM: "",
            ABOUT: "",
        }

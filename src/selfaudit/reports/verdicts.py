"""What persons said of signals, for the list of decisions: which were confirmed, and how many explained by whom.

What the body has excepted beforehand is told by exception, as far as it covers any signal.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from selfaudit.model.data.check import CheckId, DataCheck
from selfaudit.model.data.verdict import CODES, Standing, Verdict
from selfaudit.reports.wording import Wording
from selfaudit.store.ledger.decisions import Decision

CONFIRMED, EXPLAINED, EXCEPTED = "signal-confirmed", "signals-explained", "signals-excepted"


def decisions_on_signals(
    standings: Sequence[Standing], checks: Mapping[CheckId, DataCheck], wording: Wording
) -> Iterator[Decision]:
    """Yield what holds today of signals, as decisions: what was confirmed, explained and excepted, in this order."""
    for one in standings:
        if one.state == "confirmed" and (said := one.verdict):
            about = {"check": said.check, "title": _title(checks, said.check), "key": said.key}
            yield Decision(CONFIRMED, f"{said.check} {said.key}", said.by, said.reason, about, _at(said))
    for (check, by), made in _grouped(standings).items():
        data = {"check": check, "title": _title(checks, check), "n": len(made)}
        yield Decision(EXPLAINED, f"{check} {by}", by, _codes(made, wording), data, max(map(_at, made)))
    covered: dict[tuple[CheckId, str, str], int] = {}
    for one in standings:
        if one.state == "excepted" and (exception := one.exception):
            which = (exception.check, exception.by, exception.reason)
            covered[which] = covered.get(which, 0) + 1
    for (check, by, reason), n in covered.items():
        yield Decision(EXCEPTED, check, by, reason, {"check": check, "title": _title(checks, check), "n": n})


def _grouped(standings: Iterable[Standing]) -> dict[tuple[CheckId, str], list[Verdict]]:
    """Return what was explained, by check and person."""
    found: dict[tuple[CheckId, str], list[Verdict]] = {}
    for one in standings:
        if one.state == "explained" and one.verdict:
            found.setdefault((one.verdict.check, one.verdict.by), []).append(one.verdict)
    return found


def _codes(made: Sequence[Verdict], wording: Wording) -> str:
    codes = [one.code or "other" for one in made]
    return wording.clauses([f"{wording.tr(word)} {codes.count(code)}" for code, word in CODES.items() if code in codes])


def _title(checks: Mapping[CheckId, DataCheck], check: CheckId) -> str:
    return checks[check].title if check in checks else ""


def _at(said: Verdict) -> str:
    # the day is what a verdict says; at noon it is the same nearly everywhere
    return f"{said.on}T04:00:00Z"

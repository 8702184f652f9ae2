"""What the gate says of findings: what is not said of them yet, and what of their handling has to be looked at."""

from collections.abc import Iterator

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Some, Term, note, warning
from selfaudit.reports.evidence import Evidence

FINDING_INCOMPLETE = warning(
    "gate.finding-incomplete",
    N_("findings without {fields}: {count} ({ids})"),
    N_("Ask the people who reported them to complete the form, then collect it again."),
)
ENTERED_INCOMPLETE = warning(
    "gate.entered-incomplete",
    N_("findings that no answer reports, without {fields}: {count} ({ids})"),
    N_("Nobody has a form to complete: write it into the register with selfaudit findings set {first} FIELD=TEXT."),
)
NO_DISPOSITION = warning(
    "gate.no-disposition",
    N_("findings that do not say how they are handled: {count} ({ids})"),
    N_(
        "Decide what happens ({classes}); have the form completed, or write it into the register with"
        " selfaudit findings set."
    ),
)
DEFAULT_SEVERITY = note(
    "gate.default-severity",
    N_("findings of which nobody said how severe they are: {count} ({ids})"),
    N_("They are printed with the severity of their item, and marked; have the form completed if it is another."),
)
REPORTED_OTHERWISE = warning(
    "gate.reported-otherwise",
    N_("findings reported otherwise since the register was edited: {count} ({ids})"),
    N_(
        "Compare with selfaudit findings show; any change with selfaudit findings set confirms that it was seen;"
        " what is closed, withdrawn or merged is taken up again first: selfaudit findings reopen."
    ),
)
REPORTED_NO_MORE = warning(
    "gate.reported-no-more",
    N_("findings that the register handles and no answer reports any more: {count} ({ids})"),
    N_("Take them out with selfaudit findings withdraw, or keep them by a change with selfaudit findings set."),
)
NOT_CLOSED = note(
    "gate.not-closed",
    N_("findings not closed: {count}; of these overdue: {late} ({ids})"),
    N_("The report says how far each is; selfaudit findings list shows them."),
)

_MOST_IDS = 10


def finding_gaps(evidence: Evidence) -> Iterator[Problem]:
    """Yield everything about findings that keeps the final report from being final, or is only noted."""
    yield from _findings(evidence)
    yield from _handling(evidence)


def _findings(evidence: Evidence) -> Iterator[Problem]:
    by_fields: dict[tuple[bool, tuple[str, ...]], list[str]] = {}
    unhandled = []
    for finding in evidence.findings:
        lacking = evidence.setting.lacking(finding)
        if fields := tuple(name for name in lacking if name != "disposition"):
            by_fields.setdefault((finding.source == "answer", fields), []).append(finding.short_id)
        if "disposition" in lacking:
            unhandled.append(finding.short_id)
    words_of = {field.key: Term(field.word) for field in evidence.setting.kit.plan.fields}
    for (is_reported, fields), ids in by_fields.items():
        words, named = [words_of[name] for name in fields], Some(tuple(ids), _MOST_IDS)
        if is_reported:
            yield FINDING_INCOMPLETE(count=len(ids), fields=words, ids=named)
        else:
            yield ENTERED_INCOMPLETE(count=len(ids), fields=words, ids=named, first=ids[0])
    if unhandled:
        classes = [kind.title for kind in evidence.setting.kit.plan.dispositions]
        yield NO_DISPOSITION(count=len(unhandled), ids=Some(tuple(unhandled), _MOST_IDS), classes=classes)
    by_default = [finding.short_id for finding in evidence.findings if finding.by_default]
    if by_default and evidence.setting.graded:
        yield DEFAULT_SEVERITY(count=len(by_default), ids=Some(tuple(by_default), _MOST_IDS))


def _handling(evidence: Evidence) -> Iterator[Problem]:
    """Yield what of the register somebody has to look at; a correction that is still under way is only noted."""
    findings, today = evidence.findings, evidence.setting.today
    # one that does not count was set aside for what it said then
    otherwise = [one.short_id for one in (*findings, *evidence.set_aside) if one.reported_otherwise]
    no_more = [one.short_id for one in findings if one.reported_no_more]
    for kind, ids in ((REPORTED_OTHERWISE, otherwise), (REPORTED_NO_MORE, no_more)):
        if ids:
            yield kind(count=len(ids), ids=Some(tuple(ids), _MOST_IDS))
    still = [finding for finding in findings if finding.state != "closed"]
    if evidence.setting.register.entries and still:
        ids = [finding.short_id for finding in sorted(still, key=lambda one: not one.overdue(today))]
        late = sum(finding.overdue(today) for finding in still)
        yield NOT_CLOSED(count=len(still), late=late, ids=Some(tuple(ids), _MOST_IDS))

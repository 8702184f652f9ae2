"""Build what documents say of the files that show something: a line at an item, and the index of all."""

from collections.abc import Iterable, Iterator

from selfaudit.base.i18n import N_
from selfaudit.model.evidence import STATE_WORDS, EvidenceAt
from selfaudit.reports.context.parts import EvidenceRow
from selfaudit.reports.evidence import Evidence
from selfaudit.reports.setting import Setting


def files_text(setting: Setting, files: Iterable[EvidenceAt]) -> str:
    """Return the files of an item on one line, each with the beginning of its hash; empty if there are none."""
    wording = setting.wording
    named = [wording.aside(setting.text(at.name), _mark(at, setting)) for at in files]
    return wording.pair(wording.tr(N_("Evidence files")), wording.clauses(named)) if named else ""


def evidence_rows(evidence: Evidence) -> Iterator[EvidenceRow]:
    """Yield every file of every response, in the order of the roster, then those of corrections."""
    setting = evidence.setting
    said = ((voice.respondent, at) for voice, at in evidence.files)
    for number, (who, at) in enumerate((*said, *setting.corrected), 1):
        yield EvidenceRow(
            number=str(number),
            place=at.place,
            finding=at.finding,
            name=setting.text(at.name),
            who=setting.called(who),
            unit=who.unit_name,
            hash=_mark(at, setting),
        )


def _mark(at: EvidenceAt, setting: Setting) -> str:
    """Return the beginning of the hash of a file, or why it is not there."""
    return at.short_hash or setting.wording.tr(STATE_WORDS[at.state])

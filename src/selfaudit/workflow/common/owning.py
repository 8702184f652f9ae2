"""Who owns a finding, and what the register says of what an owner fills in."""

from collections.abc import Mapping

from selfaudit.base.names import name_key
from selfaudit.model.form.correcting import OF_REGISTER, REPORTED
from selfaudit.model.form.form import Respondent
from selfaudit.model.progress.standing import FindingRecord


def values_of(finding: FindingRecord) -> dict[str, str]:
    """Return what the register says of everything that an owner fills in; dates in ISO form."""
    of_register = {key: getattr(finding.rectification, key) for key in OF_REGISTER}
    said = {key: finding.data.get(key) for key in REPORTED} | of_register
    return {key: str(value or "") for key, value in said.items()}


def owner_keys(finding: FindingRecord, everybody: Mapping[str, Respondent]) -> list[str]:
    """Return the key of whoever owns a finding; none if they are nobody on the roster, several if nobody knows who."""
    if finding.rectification.owner_key in everybody:
        return [finding.rectification.owner_key]
    owner = str(finding.data.get("owner") or "")
    named = [who.key for who in everybody.values() if name_key(who.name) == name_key(owner)] if owner else []
    # of several of one name it is the one who reported it, or is in the unit that did
    reporter = finding.respondent
    own = [key for key in named if key == reporter.key]
    near = [key for key in named if everybody[key].unit == reporter.unit]
    return own or (near if len(near) == 1 else named)

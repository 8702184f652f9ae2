"""The fields of a form for corrections: of each finding what was reported, and what its owner says is done about it."""

from collections.abc import Iterable

from selfaudit.base.i18n import N_
from selfaudit.model.finding import FIELD_OF, FindingChoice, FindingField, fields_asked, given
from selfaudit.model.rectification.fields import REGISTER_FIELD_OF

GIVEN = (
    given("finding", N_("number of the finding"), N_("Finding"), 10),
    *(given(key, FIELD_OF[key].word, FIELD_OF[key].title, width) for key, width in (("item", 14), ("fact", 30))),
    *(given(key, FIELD_OF[key].word, FIELD_OF[key].title, width) for key, width in (("basis", 16), ("severity", 8))),
    given("due", FIELD_OF["due"].word, FIELD_OF["due"].title, 11),
    given("version", N_("version in the register"), N_("Version"), 8),
)
"""What is shown of a finding, as texts."""

REPORTED = ("cause", "correction", "similar")
"""The fields of a finding that its owner fills in; what was reported stands there."""
OF_REGISTER = ("similar_scope", "similar_found", "corrected_on", "corrected_by", "no_evidence")
"""The fields that only the register has."""
PROPOSED = (*REPORTED, *OF_REGISTER)
"""Everything that the owner fills in, in the order in which the register has it."""
NEEDED = tuple(key for key in PROPOSED if key != "no_evidence")
"""What is missing as long as it is empty."""


def correction_fields(choices: Iterable[FindingChoice]) -> tuple[FindingField, ...]:
    """Return the fields of a form for corrections; those of a finding in the words of the kit."""
    own = {field.key: field for field in fields_asked(choices, graded=True, handled=False)}
    return (
        FIELD_OF["number"],
        *GIVEN,
        *(own.get(key, FIELD_OF[key]) for key in REPORTED),
        *(REGISTER_FIELD_OF[key] for key in OF_REGISTER),
    )

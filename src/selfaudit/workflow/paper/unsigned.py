"""Says why somebody has nothing to sign yet."""

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, error
from selfaudit.model.progress.standing import Standing

NO_ANSWERS = error(
    "paper.no-answers", N_("{name} has not answered yet, so there is nothing to sign"), N_("Collect the form first.")
)
WAIVED = error(
    "paper.waived",
    N_("{name} need not answer, so there is nothing to sign"),
    N_("“selfaudit status --of {name}” shows who decided that and why."),
)
INCOMPLETE = error(
    "paper.incomplete",
    N_("the answers of {name} are incomplete, so there is nothing to sign yet"),
    N_(
        "See what is missing with selfaudit status --of {name}, have it filled in, collect again, then print the sheet."
    ),
)
CONFLICT = error(
    "paper.conflict",
    N_("the responses of {name} contradict each other, so there is nothing to sign yet"),
    N_("Choose which response counts with selfaudit contradictions, then print the sheet."),
)


def nothing_to_sign(standing: Standing) -> Problem | None:
    """Return why a respondent has nothing to sign yet and what comes first, None if there is something."""
    kinds = {"missing": NO_ANSWERS, "waived": WAIVED, "incomplete": INCOMPLETE, "conflict": CONFLICT}
    return kinds[standing.unsettled](name=standing.respondent.name) if standing.unsettled else None

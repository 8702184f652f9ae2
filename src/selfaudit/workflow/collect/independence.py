"""Whether somebody who filled in the review of a file in another's place had to do with that file."""

from collections.abc import Iterator

from selfaudit.base.names import aside_key
from selfaudit.base.problems import Problem
from selfaudit.model.kept import BARRED_REVIEWER, OTHER_REVIEWER
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.store.ledger.respondents import respondents
from selfaudit.workflow.collect.parsed import Parsed
from selfaudit.workflow.common.state.samples import reviewings


def barred(ledger: Ledger, parsed: Parsed) -> Iterator[Problem]:
    """Yield that whoever filled in the review is excluded from the file, with what they did for it."""
    if not any(gap.code == OTHER_REVIEWER.code for gap in parsed.gaps):
        return
    who, _ = respondents(ledger)[parsed.respondent]
    sample, file = who.drawn
    found = reviewings(ledger).get(sample)
    if found is None:
        return
    _, now = found
    for id_, parts in now.excluded.get(file, {}).items():
        if aside_key(now.people[id_].name.partition("*")[0]) == aside_key(parsed.filled_by):
            why = [part.did for part in parts]
            yield BARRED_REVIEWER(by=parsed.filled_by, file=file, reviewer=who.reviewer, why=why)

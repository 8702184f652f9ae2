"""What the reviews of spot checks show."""

from collections.abc import Iterable

from selfaudit.model.kit.kit import Kit
from selfaudit.model.progress.standing import Standing
from selfaudit.reports.results import Results, results_of
from selfaudit.reports.samples import Listed
from selfaudit.store.ledger.ledger import Ledger
from selfaudit.workflow.common.state.confirmed import confirmations
from selfaudit.workflow.common.state.reviewed import reviewed_files


def results(
    ledger: Ledger, kit: Kit, samples: Iterable[Listed], everybody: Iterable[Standing] | None = None
) -> list[Results]:
    """Return what was found in the files of spot checks, as far as they are reviewed."""
    everybody = list(everybody) if everybody is not None else None
    files, said = reviewed_files(ledger, kit, everybody), confirmations(ledger, kit, everybody)
    return [
        results_of(one, files, said, {id_: kit.items[id_].title for id_ in kit.criteria_of(one.one.state.id)})
        for one in samples
    ]

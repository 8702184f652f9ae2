"""What registers say of the files of a spot check."""

from dataclasses import dataclass, field

from selfaudit.model.data.outcome import Reason
from selfaudit.model.sampling.population import CaseFile


@dataclass(frozen=True, slots=True)
class Populated:
    """The files, or why they are not known; ``missing`` are columns, ``registers`` the version of each that was asked.

    ``nameless`` rows have no number of a file and are in no sample.
    """

    files: tuple[CaseFile, ...] = ()
    nameless: int = 0
    reason: Reason | None = None
    detail: str = ""
    missing: tuple[str, ...] = ()
    registers: dict[str, int] = field(default_factory=dict)

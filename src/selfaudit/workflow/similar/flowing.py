"""Compares the records whose texts are in the cache by the engine daft, in this process or on a Ray cluster."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from selfaudit.base.i18n import N_
from selfaudit.base.problems import UserError, error
from selfaudit.casefiles.comparing import Comparison
from selfaudit.model.casefiles.record import CaseRecord
from selfaudit.model.casefiles.settings import Settings
from selfaudit.store.texts import Texts
from selfaudit.store.workspace import private
from selfaudit.workflow.similar.comparing import forms_of, leave

NO_DAFT = error(
    "similar.no-daft",
    N_("the engine daft is not installed"),
    N_("Install it with: pip install “selfaudit[daft]”, or leave --engine out."),
)
NO_RAY = error(
    "similar.no-ray",
    N_("no Ray cluster answers at {address}"),
    N_("Start one with: ray start --head --node-ip-address 127.0.0.1, and give its address and port."),
)


def compare_in_flow(  # noqa: PLR0913, PLR0917 - what is compared, where it is, and by whom
    folder: Path,
    texts: Texts,
    records: Sequence[CaseRecord],
    blanks: Mapping[str, Sequence[str]],
    settings: Settings,
    ray: str,
) -> Comparison:
    """Return what is alike, found by all records anew; the texts are written into the folder meanwhile.

    ``ray`` is the address of a cluster whose machines all see the folder, or empty.
    """
    try:
        from selfaudit.casefiles.dataflow import engine, runner  # noqa: PLC0415 - not everybody has it
    except ModuleNotFoundError:
        raise UserError(NO_DAFT()) from None
    try:
        runner.use(ray or None)
    except OSError:
        raise UserError(NO_RAY(address=ray)) from None
    with private(folder) as own:
        frame = runner.frame_of(own, ((number, texts.text(one.digest)) for number, one in enumerate(records)))
        made = engine.compare(records, frame, forms_of(texts, blanks), settings)
    leave(texts, made)
    return made

"""How a document is written, whichever it is."""

from dataclasses import dataclass, field

from selfaudit.workflow.common.listener import Listener, Silent


@dataclass(frozen=True, slots=True)
class Manner:
    """Whether numbers of persons are masked, whether a PDF is wanted as well, and who hears how far it is."""

    masked: bool = True
    pdf: bool = False
    listener: Listener = field(default_factory=Silent)

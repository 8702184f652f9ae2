"""The last look at a copy without personal data: every file of it is searched for what should not be there."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

from selfaudit.base.i18n import N_
from selfaudit.base.problems import Problem, Term, Where, error
from selfaudit.workflow.archive.redact.documents import readings
from selfaudit.workflow.archive.redact.masking import Mask

PERSONAL = error(
    "archive.personal",
    N_("still contains {what}: {words}"),
    N_("The copy was not delivered. Report this, or take the words out of the campaign's texts by hand."),
)


def still_personal(path: Path, mask: Mask) -> Iterator[Problem]:
    """Yield what is personal in any file of a zip or in its name, each kind once a file."""
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            name = info.filename.partition("/")[2]
            told = set()
            for place, text in ((name, name), *readings(name, archive.read(info))):
                for what, words in mask.found(text):
                    if what not in told:
                        told.add(what)
                        yield PERSONAL(Where(place), what=Term(what), words=words[:60])

"""The page of one pair: both records side by side."""

from base64 import b64encode
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files

from markupsafe import Markup

from selfaudit.base.i18n import console_language
from selfaudit.base.pages import render_page
from selfaudit.model.casefiles.compared import Compared, Side
from selfaudit.reports.pages.similar.marking import Marking
from selfaudit.reports.pages.similar.view import rows
from selfaudit.reports.similar import Judged, identity, in_common, share
from selfaudit.reports.wording import wording_of_reader

PACKAGE = "selfaudit.reports.pages.similar"


def pair_page(title: str, it: Compared, judged: Judged, up: str = "") -> str:
    """Return the page, complete in itself, in the language of the console; ``up`` is the address of the list."""
    wording, script = wording_of_reader(), _script()
    marking = Marking(it, wording)
    told = {
        "title": title,
        "it": it,
        "up": up,
        "judged": judged,
        "sides": [
            (str(side), it.side(side), marking.whole(side), identity(it.side(side).record, wording.tr)) for side in Side
        ],
        "shares": {"a": share(it.pair.of_a), "b": share(it.pair.of_b)},
        "common": in_common(it.a.record, it.b.record, wording),
        "rows": list(rows(it, wording)),
        "script": Markup(script),  # noqa: S704 - our own
        "script_hash": b64encode(sha256(script.encode()).digest()).decode(),
    }
    return render_page(PACKAGE, "pair.html", console_language(), **told)


@lru_cache
def _script() -> str:
    return files(PACKAGE).joinpath("compare.js").read_text(encoding="utf-8")
